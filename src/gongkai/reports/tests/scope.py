"""For the walk over every address: what each address of reports is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.reports.models import Check, Draft
from gongkai.reports.tests import factories


def _check(world: Any, own: bool) -> Check:
    side = world.own if own else world.other
    return Check.objects.filter(body=side.body).first() or factories.checked_now(side)


def _check_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _check(world, own).pk}


def _finding_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _check(world, own).findings.get(agrees=False).pk}


def _draft(world: Any, own: bool) -> Draft:
    side = world.own if own else world.other
    return Draft.objects.filter(body=side.body).first() or factories.drafted(side)


def _draft_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _draft(world, own).pk}


def _issued_pk(world: Any, own: bool) -> dict[str, Any]:
    side = world.own if own else world.other
    draft = Draft.objects.filter(body=side.body, state="issued").first()
    return {"pk": (draft or factories.issued(side)).pk}


def _passage_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _draft(world, own).passages.order_by("order")[0].pk}


def _figure_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _draft(world, own).passages.order_by("order")[0].ties.get(key="tasks").pk}


def _body_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": (world.own if own else world.other).body.pk}


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


SAMPLES: dict[str, Any] = {
    "reports:checks": _nothing,
    "reports:receive": _nothing,
    **dict.fromkeys(("reports:check", "reports:progress", "reports:again"), _check_pk),
    **dict.fromkeys(("reports:set_aside", "reports:take_up"), _finding_pk),
    **dict.fromkeys(("reports:drafts", "reports:start", "reports:look"), _nothing),
    "reports:standard_look": _nothing,
    **{f"reports:{name}": _draft_pk for name in ("draft", "docx", "pdf")},
    **{f"reports:{name}": _draft_pk for name in ("head", "refresh", "issue", "abandon")},
    "reports:hand_on": _issued_pk,
    **{f"reports:{name}": _passage_pk for name in ("passage", "passage_check", "redraft")},
    "reports:figure": _figure_pk,
    **{f"reports:{name}": _body_pk for name in ("set_template", "drop_template")},
}

OFFICE = {Role.OPENNESS_OFFICE}
OVER_BODY = set(SEES_WORK) - {Role.OFFICER, Role.SECTION_HEAD}
"""Who sees a body as a whole, and so its reports."""

POST_ONLY = (
    *(f"reports:{name}" for name in ("head", "refresh", "issue", "abandon")),
    *(f"reports:{name}" for name in ("passage_check", "redraft")),
    *(f"reports:{name}" for name in ("set_template", "drop_template")),
)
ALLOWED: dict[str, Any] = {
    "reports:checks": "all",
    "reports:drafts": "all",
    **dict.fromkeys(("reports:check", "reports:progress"), OVER_BODY),
    **{f"reports:{name}": OVER_BODY for name in ("draft", "docx", "pdf", "figure")},
    "reports:standard_look": OVER_BODY,
    **{f"reports:{name}": OFFICE for name in ("receive", "again", "set_aside", "take_up")},
    **{f"reports:{name}": OFFICE for name in ("start", "look", "passage", "hand_on")},
}
