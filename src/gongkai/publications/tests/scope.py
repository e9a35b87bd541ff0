"""For the walk over every address: what each address is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.publications import queries
from gongkai.publications.models import Edition
from gongkai.publications.tests.factories import SECRET, again, checked, drafted, with_file
from gongkai.publications.views.verbs import EDITION_VERBS


def _edition(world: Any, own: bool) -> Edition:
    side = world.own if own else world.other
    found = Edition.objects.filter(item__unit=side.section).first()
    if found is None:
        found = checked(side, with_file(side, drafted(side, text=f"<p>{SECRET}</p>")))
    return again(found)


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


def _item_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _edition(world, own).item_id}


def _edition_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _edition(world, own).pk}


def _file_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": queries.files_of(_edition(world, own))[0].pk}


def _finding_pk(world: Any, own: bool) -> dict[str, Any]:
    check = _edition(world, own).checks.order_by("-id").first()
    assert check is not None
    found = check.findings.first()
    assert found is not None
    return {"pk": found.pk}


SAMPLES: dict[str, Any] = {
    **{f"publications:{name}": _nothing for name in ("register", "ledger", "begin", "grammar")},
    **{f"publications:{name}": _item_pk for name in ("item", "read", "revise", "correct")},
    **{
        f"publications:{name}": _edition_pk
        for name in ("edition", "compare", "edit", "checking", "add_file", "images", *EDITION_VERBS)
    },
    "publications:remove_file": _file_pk,
    "publications:overrule": _finding_pk,
}
WORK = set(SEES_WORK)
DRAFTERS = {Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE}
OFFICE = {Role.OPENNESS_OFFICE}
ALLOWED: dict[str, Any] = {
    **{f"publications:{name}": "all" for name in ("register", "ledger")},
    **{
        f"publications:{name}": set(SEES_WORK)
        for name in ("item", "edition", "compare", "checking")
    },
    "publications:read": set(),
    "publications:begin": DRAFTERS,
    "publications:grammar": OFFICE,
    **{
        f"publications:{name}": DRAFTERS
        for name in (
            "edit",
            "add_file",
            "images",
            "remove_file",
            "overrule",
            "revise",
            "correct",
            "ask_check",
            "send",
            "recall",
            "drop",
        )
    },
    **{
        f"publications:{name}": OFFICE
        for name in ("publish", "schedule", "unschedule", "file", "restore")
    },
    "publications:withdraw": {
        Role.OPENNESS_OFFICE,
        Role.SECRECY_REVIEWER,
        Role.LEADER,
        Role.DEPUTY_LEADER,
    },
}
