"""Reads of rounds: what is signed over which version, what waits for whom; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from gongkai.accounts.api import Post, Role, User, scope_paths
from gongkai.approvals import policies
from gongkai.approvals.models import Chain, Round, RoundStep
from gongkai.approvals.rules import Step
from gongkai.approvals.states import RoundState, StepKind, StepState
from gongkai.audit import api as audit
from gongkai.kernel import clock
from gongkai.kernel.identifiers import split_subject
from gongkai.organisation.api import (
    Unit,
    UnitKind,
    body_of,
    choices,
    living,
    unit_by_id,
    units_under,
)

MOST_COUNTED = 99
"""More waiting signatures than this are shown as 99+; counting stops there."""
MOST_NAMED = 4
"""So many people are named who may sign a step."""
MOST_OFFERED = 500
"""So many posts are looked through for a stand-in."""


def chain_in_force(code: str, body: Unit | None = None) -> Chain | None:
    """Return the newest version of a chain: the body's own, else that of the platform."""
    rows = Chain.objects.filter(code=code).order_by("-number")
    own = rows.filter(body=body).first() if body is not None else None
    return own or rows.filter(body=None).first()


def newest_number(code: str, body: Unit | None) -> int:
    """Return the number of the newest version that a body (or the platform) has; 0 for none."""
    newest = Chain.objects.filter(code=code, body=body).order_by("-number").first()
    return newest.number if newest else 0


def first_version(chain: Chain) -> Chain:
    """Return the first version of a chain: its timeline tells of all that followed."""
    rows = Chain.objects.filter(code=chain.code, body=chain.body).order_by("number")
    return rows[0]


def steps_in(chain: Chain) -> list[Step]:
    """Return the steps of a version of a chain."""
    return [Step.from_json(step) for step in chain.steps]


def chain_words(chain: Chain) -> str:
    """Say a chain in one line: what runs side by side is joined by 、, what follows by →."""
    turns: dict[int, list[str]] = {}
    for step in steps_in(chain):
        turns.setdefault(step.turn, []).append(_step_words(step))
    return " → ".join("、".join(turns[turn]) for turn in sorted(turns))


def _step_words(step: Step) -> str:
    apart = "，须另一人" if step.four_eyes else ""
    at = "、".join(unit_by_id(pk).name for pk in step.units)
    return f"{at}{Role(step.role).label}{step.kind.label}{apart}"


def sees_chains(user: User, body: Unit) -> bool:
    """Say whether this is a body in the person's scope, and so one whose chains there are."""
    paths = scope_paths(user)
    return body.kind == UnitKind.BODY and any(body.path.startswith(path) for path in paths)


def units_to_ask(body: Unit) -> list[tuple[int, str]]:
    """Return the living units of a body, as choices for a countersignature."""
    return choices(living(units_under(body)).exclude(pk=body.pk))


def round_of(subject: str, digest: str) -> Round | None:
    """Return the newest round over this exact version."""
    return Round.objects.filter(subject=subject, digest=digest).order_by("-id").first()


def newest_round(subject: str) -> Round | None:
    """Return the newest round over any version of the subject."""
    return Round.objects.filter(subject=subject).order_by("-id").first()


def round_by_key(key: str) -> Round | None:
    """Return the round that an event or outbox message names (``approvals.round:12``)."""
    kind, pk = split_subject(key)
    if kind != Round._meta.label_lower or not pk.isdecimal():
        return None
    return Round.objects.select_related("unit", "started_by", "drafted_by").filter(pk=pk).first()


def state_of(subject: str, digest: str) -> RoundState | None:
    """Return how the newest round over this exact version stands; None without one."""
    found = round_of(subject, digest)
    return RoundState(found.state) if found else None


def kept_for(subject: str, digest: str) -> list[RoundStep]:
    """Return the signatures under earlier versions that outlive the change to this one."""
    rows = RoundStep.objects.filter(round__subject=subject, keeps=True, state=StepState.SIGNED)
    return list(rows.exclude(round__digest=digest).order_by("round", "id"))


def is_complete(subject: str, digest: str) -> bool:
    """Say whether this exact version is signed through."""
    return state_of(subject, digest) is RoundState.COMPLETE


def is_cleared(subject: str, digest: str) -> bool:
    """Say whether secrecy is cleared for this exact version, in a round that still holds."""
    found = round_of(subject, digest)
    if found is None or found.state not in {RoundState.OPEN, RoundState.COMPLETE}:
        return False
    cleared = found.steps.filter(kind=StepKind.CLEAR_SECRECY).values_list("state", flat=True)
    return bool(cleared) and set(cleared) == {StepState.SIGNED}


def units_asked(step: Step, unit: Unit, countersigners: Sequence[Unit] = ()) -> Sequence[Unit]:
    """Return the units whose people a step of a chain asks, for a round of this unit."""
    if step.units:
        return [unit_by_id(pk) for pk in step.units]
    if step.kind is StepKind.COUNTERSIGN:
        return countersigners
    return [body_of(unit) if step.at_body else unit]


@dataclass(frozen=True)
class Stop:
    """A step in words: what is asked of whom, who signed or may, how it stands, when signed."""

    what: str
    who: str
    stands: str
    at: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """How one exact version stands on its way through its chain."""

    state: RoundState | None
    """None: this version was not sent round."""
    alone: bool
    """Whether nothing is missing but what this person may sign."""
    round: Round | None
    waits_for: tuple[str, ...]
    """Whose turn it is: 政策法规科科室负责人."""
    yours: bool
    """Whether it is this person's turn."""
    stops: tuple[Stop, ...]
    """The steps as they stand, or as they will be asked."""


def standing(code: str, *, subject: str, digest: str, unit: Unit, actor: User) -> Standing:
    """Say how a version stands and whether the actor's signature is all that it waits for.

    Raises ``LookupError`` for a chain that is not defined.
    """
    found = round_of(subject, digest)
    state = RoundState(found.state) if found else None
    if found is None or state in {RoundState.RETURNED, RoundState.SUPERSEDED}:
        alone, planned = _signs_alone(code, unit, actor), tuple(_planned(code, unit))
        return Standing(state, alone, found, (), False, planned)
    missing = list(found.steps.exclude(state=StepState.SIGNED).select_related("unit", "person"))
    mine = all(
        policies.is_for(step, actor)
        and not (step.four_eyes and actor.pk in {found.drafted_by_id, found.started_by_id})
        for step in missing
    )
    ready = list(ready_steps(found))
    return Standing(
        state,
        mine,
        found,
        tuple(_turn_of(step) for step in ready),
        any(policies.is_for(step, actor) for step in ready),
        tuple(_stop(step) for step in steps_of(found)),
    )


def _planned(code: str, unit: Unit) -> Iterator[Stop]:
    """Yield the steps that a round of this unit would have."""
    chain = chain_in_force(code, body_of(unit))
    for step in steps_in(chain) if chain else ():
        for asked in units_asked(step, unit):
            row = RoundStep(kind=step.kind, role=step.role, unit=asked)
            yield replace(_stop(row), stands="—")


def _stop(step: RoundStep) -> Stop:
    what = f"{_asked_of(step)}{StepKind(step.kind).label}"
    if step.signed_by is not None:
        by = f"（代{step.signed_for.full_name}）" if step.signed_for else ""
        who = f"{step.signed_by.full_name}{by}"
    else:
        who = "、".join(person.full_name for person in policies.candidates(step)[:MOST_NAMED])
    return Stop(what, who or "现在无人可签", StepState(step.state).label, step.signed_at)


def _signs_alone(code: str, unit: Unit, actor: User) -> bool:
    chain = chain_in_force(code, body_of(unit))
    if chain is None:
        raise LookupError(f"no chain {code!r}")
    steps = [Step.from_json(step) for step in chain.steps]
    return all(
        not step.four_eyes
        and all(
            policies.is_for(RoundStep(role=step.role, unit=asked), actor)
            for asked in units_asked(step, unit)
        )
        for step in steps
    )


def _turn_of(step: RoundStep) -> str:
    return step.person.full_name if step.person else _asked_of(step)


def _asked_of(step: RoundStep) -> str:
    """Name the role, with its unit where that is not the body as a whole."""
    where = "" if step.unit.kind == UnitKind.BODY else step.unit.name
    return f"{where}{Role(step.role).label}"


def ready_steps(round: Round) -> QuerySet[RoundStep]:
    """Return the steps of a round whose turn it is."""
    rows = round.steps.filter(state=StepState.READY).order_by("order")
    return rows.select_related("unit", "round", "person", "handed_by")


def asked_now(round: Round) -> list[tuple[RoundStep, list[User]]]:
    """Return the steps whose turn it is, each with the people who may sign it now."""
    signed = round.steps.filter(four_eyes=True).exclude(signed_by=None)
    hands = {key for pair in signed.values_list("signed_by", "signed_for") for key in pair if key}
    apart = frozenset({round.drafted_by_id, round.started_by_id} | hands)
    return [
        (step, policies.candidates(step, barred=apart if step.four_eyes else frozenset()))
        for step in ready_steps(round)
    ]


def asked_before(round: Round) -> list[User]:
    """Return the people who signed a round themselves, in their own hand for this version."""
    hands = round.steps.exclude(signed_by=None).filter(kept_from=None).values("signed_by")
    return list(User.objects.filter(pk__in=hands).order_by("pk"))


def waiting_for(user: User) -> QuerySet[RoundStep]:
    """Return what waits for the person's signature, oldest first."""
    rows = policies.steps_for(user).order_by("id")
    return rows.select_related("unit", "round__started_by", "round__unit")


def count_waiting(user: User) -> int:
    """Count what waits for the person, up to one more than ``MOST_COUNTED``."""
    return len(policies.steps_for(user).values("pk")[: MOST_COUNTED + 1])


def signed_by(user: User) -> QuerySet[RoundStep]:
    """Return what the person signed or sent back."""
    rows = RoundStep.objects.filter(signed_by=user, kept_from=None)
    return rows.select_related("unit", "round__unit", "signed_for")


def sent_by(user: User) -> QuerySet[Round]:
    """Return the rounds that the person sent."""
    return Round.objects.filter(started_by=user).select_related("unit", "chain")


def round_or_none(user: User, pk: int) -> Round | None:
    """Return a round the person may see."""
    rows = policies.visible_to(user).select_related("chain", "unit", "started_by", "drafted_by")
    return rows.filter(pk=pk).first()


def step_or_none(user: User, pk: int) -> RoundStep | None:
    """Return a step of a round the person may see."""
    rows = RoundStep.objects.filter(round__in=policies.visible_to(user).values("pk"))
    return rows.select_related("round", "unit", "person", "handed_by").filter(pk=pk).first()


def steps_of(round: Round) -> list[RoundStep]:
    """Return the steps of a round in their order, with who signed."""
    rows = round.steps.select_related(
        "round__unit",
        "unit__body",
        "person",
        "handed_by",
        "signed_by",
        "signed_for",
        "kept_from__round",
    )
    return list(rows.order_by("order"))


def other_rounds(user: User, round: Round) -> list[Round]:
    """Return the other rounds over the same subject that the person may see, newest first."""
    rows = policies.visible_to(user).filter(subject=round.subject).exclude(pk=round.pk)
    return list(rows.order_by("-id")[:20])


def timeline(round: Round) -> list[audit.Entry]:
    """Return what happened in a round, newest first."""
    return list(audit.timeline(round))


@dataclass(frozen=True)
class Turn:
    """The steps that run side by side, each with who may sign it."""

    number: int
    steps: tuple[tuple[RoundStep, tuple[User, ...]], ...]


def turns(steps: Iterable[RoundStep]) -> list[Turn]:
    """Group the steps of a round by turn; who may sign is looked up where it is still open."""
    found: dict[int, list[tuple[RoundStep, tuple[User, ...]]]] = {}
    for step in steps:
        open_ = step.state in {StepState.READY, StepState.WAITING}
        people = tuple(policies.candidates(step)) if open_ else ()
        found.setdefault(step.turn, []).append((step, people))
    return [Turn(n, tuple(found[turn])) for n, turn in enumerate(sorted(found), 1)]


def possible_stand_ins(step: RoundStep, actor: User) -> list[tuple[int, str]]:
    """Return the colleagues whom the step may be handed to, as choices."""
    body = policies.body_key(step.unit)
    today = clock.today()
    posts = Post.objects.filter(Q(unit__body=body) | Q(unit=body), from_on__lte=today)
    posts = posts.filter(Q(until_on=None) | Q(until_on__gt=today), user__is_active=True)
    if step.kind == StepKind.CLEAR_SECRECY:
        posts = posts.filter(role=Role.SECRECY_REVIEWER)
    rows = (
        posts.exclude(user=actor)
        .exclude(role__in=policies.APART)
        .select_related("user", "unit")
        .order_by("unit__path", "id")
    )
    found: dict[int, str] = {}
    for post in rows[:MOST_OFFERED]:
        found.setdefault(post.user_id, f"{post.user.full_name}（{post.unit.name}）")
    return list(found.items())


def person(pk: int) -> User:
    """Return a person by key. Raises ``DoesNotExist``."""
    return User.objects.get(pk=pk)


@dataclass(frozen=True)
class Signature:
    """Who signed, for whom, when."""

    who: str
    """王静, or 王静（代李建华）."""
    at: datetime
    comment: str


def signatures_of(subjects: Iterable[str]) -> dict[str, list[Signature]]:
    """Return the signatures under the newest completed round of each subject; one question.

    A subject without one is left out.
    """
    rows = RoundStep.objects.filter(
        round__subject__in=list(subjects),
        round__state=RoundState.COMPLETE,
        signed_by__isnull=False,
    )
    rows = rows.select_related("signed_by", "signed_for", "round").order_by("round", "signed_at")
    found: dict[str, list[Signature]] = {}
    newest: dict[str, int] = {}
    for step in rows:
        if step.signed_by is None or step.signed_at is None:
            continue
        subject, number = step.round.subject, step.round_id
        if newest.get(subject) != number:
            newest[subject], found[subject] = number, []
        stands_in = f"（代{step.signed_for.full_name}）" if step.signed_for else ""
        who = f"{step.signed_by.full_name}{stands_in}"
        found[subject].append(Signature(who, step.signed_at, step.comment))
    return found
