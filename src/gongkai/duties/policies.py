"""Who may do what to a duty, and what a fact must be like; reasons as values, no writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db.models import Q

from gongkai.accounts.api import Role, User, has_role, held_by, in_scope, scope_paths
from gongkai.duties.models import Duty
from gongkai.duties.rules import Ladder, Limit, Pause, wrong_in
from gongkai.duties.rules.limits import LONGEST
from gongkai.duties.states import MOVES, State
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit, body_of

ACTING = (
    Role.OFFICER,
    Role.SECTION_HEAD,
    Role.DEPUTY_LEADER,
    Role.LEADER,
    Role.OPENNESS_OFFICE,
)
"""Roles that may give a clock facts, each within its units; auditor and reviewer only look."""

VERB_WORDS = {
    "pause": "暂停计时",
    "resume": "恢复计时",
    "extend": "延长期限",
    "reset": "重新起算",
    "set_date": "定日期",
    "meet": "办结",
    "reopen": "重新办理",
    "cancel": "取消",
    "reassign": "改派",
}


def visible_to(user: User) -> Q:
    """Return the condition for the duties a user may see: those of the units in scope."""
    return in_scope("owner__path", user)


def acting_paths(user: User) -> tuple[str, ...]:
    """Return the paths of the units for whose clocks the user acts."""
    return tuple(sorted({h.unit.path for h in held_by(user) if h.role in ACTING}))


def sees_duties(user: User) -> bool:
    """Say whether the user sees any unit's work at all."""
    return bool(scope_paths(user))


def may_act(actor: User | None, owner: Unit) -> bool:
    """Say whether the actor may give facts to a unit's clocks; None is the system."""
    return actor is None or any(has_role(actor, role, unit=owner) for role in ACTING)


def may_set_ladder(body: Unit, *, actor: User) -> bool:
    """Say whether the person sets when a body's people are reminded: its openness office."""
    return any(
        held.role is Role.OPENNESS_OFFICE and body_of(held.unit).pk == body.pk
        for held in held_by(actor)
    )


def sets_ladders(user: User) -> bool:
    """Say whether the person sets the ladder of any body."""
    return any(held.role is Role.OPENNESS_OFFICE for held in held_by(user))


def why_not_set_ladder(body: Unit, ladder: Ladder, *, actor: User) -> Iterator[Refusal]:
    """Yield why this person cannot set this ladder for a body."""
    if not may_set_ladder(body, actor=actor):
        yield Refusal("duties.not_allowed", "提醒由本单位的政务公开办设定，请与其联系。")
    for sentence in wrong_in(ladder):
        yield Refusal("duties.wrong_ladder", sentence)


FieldPolicy = Callable[[str, Duty, User], Iterable[Refusal]]
_FIELDS: dict[str, FieldPolicy] = {}


def ask_field(kind: str, policy: FieldPolicy) -> None:
    """Declare what a field says about a person's verbs on the duties of a kind.

    ``policy(verb, duty, actor)`` yields reasons why not, beside those of this app: a field may
    only be stricter. The system itself is not asked.
    """
    _FIELDS[kind] = policy


def why_not(verb: str, duty: Duty, *, actor: User | None) -> Iterator[Refusal]:
    """Yield why this verb is not for this actor, here or in the field, or not for this state."""
    if not may_act(actor, duty.owner):
        yield Refusal("duties.not_yours", "这项时限不归您所在单位，请找责任单位或政务公开办。")
    elif actor is not None and duty.kind in _FIELDS:
        yield from _FIELDS[duty.kind](verb, duty, actor)
    if State(duty.state) not in MOVES[verb][0]:
        label = State(duty.state).label
        yield Refusal("duties.wrong_state", f"这项时限“{label}”，现在不能{VERB_WORDS[verb]}。")


def why_not_open(
    *, actor: User | None, owner: Unit, title: str, history_until: date | None
) -> Iterator[Refusal]:
    """Yield why a duty cannot be opened for a unit."""
    if not may_act(actor, owner):
        yield Refusal("duties.not_yours", "您不能给这个单位设时限，请找责任单位或政务公开办。")
    if owner.dissolved_on is not None and history_until is None:
        yield Refusal("duties.owner_gone", f"{owner}已撤销，请先改定责任单位。")
    if not title.strip():
        yield Refusal("duties.no_title", "请写明是什么事。")


def _counted(limit: Limit, verb: str) -> Iterator[Refusal]:
    if not limit.counted:
        yield Refusal(
            "duties.not_counted",
            f"这项时限是“{limit.words}”，不按天数计，不能{VERB_WORDS[verb]}；要改时间，请定日期。",
        )


def _moment(at: datetime, duty: Duty, verb: str) -> Iterator[Refusal]:
    if at > clock.now():
        yield Refusal("duties.in_future", f"{VERB_WORDS[verb]}的时间还没到，请等发生后再记。")
    if at < duty.started_at and not duty.history:
        yield Refusal("duties.before_start", f"{VERB_WORDS[verb]}不能早于开始计时。")


def _reason(reason: str) -> Iterator[Refusal]:
    if not reason.strip():
        yield Refusal("duties.no_reason", "请写明原因。")


def why_not_pause(
    duty: Duty, *, actor: User | None, at: datetime, reason: str, key: str, running: Sequence[Pause]
) -> Iterator[Refusal]:
    """Yield why the clock cannot be paused; ``running`` are the pauses still open."""
    yield from why_not("pause", duty, actor=actor)
    yield from _counted(Limit.from_json(duty.limit), "pause")
    yield from _moment(at, duty, "pause")
    yield from _reason(reason)
    if any(p.key == key for p in running):
        yield Refusal("duties.already_paused", "同一件事已经在暂停中，请先恢复，再另行暂停。")
    if duty.due_at is not None and at > duty.due_at:
        yield Refusal("duties.already_due", "到期时刻已过，不能再暂停计时。")


def why_not_resume(
    duty: Duty, *, actor: User | None, at: datetime, key: str, running: Sequence[Pause]
) -> Iterator[Refusal]:
    """Yield why the clock cannot go on."""
    yield from why_not("resume", duty, actor=actor)
    yield from _moment(at, duty, "resume")
    found = [p for p in running if key in ("", p.key)]
    if not found:
        yield Refusal("duties.not_paused", "没有这样的暂停，不用恢复。")
    elif len(found) > 1:
        yield Refusal("duties.which_pause", "有几个暂停同时未结束，请说明是哪一个。")
    elif at < found[0].sent:
        yield Refusal("duties.before_pause", "恢复不能早于暂停。")


def why_not_extend(
    duty: Duty, *, actor: User | None, amount: int, reason: str, length: int
) -> Iterator[Refusal]:
    """Yield why the limit cannot grow; ``length`` is its present length in its own unit."""
    yield from why_not("extend", duty, actor=actor)
    limit = Limit.from_json(duty.limit)
    yield from _counted(limit, "extend")
    yield from _reason(reason)
    if amount < 1:
        yield Refusal("duties.no_days", "延长的天数要在1以上。")
    elif limit.counted and length + amount > LONGEST[limit.kind]:
        yield Refusal("duties.too_long", f"合计超过{LONGEST[limit.kind]}{limit.unit}，请核对。")
    if duty.due_at is not None and clock.now() > duty.due_at and not duty.history:
        yield Refusal("duties.already_due", "到期时刻已过，不能再延长。")


def why_not_reset(
    duty: Duty, *, actor: User | None, at: datetime, reason: str
) -> Iterator[Refusal]:
    """Yield why the clock cannot start anew."""
    yield from why_not("reset", duty, actor=actor)
    yield from _counted(Limit.from_json(duty.limit), "reset")
    yield from _moment(at, duty, "reset")
    yield from _reason(reason)


def why_not_set_date(duty: Duty, *, actor: User | None, on: date, reason: str) -> Iterator[Refusal]:
    """Yield why the duty cannot be given this date."""
    yield from why_not("set_date", duty, actor=actor)
    yield from _reason(reason)
    if Limit.from_json(duty.limit).counted:
        yield Refusal("duties.is_counted", "这项时限按天数计，不能直接定日期；要推后，请延长期限。")
    if on < clock.day_of(duty.started_at):
        yield Refusal("duties.before_start", "到期日不能早于开始计时的那天。")


def why_not_meet(duty: Duty, *, actor: User | None, at: datetime) -> Iterator[Refusal]:
    """Yield why the duty cannot be met at this moment."""
    yield from why_not("meet", duty, actor=actor)
    yield from _moment(at, duty, "meet")


def why_not_reopen(duty: Duty, *, actor: User | None, reason: str) -> Iterator[Refusal]:
    """Yield why the duty cannot be taken up again."""
    yield from why_not("reopen", duty, actor=actor)
    yield from _reason(reason)


def why_not_cancel(duty: Duty, *, actor: User | None, reason: str) -> Iterator[Refusal]:
    """Yield why the duty cannot be cancelled."""
    yield from why_not("cancel", duty, actor=actor)
    yield from _reason(reason)


def why_not_reassign(
    duty: Duty, *, actor: User | None, owner: Unit, person: User | None, reason: str
) -> Iterator[Refusal]:
    """Yield why the duty cannot go to this unit and person; to another unit it wants a reason."""
    yield from why_not("reassign", duty, actor=actor)
    if actor is not None and owner.pk != duty.owner_id:
        yield from _reason(reason)
    if owner.pk == duty.owner_id and (person.pk if person else None) == duty.person_id:
        yield Refusal("duties.no_change", "责任单位和承办人都没有变，不用改派。")
    if owner.pk != duty.owner_id and not may_act(actor, owner):
        yield Refusal("duties.not_yours", "您不能把时限交给那个单位，请找政务公开办。")
    if owner.dissolved_on is not None:
        yield Refusal("duties.owner_gone", f"{owner}已撤销，请另选单位。")
    if person is not None and not may_act(person, owner):
        yield Refusal("duties.not_of_unit", f"{person}不在{owner}任职，请另选承办人。")


def moves_visible_to(user: User) -> Q:
    """Return the condition for the moves a user may see: those of visible duties."""
    return in_scope("duty__owner__path", user)
