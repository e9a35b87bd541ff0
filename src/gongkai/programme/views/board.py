"""The board: every task with its light, by unit, person, part of the document or week."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.accounts.api import user_of
from gongkai.programme import policies, queries
from gongkai.programme.views import showing

PRESSING_FIRST = 3
"""So many late and so many slipping tasks stand open on a phone; the others are folded."""


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Show the board as the user sees it, grouped as asked (``by``)."""
    by = request.GET.get("by", "unit")
    if by not in queries.GROUPINGS:
        by = "unit"
    programme, unit = (request.GET.get(name, "") for name in ("programme", "unit"))
    user = user_of(request)
    seen = queries.board(
        user,
        by=by,
        programme_id=int(programme) if programme.isdecimal() else None,
        unit_id=int(unit) if unit.isdecimal() else None,
    )
    acts = policies.acts_at_all(user)
    context = {
        "seen": seen,
        "by": by,
        "note": seen.unit.name if seen.unit else "",
        "tabs": _tabs(request, by),
        "programmes": seen.programmes,
        "asked": bool(seen.unit) + bool(seen.programme_id),
        "totals": showing.stripes(seen.totals, listed_for=seen),
        "needs": [showing.need(card, acts=acts) for card in seen.needs],
        "slipping": [showing.need(card, acts=acts) for card in seen.slipping],
        "pressing_first": PRESSING_FIRST,
        "piles": [showing.pile(lane) for lane in seen.lanes],
    }
    return render(request, "programme/board.html", context)


def _tabs(request: HttpRequest, by: str) -> list[dict[str, object]]:
    kept = {k: v for k, v in request.GET.items() if k in ("programme", "unit") and v}
    return [
        {
            "label": label,
            "current": key == by,
            "url": f"{reverse('programme:board')}?{urlencode({'by': key, **kept})}",
        }
        for key, label in queries.GROUPINGS.items()
    ]
