"""What the worker tells people about signing: whose turn it is, and what became of what was sent.

The approvals know nothing of notices; the desk hears their events and words them.
"""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.approvals import api as approvals
from gongkai.approvals.api import Round, RoundState, RoundStep
from gongkai.kernel.identifiers import subject_key
from gongkai.notices.api import tell
from gongkai.outbox import api as outbox

KINDS = {
    "approvals.turn": "等您签批",
    "approvals.returned": "签批退回",
    "approvals.completed": "已签齐",
    "approvals.superseded": "签字失效",
}
"""What mails call the notices that are told about signing."""

HEARD = [
    "approvals.round_started",
    "approvals.signed",
    "approvals.delegated",
    "approvals.returned",
    "approvals.completed",
    "approvals.superseded",
]


@outbox.consumer("desk.signing", topics=HEARD, label="签批通知")
def tell_about_round(subject: str, topics: set[str]) -> None:
    """Tell about a round as it now stands; each occasion has a key, so that nobody hears twice."""
    found = approvals.round_by_key(subject)
    if found is not None:
        _TELLING[RoundState(found.state)](found)


def _page(round_: Round) -> str:
    return reverse("approvals:round", args=[round_.pk])


def _turns(round_: Round) -> None:
    """Tell those whose turn it is; clicking leads to the page where they sign."""
    for step, people in approvals.asked_now(round_):
        _tell(people, round_, "turn", _turn(step, round_), _page(round_), _turn_key(step))


def _turn(step: RoundStep, round_: Round) -> str:
    what = f"“{round_}”等您{approvals.StepKind(step.kind).label}"
    if step.person is not None and step.handed_by is not None:
        return f"{what}，{step.handed_by.full_name}转请您代签。"
    return f"{what}，{round_.started_by.full_name}送来。"


def _turn_key(step: RoundStep) -> str:
    return f"approvals.step:{step.pk}:{step.person_id or 'role'}"


def _returned(round_: Round) -> None:
    step = round_.steps.filter(state=approvals.StepState.RETURNED).select_related("signed_by")
    back = step.first()
    if back is None or back.signed_by is None:
        return
    sentence = f"“{round_}”被{back.signed_by.full_name}退回：{back.comment}"
    _tell(_senders(round_, back.signed_by), round_, "returned", sentence, _page(round_))


def _completed(round_: Round) -> None:
    """Tell who sent it that all have signed; whoever gave the last signature knows."""
    last = round_.steps.exclude(signed_by=None).order_by("-signed_at", "-id").first()
    by = last.signed_by if last else None
    sentence = f"“{round_}”已签齐，可以往下办了。"
    _tell(_senders(round_, by), round_, "completed", sentence, round_.url or _page(round_))


def _superseded(round_: Round) -> None:
    sentence = f"“{round_}”送签后内容改过，您原来的签字不再算数。改好后会再送您。"
    signers = [p for p in approvals.asked_before(round_) if p.pk != round_.started_by_id]
    _tell(signers, round_, "superseded", sentence, _page(round_))


def _senders(round_: Round, by: User | None) -> list[User]:
    """Who sent and who drafted it, but for the one whose act it was."""
    people = {p.pk: p for p in (round_.started_by, round_.drafted_by)}
    return [person for pk, person in people.items() if by is None or pk != by.pk]


def _tell(
    people: list[User], round_: Round, kind: str, sentence: str, url: str, key: str = ""
) -> None:
    tell(
        people,
        kind=f"approvals.{kind}",
        subject=subject_key(round_),
        sentence=sentence,
        url=url,
        key=key or f"{subject_key(round_)}:{kind}",
    )


_TELLING: dict[RoundState, Callable[[Round], None]] = {
    RoundState.OPEN: _turns,
    RoundState.RETURNED: _returned,
    RoundState.COMPLETE: _completed,
    RoundState.SUPERSEDED: _superseded,
}
