"""The buttons of a duty: each verb with its form, or the reasons why it cannot be done now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.api import User
from gongkai.duties import policies, queries
from gongkai.duties.forms import (
    DateForm,
    ExtendForm,
    PauseForm,
    ReassignForm,
    ResetForm,
    ResumeForm,
    VerbForm,
)
from gongkai.duties.queries import Explanation
from gongkai.duties.states import OPEN_STATES, LimitKind, State
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.ui.parts import Act
from gongkai.ui.words import moment

if TYPE_CHECKING:
    from gongkai.duties.models import Duty

Forms = Mapping[str, Form]
"""The forms that came back with errors, by verb."""


def acts(user: User, found: Explanation, forms: Forms) -> list[Act]:
    """Return what may be done with a duty: where its work is, and the verbs of its clock.

    Who only looks, and whoever comes when all is over, is shown no verbs.
    """
    duty = found.duty
    shown = [Act("去办理", duty.url, method="get", tone="primary")] if duty.url else []
    if duty.state not in OPEN_STATES or not policies.may_act(user, duty.owner):
        return shown
    return shown + [_act(user, found, verb, forms) for verb in _verbs(found)]


def _verbs(found: Explanation) -> Iterator[str]:
    """The verbs that fit the limit: what is counted pauses and grows, what is not gets a date."""
    if found.limit.counted:
        yield from ("pause", "resume", "extend", "reset")
    elif found.limit.kind is not LimitKind.STANDING:
        yield "set_date"
    yield "reassign"


def _act(user: User, found: Explanation, verb: str, forms: Forms) -> Act:
    refusals = tuple(why_not_now(user, found, verb))
    return Act(
        _label(found.duty, verb),
        reverse(f"duties:{verb}", args=[found.duty.pk]),
        refusals=refusals,
        form=None if refusals else forms.get(verb) or form_for(user, found, verb),
    )


def _label(duty: Duty, verb: str) -> str:
    if verb == "set_date":
        return "录入上级时间" if duty.state == State.WAITING else "改定日期"
    return policies.VERB_WORDS[verb]


def why_not_now(user: User, found: Explanation, verb: str) -> Iterator[Refusal]:
    """Yield why the verb cannot be done now, whatever will be filled in."""
    duty, filled = found.duty, "待填"
    running = [pause for pause in found.clock.pauses if pause.answered is None]
    if verb == "pause":
        yield from policies.why_not_pause(
            duty, actor=user, at=duty.started_at, reason=filled, key="", running=()
        )
    elif verb == "resume":
        key = running[0].key if running else ""
        yield from policies.why_not_resume(
            duty, actor=user, at=clock.now(), key=key, running=running
        )
    elif verb == "extend":
        yield from policies.why_not_extend(
            duty, actor=user, amount=1, reason=filled, length=found.clock.n
        )
    elif verb == "reset":
        yield from policies.why_not_reset(duty, actor=user, at=duty.started_at, reason=filled)
    elif verb == "set_date":
        today = max(clock.today(), clock.day_of(duty.started_at))
        yield from policies.why_not_set_date(duty, actor=user, on=today, reason=filled)
    else:
        yield from policies.why_not(verb, duty, actor=user)


def form_for(user: User, found: Explanation, verb: str, sent: QueryDict | None = None) -> VerbForm:
    """Return the form of a verb: empty with what is likely, or as it was sent."""
    make, first = _FORMS[verb](user, found)
    first["version"] = found.duty.version
    return make(sent, initial=first, prefix=verb)


Made = tuple[Callable[..., VerbForm], dict[str, Any]]


def _now() -> Any:
    return timezone.localtime(clock.now()).replace(second=0, microsecond=0)


def _resume(user: User, found: Explanation) -> Made:
    running = [pause for pause in found.clock.pauses if pause.answered is None]
    pauses = [(p.key, f"{p.why}（{moment(p.sent)}发出）") for p in running]
    return lambda *a, **k: ResumeForm(*a, pauses=pauses, **k), {"at": _now()}


def _extend(user: User, found: Explanation) -> Made:
    unit = found.limit.unit
    return lambda *a, **k: ExtendForm(*a, unit=unit, **k), {}


def _reassign(user: User, found: Explanation) -> Made:
    owners, people = queries.owners_for(user), queries.people_for(user)
    first = {"owner": found.duty.owner_id, "person": found.duty.person_id}
    return lambda *a, **k: ReassignForm(*a, owners=owners, people=people, **k), first


_FORMS: dict[str, Callable[[User, Explanation], Made]] = {
    "pause": lambda user, found: (PauseForm, {"at": _now()}),
    "resume": _resume,
    "extend": _extend,
    "reset": lambda user, found: (ResetForm, {"at": _now()}),
    "set_date": lambda user, found: (DateForm, {}),
    "reassign": _reassign,
}
