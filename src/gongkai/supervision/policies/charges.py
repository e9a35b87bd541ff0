"""Who may see, issue, answer and close a charge, and why not; changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from gongkai.accounts.api import Role, User, acting_for, has_role, in_scope, people_of, scope_paths
from gongkai.duties.api import Duty
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit
from gongkai.programme.api import Task, TaskState, TaskUnit, may_edit, works_for
from gongkai.supervision.models import Charge
from gongkai.supervision.rules import MOST_DAYS
from gongkai.supervision.states import MOVES, ChargeState, Kind

LEADERS = (Role.DEPUTY_LEADER, Role.LEADER)
WORKERS = (Role.OFFICER, Role.SECTION_HEAD)

CHASED = frozenset({TaskState.OPEN, TaskState.READY})
"""What may still be chased: not what is struck off or revoked."""


def visible_charges(user: User) -> QuerySet[Charge]:
    """Return the charges that the user's bodies issue and that the user's units answer."""
    seen: Q = in_scope("body__path", user) | in_scope("unit__path", user)
    return Charge.objects.filter(seen)


def leads(user: User, body: Unit) -> bool:
    """Say whether the person is a leader of the body."""
    return any(has_role(user, role, unit=body) for role in LEADERS)


def may_issue(kind: Kind, user: User, body: Unit) -> bool:
    """Say whether the person chases units of this body: the office by 督办, leaders by 批示."""
    return may_edit(user, body) if kind is Kind.NOTICE else leads(user, body)


def stands_in_for(kind: Kind, user: User, body: Unit) -> User | None:
    """Return for whom the person issues a charge; None when in their own right."""
    roles = (Role.OPENNESS_OFFICE,) if kind is Kind.NOTICE else LEADERS
    givers = [acting_for(user, role, body) for role in roles if has_role(user, role, unit=body)]
    return None if None in givers else next(iter(givers), None)


def _authors(charge: Charge) -> list[User]:
    """Whose word an instruction is: who wrote it and for whom, while they lead."""
    people = [charge.issued_by, charge.issued_for]
    return [person for person in people if person is not None and leads(person, charge.body)]


def answers_for(user: User, unit: Unit, body: Unit) -> bool:
    """Say whether the person answers for the unit: its people, or the office for who has none."""
    if works_for(user, unit):
        return True
    return may_edit(user, body) and not people_of(unit, WORKERS).exists()


def judges(user: User, charge: Charge) -> bool:
    """Say whether the person takes the answer: the office, and who gave the instruction."""
    if may_edit(user, charge.body):
        return True
    return charge.kind == Kind.INSTRUCTION and user in _authors(charge)


def may_withdraw(user: User, charge: Charge) -> bool:
    """Say whether the person may take it back: the office its notices, a leader their own word.

    Where the leader leads no more, the office does.
    """
    if charge.kind == Kind.NOTICE:
        return may_edit(user, charge.body)
    authors = _authors(charge)
    return user in authors if authors else may_edit(user, charge.body)


def why_not_begin(kind: Kind, task: Task, *, actor: User) -> Iterator[Refusal]:
    """Say why the person may not chase anybody over this task, whatever is typed."""
    if not may_issue(kind, actor, task.programme.body):
        who = "政务公开办" if kind is Kind.NOTICE else "分管领导、主要领导"
        yield Refusal("supervision.not_yours", f"{kind.label}由{who}作出。")
        return
    if task.programme.history_until is not None:
        yield Refusal("supervision.history", f"这是往年的任务，不再{kind.label}。")
    if task.state not in CHASED:
        label = task.get_state_display()
        yield Refusal("supervision.task_ended", f"任务{label}，不用再{kind.label}。")


def why_not_issue(
    kind: Kind,
    tasks: Sequence[Task],
    *,
    actor: User,
    units: Sequence[Unit],
    text: str,
    days: int | None,
) -> Iterator[Refusal]:
    """Say why these units may not be chased over these tasks in these words."""
    if not tasks:
        yield Refusal("supervision.no_task", f"请选要{kind.label}的任务。")
        return
    for task in tasks:
        yield from why_not_begin(kind, task, actor=actor)
    if len({task.programme.body_id for task in tasks}) > 1:
        yield Refusal("supervision.two_bodies", "所选任务不属于同一个单位，请分开办。")
    if not units:
        yield Refusal("supervision.no_unit", "请选由哪个单位回复。")
    yield from _without_part(tasks, units)
    if not text.strip():
        yield Refusal("supervision.no_text", "请写明要求单位做什么。")
    if days is None and kind is Kind.NOTICE:
        yield Refusal("supervision.no_days", "请写明几个工作日内回复。")
    if days is not None and not 1 <= days <= MOST_DAYS:
        yield Refusal("supervision.wrong_days", f"期限请写1到{MOST_DAYS}个工作日。")


def _without_part(tasks: Sequence[Task], units: Sequence[Unit]) -> Iterator[Refusal]:
    """Name what a unit has no part in; one query however many there are."""
    rows = TaskUnit.objects.filter(task__in=tasks, unit__in=units, ended_on=None)
    has = set(rows.values_list("task", "unit"))
    for unit in units:
        missing = [str(task.row) for task in tasks if (task.pk, unit.pk) not in has]
        if missing:
            rows_said = "、".join(missing[:5])
            yield Refusal(
                "supervision.no_part",
                f"{unit.name}不承担第{rows_said}项，请另选单位或去掉这项任务。",
            )
        if unit.dissolved_on is not None:
            yield Refusal("supervision.unit_gone", f"{unit.name}已撤销，请选接手的单位。")


def _state(verb: str, charge: Charge) -> Iterator[Refusal]:
    if charge.state not in MOVES[verb][0]:
        label = ChargeState(charge.state).label
        yield Refusal("supervision.wrong_state", f"{charge}{label}，现在不能这样做。")


def why_not_reply(charge: Charge, *, actor: User) -> Iterator[Refusal]:
    """Say why the person may not answer."""
    if not answers_for(actor, charge.unit, charge.body):
        yield Refusal("supervision.not_yours", f"由{charge.unit.name}回复，您可以查看。")
        return
    yield from _state("reply", charge)


def why_not_close(charge: Charge, *, actor: User) -> Iterator[Refusal]:
    """Say why the person may not accept the answer."""
    yield from _why_not_judge("close", charge, actor=actor)


def why_not_send_back(charge: Charge, *, actor: User) -> Iterator[Refusal]:
    """Say why the person may not send the answer back."""
    yield from _why_not_judge("send_back", charge, actor=actor)


def _why_not_judge(verb: str, charge: Charge, *, actor: User) -> Iterator[Refusal]:
    if not judges(actor, charge):
        who = "政务公开办" if charge.kind == Kind.NOTICE else "批示的领导或政务公开办"
        yield Refusal("supervision.not_yours", f"回复由{who}审核。")
        return
    yield from _state(verb, charge)


def why_not_withdraw(charge: Charge, *, actor: User) -> Iterator[Refusal]:
    """Say why the person may not take the charge back."""
    if not may_withdraw(actor, charge):
        who = "政务公开办" if charge.kind == Kind.NOTICE else "作出批示的领导"
        yield Refusal("supervision.not_yours", f"{charge}由{who}撤回。")
        return
    yield from _state("withdraw", charge)


def why_not_words(text: str, sentence: str) -> Iterator[Refusal]:
    """Say that words are missing which the verb cannot do without."""
    if not text.strip():
        yield Refusal("supervision.no_reason", sentence)


def why_not_clock(verb: str, duty: Duty, actor: User) -> Iterator[Refusal]:
    """Say why a person may not change the clock behind a charge, beside what duties say.

    Who set the limit may lengthen it; the unit that is chased may not, nor pass it on.
    """
    charge = Charge.objects.select_related("body", "issued_by").filter(duty=duty).first()
    if charge is None:
        return
    if verb == "reassign":
        yield Refusal("supervision.one_unit", "发给谁由谁回复。要换单位，请撤回后另发。")
    elif verb in ("extend", "reset", "pause", "resume") and not judges(actor, charge):
        yield Refusal("supervision.not_yours", "回复期限由政务公开办或批示的领导调整。")


def sees_charges(user: User) -> bool:
    """Say whether the user sees any work, and so what is chased of it."""
    return bool(scope_paths(user))
