"""For the walk over every address: what each address of programme is called with, who sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.programme.models import Document, Proposal, Task
from gongkai.programme.tests import factories

Sample = Callable[[Any, bool], dict[str, Any]]


def _side(world: Any, own: bool) -> Any:
    return world.own if own else world.other


def _read(world: Any, own: bool) -> Document:
    """A document under review; one of its names, 信息中心, nobody has settled yet."""
    side = _side(world, own)
    found = Document.objects.filter(body=side.body, state="read").first()
    text = factories.TABLE.replace("局办公室牵头", "信息中心牵头")
    return found or factories.read_now(side, text)


def _proposal(world: Any, own: bool) -> Proposal:
    return _read(world, own).proposals.order_by("order").first()


def a_task(world: Any, own: bool) -> Task:
    """A task of the body's 科技信息科, where the world's officer and head work."""
    side = _side(world, own)
    tasks = Task.objects.filter(programme__body=side.body, parts__unit=side.section)
    return tasks.first() or factories.bound_now(side).tasks.filter(parts__unit=side.section).first()


def _document_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _read(world, own).pk}


def _bound_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": a_task(world, own).programme.document_id}


def _name_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _read(world, own).names.get(text="信息中心").pk}


def _proposal_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _proposal(world, own).pk}


def _task_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": a_task(world, own).pk}


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


OF_NOTHING = ("documents", "receive", "board", "year", "tasks")
OF_DOCUMENT = (
    "document",
    "progress",
    "withdraw",
    "changes",
    "bind",
    "send",
    "accept_clear",
    "merge",
)
OF_NAME = ("settle_name", "create_unit")
OF_PROPOSAL = ("proposal", "accept", "inherit", "drop", "restore", "split")
OF_TASK = ("task", "add_evidence", "report_done", "record_trigger", "set_superior_date")


def _of(names: tuple[str, ...], sample: Sample) -> dict[str, Sample]:
    return {f"programme:{name}": sample for name in names}


SAMPLES: dict[str, Sample] = {
    **_of(OF_NOTHING, _nothing),
    **_of(OF_DOCUMENT, _document_pk),
    **_of(("new_version",), _bound_pk),
    **_of(OF_NAME, _name_pk),
    **_of(OF_PROPOSAL, _proposal_pk),
    **_of(OF_TASK, _task_pk),
}

OFFICE = {Role.OPENNESS_OFFICE}
"""Who runs the programme of a body: every verb on documents, names and proposals."""

OVER_BODY = set(SEES_WORK) - {Role.OFFICER, Role.SECTION_HEAD}
"""Who sees a body as a whole, and so its documents; a section sees its own tasks only."""

WORKS = OFFICE | {Role.OFFICER, Role.SECTION_HEAD}
"""Who may do something with a task of the section."""

LOOK_OVER_BODY = ("document", "progress", "changes", "bind", "settle_name", "proposal")
ALLOWED: dict[str, Any] = {
    # The lists show each person what is in scope: nothing to the platform's administrator.
    **{f"programme:{name}": "all" for name in ("documents", "board", "year", "tasks")},
    **{f"programme:{name}": OVER_BODY for name in LOOK_OVER_BODY},
    **{
        f"programme:{name}": OFFICE
        for name in (
            *("receive", "new_version", "withdraw", "send", "accept_clear", "merge", "create_unit"),
            *("accept", "inherit", "drop", "restore", "split", "set_superior_date"),
        )
    },
    "programme:task": set(SEES_WORK),
    **{f"programme:{n}": WORKS for n in ("add_evidence", "report_done", "record_trigger")},
}
