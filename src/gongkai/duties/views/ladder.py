"""When a body's people are reminded and who hears: everybody looks, the openness office sets."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.api import user_of
from gongkai.audit import api as audit
from gongkai.duties import actions, policies, queries
from gongkai.duties.forms import LadderForm
from gongkai.duties.rules import Ladder, hears_words, ladder_words, rung_words
from gongkai.duties.states import Hearer
from gongkai.organisation.api import Unit
from gongkai.ui.parts import Crumb, Fact
from gongkai.ui.submitting import submit

SHOWN_AFTER = 4
"""So many rungs after the day are written out."""


@require_GET
def ladder(request: HttpRequest) -> HttpResponse:
    """Show the ladder of one's body, of another of one's bodies as asked."""
    bodies = queries.bodies_of(user_of(request))
    if not bodies:
        raise Http404
    asked = request.GET.get("body", "")
    body = next((b for b in bodies if str(b.pk) == asked), bodies[0])
    return _page(request, body)


def _page(
    request: HttpRequest, body: Unit, sent: Form | None = None, status: int = 200
) -> HttpResponse:
    user = user_of(request)
    row = queries.body_ladder(body)
    sets = policies.may_set_ladder(body, actor=user)
    others = [b for b in queries.bodies_of(user) if b.pk != body.pk]
    here = reverse("duties:ladder")
    context = {
        "crumbs": [Crumb("时限", reverse("duties:mine")), Crumb("提醒设置")],
        "body": body,
        "facts": [
            Fact("提醒时点", ladder_words(row.value)),
            Fact("还告诉谁", hears_words(row.value)),
            Fact("休息日", "不提醒，下一个工作日早上补上；以小时计的时限照常提醒"),
        ],
        "heads": ("时点", "告诉谁"),
        "rows": [(rung_words(rung), _hearers(row.value, rung)) for rung in _rungs(row.value)],
        "form": (sent or LadderForm.showing(row.value, row.version)) if sets else None,
        "others": [(b.name, f"{here}?body={b.pk}") for b in others],
        "timeline": _set_before(body) if sets else [],
    }
    return render(request, "duties/ladder.html", context, status=status)


def _rungs(ladder: Ladder) -> list[int]:
    return ladder.rungs(max(SHOWN_AFTER, len(ladder.after) + 1))


def _hearers(ladder: Ladder, rung: int) -> str:
    hears = ladder.hearers(rung)
    return "、".join(hearer.label for hearer in Hearer if hearer in hears)


def _set_before(body: Unit) -> list[Any]:
    return [e for e in audit.timeline(body, limit=50) if e.event == "duties.ladder_set"]


@require_POST
def set_ladder(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the ladder of a body."""
    user = user_of(request)
    body = next((b for b in queries.bodies_of(user) if b.pk == pk), None)
    if body is None or not policies.may_set_ladder(body, actor=user):
        raise Http404
    form = LadderForm(request.POST)

    def act(data: dict[str, Any]) -> str:
        actions.set_ladder(body, ladder=form.ladder(), actor=user, expected=data["version"])
        return f"{reverse('duties:ladder')}?body={pk}"

    def again(sent: Form, status: int) -> HttpResponse:
        return _page(request, body, sent, status)

    return submit(request, form, act, done="提醒已设定，在办的时限正在重看。", again=again)
