"""The ladders of the bodies, what a reminder says and who hears it, who was given a duty."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gongkai.accounts.api import Role, User, held_by, people_of
from gongkai.duties.models import BodyLadder, Duty
from gongkai.duties.rules import LADDER, Ladder, Limit, rung_words
from gongkai.duties.states import OPEN_STATES, FactKind, Hearer, LimitKind
from gongkai.kernel.identifiers import split_subject, subject_key
from gongkai.organisation.api import Unit, ancestors, body_of


class Ladders:
    """The ladders of all bodies, read once for many duties."""

    def __init__(self) -> None:
        self._of = {row.body_id: row.value for row in BodyLadder.objects.all()}

    def of(self, unit: Unit) -> Ladder:
        """Return the ladder of a unit's body."""
        return self._of.get(unit.body_id or unit.pk, LADDER)


def ladders() -> Ladders:
    """Read the ladders of all bodies; one query."""
    return Ladders()


def body_ladder(body: Unit) -> BodyLadder:
    """Return what a body has set, or an unsaved row with the ladder of who has set nothing."""
    return BodyLadder.objects.filter(body=body).first() or BodyLadder(
        body=body, version=0, ladder=LADDER.as_json()
    )


def ladder_of(unit: Unit) -> Ladder:
    """Return the ladder of a unit's body."""
    return body_ladder(body_of(unit)).value


@dataclass(frozen=True)
class Reminder:
    """What a reminder says, to whom, and the key that makes it one: duty, due moment and rung."""

    duty: Duty
    rung: int
    sentence: str
    key: str
    hourly: bool
    hearers: frozenset[Hearer]

    @property
    def presses(self) -> bool:
        """Whether the due day is here or over."""
        return self.rung >= 0


def reminder_of(subject: str) -> Reminder | None:
    """Return the reminder a duty stands at now; None when nothing is to be said any more."""
    rows = Duty.objects.select_related("owner__body", "person")
    row = rows.filter(pk=split_subject(subject)[1]).first()
    if row is None or row.state not in OPEN_STATES or row.rung is None or row.due_at is None:
        return None
    hours = Limit.from_json(row.limit).kind is LimitKind.HOURS
    words = rung_words(row.rung, hours=hours)
    key = f"{subject_key(row)}:{row.due_at.isoformat()}:{row.rung}"
    hearers = ladder_of(row.owner).hearers(row.rung)
    return Reminder(row, row.rung, f"“{row.title}”{words}。", key, hours, hearers)


@dataclass(frozen=True)
class Hearing:
    """The people who hear a reminder: ``own`` of the thing itself, ``above`` of all together."""

    own: list[User]
    above: list[User]


OWN = (Role.OFFICER,)
HEADS = (Role.SECTION_HEAD,)
ABOVE = {Hearer.DEPUTY: Role.DEPUTY_LEADER, Hearer.LEADER: Role.LEADER}


def hearing(reminder: Reminder) -> Hearing:
    """Name the people who hear a reminder now.

    The owner is the person who has the duty, else the officers of the unit, else its heads, else
    the openness office of its body. Leaders are those of the unit and of all above it up to the
    body. Nobody hears it twice.
    """
    unit, hearers = reminder.duty.owner, reminder.hearers
    body = body_of(unit)
    own = _owners(reminder.duty, body)
    if Hearer.HEAD in hearers:
        own |= _people([unit], HEADS)
    above: dict[int, User] = {}
    leaders = [role for hearer, role in ABOVE.items() if hearer in hearers]
    if leaders:
        line = [unit, *(u for u in ancestors(unit) if body_of(u) == body)]
        above |= _people(line, leaders)
    if Hearer.OFFICE in hearers:
        above |= _people([body], (Role.OPENNESS_OFFICE,))
    return Hearing(list(own.values()), [p for pk, p in above.items() if pk not in own])


def _owners(duty: Duty, body: Unit) -> dict[int, User]:
    if duty.person is not None and duty.person.is_active:
        return {duty.person.pk: duty.person}
    return (
        _people([duty.owner], OWN)
        or _people([duty.owner], HEADS)
        or _people([body], (Role.OPENNESS_OFFICE,))
    )


def _people(units: Iterable[Unit], roles: Collection[Role]) -> dict[int, User]:
    return {person.pk: person for unit in units for person in people_of(unit, roles)}


def bodies_of(user: User) -> list[Unit]:
    """Return the bodies of the posts that a person holds, for others too."""
    found = {body_of(held.unit).pk: body_of(held.unit) for held in held_by(user)}
    return [found[pk] for pk in sorted(found)]


@dataclass(frozen=True)
class Reassigned:
    """Who has a duty now, who gave it to them (None: the system), what is said, and its key."""

    duty: Duty
    by: User | None
    sentence: str
    key: str


def reassigned_of(subject: str) -> Reassigned | None:
    """Return the last time a duty was given to others; None when nobody has to know any more."""
    row = Duty.objects.select_related("owner", "person").filter(pk=split_subject(subject)[1])
    duty = row.first()
    if duty is None or duty.state not in OPEN_STATES:
        return None
    facts = duty.facts.filter(kind=FactKind.REASSIGNED).select_related("recorded_by")
    fact = facts.order_by("-id").first()
    if fact is None:
        return None
    to = "您" if duty.person else duty.owner.name
    sentence = f"“{duty.title}”改派给{to}办理（{fact.reason}）。"
    return Reassigned(duty, fact.recorded_by, sentence, f"{subject_key(duty)}:given:{fact.pk}")
