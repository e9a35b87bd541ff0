"""Who may sign, return or hand on a step, and why not; answers reasons, changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.accounts.api import (
    Held,
    Role,
    User,
    has_role,
    held_by,
    in_scope,
    people_of,
    stand_ins,
)
from gongkai.approvals.models import Round, RoundStep
from gongkai.approvals.rules import Step, first_stuck, wrong_steps
from gongkai.approvals.states import (
    ROUND_MOVES,
    STEP_MOVES,
    UNSIGNED,
    RoundState,
    StepKind,
    StepState,
)
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit, UnitKind, unit_by_id

CHAIN_KEEPERS = (Role.OPENNESS_OFFICE,)
"""Who sets the chains of a body; those of the whole platform come with the software."""

IN_SECTIONS = frozenset({Role.OFFICER, Role.SECTION_HEAD})
"""Who signs in the section that sends; all others sign at the body."""

APART = frozenset({Role.AUDITOR, Role.PLATFORM_ADMIN})
"""Who looks on, or keeps the accounts, and therefore signs for nobody."""


def _asked(user: User) -> Q:
    """Return the condition that a step asks for a role that the person holds at its unit."""
    wanted = Q(pk__in=[])
    for held in held_by(user):
        wanted |= Q(role=held.role.value, unit=held.unit)
    return wanted


def visible_to(user: User) -> QuerySet[Round]:
    """Return the rounds of units in scope, and those the person is or was asked to sign."""
    steps = RoundStep.objects.filter(round=OuterRef("pk"))
    asked = steps.filter(_asked(user) | Q(person=user) | Q(signed_by=user))
    mine = Q(started_by=user) | Q(drafted_by=user) | Q(Exists(asked))
    return Round.objects.filter(in_scope("unit__path", user) | mine)


def steps_for(user: User) -> QuerySet[RoundStep]:
    """Return the steps whose turn it is and that wait for this person, by name or by role."""
    wanted = Q(person=user) | (Q(person=None) & _asked(user))
    return RoundStep.objects.filter(wanted, state=StepState.READY)


def holds(step: RoundStep, user: Any) -> list[Held]:
    """Return the person's roles, own ones first, that the step asks for."""
    return [h for h in held_by(user) if h.role == step.role and h.unit.pk == step.unit_id]


def body_key(unit: Unit) -> int:
    """Return the key of the body that a unit belongs to; a body is its own."""
    return unit.body_id or unit.pk


def is_for(step: RoundStep, user: Any) -> bool:
    """Say whether the person may act at the step: by its role, or by name for who handed it on."""
    return step.person_id == user.pk or bool(holds(step, user))


def principal_of(step: RoundStep, user: User) -> User | None:
    """Return for whom the person would sign; None in their own right."""
    held = holds(step, user)
    if any(h.by is None for h in held):
        return None
    if step.person_id == user.pk:
        return step.handed_by
    return held[0].by if held else None


def candidates(step: RoundStep, *, barred: frozenset[int] = frozenset()) -> list[User]:
    """Return who may sign the step now: the named person, or who holds its role, or stands in.

    ``barred`` are those who may sign neither themselves nor through a stand-in.
    """
    if step.person is not None:
        return [step.person]
    holders = [u for u in people_of(step.unit, [Role(step.role)]) if u.pk not in barred]
    found = {u.pk: u for u in holders}
    for holder in holders:
        found |= {u.pk: u for u in stand_ins(holder) if u.pk not in barred}
    return list(found.values())


@dataclass(frozen=True)
class Offered:
    """A chain that offices may set for their body: its name, and who sends texts through it.

    ``at_sections`` says that sections send, each through its own people.
    """

    name: str
    senders: tuple[Role, ...]
    at_sections: bool = False
    needs: tuple[StepKind, ...] = ()
    """Kinds of step that an office may not leave out."""


OFFERED: dict[str, Offered] = {}


def offer_chain(
    code: str,
    *,
    name: str,
    senders: Sequence[Role],
    at_sections: bool = False,
    needs: Sequence[StepKind] = (),
) -> None:
    """Let the openness office of a body set its own chain of this code, on the page of chains.

    Such a chain runs at the body, its rounds are of the body itself, sent by ``senders``; or
    ``at_sections``, and then a step may ask the people of whichever section sends. What it
    ``needs`` stands in every chain that an office sets.
    """
    OFFERED[code] = Offered(name, tuple(senders), at_sections, tuple(needs))


def asks_sender(step: Step) -> bool:
    """Say whether a step asks people of the unit that sends, whichever it is."""
    return not (step.at_body or step.units or step.kind is StepKind.COUNTERSIGN)


def keeps_chains(user: User, body: Unit) -> bool:
    """Say whether the person sets the chains of this body."""
    return body.kind == UnitKind.BODY and any(
        has_role(user, role, unit=body) for role in CHAIN_KEEPERS
    )


def kept_bodies(user: User) -> list[Unit]:
    """Return the bodies whose chains the person sets by a post or delegation of their own."""
    held = [h.unit for h in held_by(user) if h.role in CHAIN_KEEPERS]
    return list({u.pk: u for u in held if u.kind == UnitKind.BODY}.values())


def holders(body: Unit, step: Step) -> list[User]:
    """Return who holds the role of a step of the body's chain, at each unit that it asks."""
    units = [unit_by_id(pk) for pk in step.units] or [body]
    return [user for unit in units for user in people_of(unit, [Role(step.role)])]


def why_not_change_chain(actor: Any, body: Unit | None) -> Iterator[Refusal]:
    """Say why the person may not set a chain here; the system itself (None) may."""
    if actor is not None and not (body is not None and keeps_chains(actor, body)):
        yield Refusal("approvals.not_yours", "签批流程由本机关的政务公开办设定。")


def why_not_complete(code: str, body: Unit, steps: Sequence[Step]) -> Iterator[Refusal]:
    """Say which step of a body's chain nobody could sign, whoever of the senders sends it.

    A countersignature of units that are only named later is left out, and so is what the sending
    section signs: sections differ, and sending then tells.
    """
    offered = OFFERED.get(code)
    at_sections = offered is not None and offered.at_sections
    asked = [s for s in steps if s.units or s.kind is not StepKind.COUNTERSIGN]
    asked = [s for s in asked if not (at_sections and asks_sender(s))]
    people = [(s.four_eyes, _keys(holders(body, s))) for s in asked]
    ours = offered is not None and not at_sections
    senders = _keys(people_of(body, offered.senders)) if offered and ours else frozenset()
    stuck = [first_stuck(people, {sender}) for sender in senders] or [first_stuck(people, ())]
    if any(number is None for number in stuck):
        return
    step = asked[max(number for number in stuck if number is not None)]
    number, role = steps.index(step) + 1, Role(step.role).label
    sentence = f"第{number}步没有人可签：现在没有{role}。请换角色，或请平台管理员先任命。"
    if step.four_eyes:
        sentence = (
            f"第{number}步须由另一人签，可送签人和签过前面各步的人除外，没有别的{role}了。"
            "请换角色，或不作此要求。"
        )
    yield Refusal("approvals.nobody", sentence)


def why_not_define(
    code: str, steps: Sequence[Step], *, actor: Any, body: Unit | None
) -> Iterator[Refusal]:
    """Say why a chain cannot be set, or not by this person; the system itself (None) may.

    What a person sets for a body must be one that can be completed.
    """
    yield from why_not_change_chain(actor, body)
    wrong = [*_wrong(steps)]
    yield from wrong
    if actor is not None and body is not None and not wrong:
        yield from _why_not_at_sections(code, steps)
        yield from _what_it_needs(code, steps)
        yield from why_not_complete(code, body, steps)


def _why_not_at_sections(code: str, steps: Sequence[Step]) -> Iterator[Refusal]:
    offered = OFFERED.get(code)
    if offered is None or not offered.at_sections:
        return
    for number, step in enumerate(steps, 1):
        if asks_sender(step) and step.role not in IN_SECTIONS:
            label = Role(step.role).label
            sentence = f"第{number}步：{label}不在科室里，“在哪里”请选“本机关”。"
            yield Refusal("approvals.wrong_chain", sentence)


def _what_it_needs(code: str, steps: Sequence[Step]) -> Iterator[Refusal]:
    offered = OFFERED.get(code)
    kinds = {step.kind for step in steps}
    for kind in offered.needs if offered else ():
        if kind not in kinds:
            sentence = f"这个流程里必须有{kind.label}，不能去掉。"
            yield Refusal("approvals.wrong_chain", sentence)


def _wrong(steps: Sequence[Step]) -> Iterator[Refusal]:
    for sentence in wrong_steps(steps):
        yield Refusal("approvals.wrong_chain", sentence)
    for number, step in enumerate(steps, 1):
        if step.role not in set(Role):
            yield Refusal("approvals.wrong_chain", f"第{number}步的角色不存在：{step.role}。")
        elif step.kind is StepKind.CLEAR_SECRECY and step.role != Role.SECRECY_REVIEWER:
            yield Refusal("approvals.wrong_chain", f"第{number}步是保密审查，要由保密审查员办理。")
        elif Role(step.role) in APART:
            label = Role(step.role).label
            yield Refusal("approvals.wrong_chain", f"第{number}步：{label}不签批，请换一个角色。")


def why_not_start(
    subject: str, digest: str, steps: Sequence[RoundStep], *, drafters: set[int]
) -> Iterator[Refusal]:
    """Say why this version cannot be sent round: it is under way or signed, or nobody can sign."""
    last = Round.objects.filter(subject=subject, digest=digest).order_by("-id").first()
    if last is not None and last.state == RoundState.OPEN:
        yield Refusal("approvals.already_open", "这一版正在流转，不用再送。")
    if last is not None and last.state == RoundState.COMPLETE:
        yield Refusal("approvals.already_complete", "这一版已经签齐，不用再送。")
    left = [step for step in steps if step.state in UNSIGNED]
    alone = [step for step in left if not candidates(step, barred=_barred(step, drafters))]
    yield from map(_nobody, alone)
    eyes = [step for step in left if step.four_eyes]
    hands = [(True, _keys(people_of(step.unit, [Role(step.role)]))) for step in eyes]
    stuck = first_stuck(hands, drafters)
    if not alone and stuck is not None:
        yield _nobody(eyes[stuck])


def _barred(step: RoundStep, drafters: set[int]) -> frozenset[int]:
    return frozenset(drafters if step.four_eyes else ())


def _keys(people: Iterable[User]) -> frozenset[int]:
    return frozenset(person.pk for person in people)


def _nobody(step: RoundStep) -> Refusal:
    besides = "起草人以外的" if step.four_eyes else ""
    return Refusal(
        "approvals.nobody",
        f"{step.unit.name}没有{besides}{Role(step.role).label}，“{StepKind(step.kind).label}”"
        "一步无人可签。请平台管理员先任命。",
    )


def _why_not(verb: str, step: RoundStep, *, digest: str) -> Iterator[Refusal]:
    if step.round.state not in ROUND_MOVES[verb][0]:
        label = RoundState(step.round.state).label
        yield Refusal("approvals.closed", f"这一轮{label}，不能再签。")
    elif step.state not in STEP_MOVES[verb][0]:
        yield Refusal("approvals.not_the_turn", "还没有轮到这一步，或这一步已经办过。")
    if digest != step.round.digest:
        yield Refusal("approvals.other_version", "内容已经改过，请看新的一版再签。")


def _not_yours(step: RoundStep) -> Refusal:
    who = f"{step.unit.name}{Role(step.role).label}"
    if step.person is not None:
        who = f"{step.person.full_name}（代{who}）"
    return Refusal("approvals.not_yours", f"这一步由{who}办理。")


def why_not_sign(step: RoundStep, *, actor: User, digest: str) -> Iterator[Refusal]:
    """Say why the person may not sign this step of this version."""
    asked = is_for(step, actor)
    if not asked:
        yield _not_yours(step)
    yield from _why_not("sign", step, digest=digest)
    if asked and step.four_eyes:
        yield from _why_not_second_pair(step, actor, principal_of(step, actor))


def _why_not_second_pair(step: RoundStep, actor: User, principal: User | None) -> Iterator[Refusal]:
    """Four eyes: neither the hand nor the power behind it may have drafted or signed before."""
    people = {actor.pk} | ({principal.pk} if principal else set())
    if people & {step.round.drafted_by_id, step.round.started_by_id}:
        yield Refusal("approvals.own_draft", "起草或送签的人不能签这一步，请由另一人签。")
    before = step.round.steps.filter(
        Q(signed_by__in=people) | Q(signed_for__in=people), four_eyes=True
    )
    if before.exclude(pk=step.pk).exists():
        yield Refusal("approvals.signed_before", "您已签过另一步，这一步要由别人签。")


def why_not_return(step: RoundStep, *, actor: User, digest: str, reason: str) -> Iterator[Refusal]:
    """Say why the person may not send this version back."""
    if not is_for(step, actor):
        yield _not_yours(step)
    yield from _why_not("return", step, digest=digest)
    if not reason.strip():
        yield Refusal("approvals.no_reason", "退回要写明原因。")


def why_not_hand_on(step: RoundStep, *, actor: User) -> Iterator[Refusal]:
    """Say why the person may not ask anybody to sign this step instead."""
    if not holds(step, actor):
        yield _not_yours(step)
    yield from _why_not("delegate", step, digest=step.round.digest)


def why_not_delegate(step: RoundStep, *, actor: User, person: User) -> Iterator[Refusal]:
    """Say why the person may not hand this step to that one."""
    yield from why_not_hand_on(step, actor=actor)
    if person.pk == actor.pk:
        yield Refusal("approvals.oneself", "不能转给自己。")
    body = body_key(step.unit)
    posts = [h for h in held_by(person) if h.by is None and body_key(h.unit) == body]
    if not person.is_active or not posts:
        yield Refusal("approvals.no_colleague", "对方不是本机关在职人员，请另选一人。")
    elif APART & {h.role for h in posts}:
        yield Refusal("approvals.taker_apart", "审计员和平台管理员不能代签，请另选一人。")
    elif step.kind == StepKind.CLEAR_SECRECY and Role.SECRECY_REVIEWER not in {
        h.role for h in posts
    }:
        yield Refusal("approvals.no_reviewer", "保密审查只能转给保密审查员。")
    if step.four_eyes:
        yield from _why_not_second_pair(step, person, None)
