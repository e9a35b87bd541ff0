"""The bench loader: fills a database in a few statements, past the actions.

A named exception to the rule that only actions write: it may write rows, and nothing else may use
it. What it writes is what the actions would have left: tasks, duties with ledgers, counters, and
audit events that hash and chain.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import count, islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max, Model
from django.utils import timezone

from bench.city import City
from gongkai.audit.models import AuditEvent, Mention, Seal
from gongkai.audit.queries import chain, keys
from gongkai.audit.rules import NO_LINK, canonical, link_hash
from gongkai.calendars.api import working_calendar
from gongkai.duties.actions.reflecting import COPIES, set_copies
from gongkai.duties.api import Limit, on_date
from gongkai.duties.models import Counter, Duty, Fact
from gongkai.duties.queries import CounterKey, entry_of
from gongkai.duties.states import FactKind, State
from gongkai.files.models import StoredFile
from gongkai.kernel import clock
from gongkai.organisation.models import Unit
from gongkai.programme.models import Document, Programme, Proposal, Task, TaskDuty, TaskUnit

YEAR = 2026
TASKS = 100
"""Tasks of a programme, as in the longer of the real tables."""

DUTIES = 2
"""Duties of a task: two dates of its year."""

OWN = 616
"""Duties of the first body at every scale; of 1,000, each section elsewhere then has eight, one
more than a lane of the board shows."""

CHUNK = 2_000
TEXT = "公开第{n}类重大建设项目的批准、招标、施工和竣工情况，接受社会监督"


@dataclass(frozen=True)
class Slot:
    """A duty to be loaded: whose, due when, met when (None: still open)."""

    owner: Unit
    due: date
    met_at: datetime | None


@dataclass
class Loaded:
    """What the measures need to know of what was loaded."""

    task: int
    duties: int


def load(city: City, duties: int, turning: int, turning_due: date) -> Loaded:
    """Fill the database with so many duties, and ``turning`` open ones all due on one day.

    The first body and its sections get the same whatever the scale; the rest goes to the others,
    so that a page of the first shows the same however much stands around it.
    """
    loader = _Loader(city)
    own, *others = city.sections
    loader.take(city.bodies[0], _slots(own, OWN))
    loader.take(
        city.bodies[0], [Slot(own[i % len(own)], turning_due, None) for i in range(turning)]
    )
    for number, (body, units) in enumerate(zip(city.bodies[1:], others, strict=True)):
        more = 1 if number < (duties - OWN) % len(others) else 0
        loader.take(body, _slots(units, (duties - OWN) // len(others) + more))
    loader.finish()
    return Loaded(task=loader.first_task, duties=duties + turning)


def _slots(units: Sequence[Unit], n: int) -> list[Slot]:
    """Spread ``n`` duties over units and the months of five years.

    Of a unit's first sixty, seven are still to come, one is late, the others are met.
    """
    found = []
    for i in range(n):
        unit, turn = units[i % len(units)], i // len(units)
        month, year = (turn + 5) % 12 + 1, YEAR - (turn // 12) % 5
        due = _last_day(year, month)
        late = turn % 60 == 10
        met = None if due > clock.today() or late else _at(due, -1)
        found.append(Slot(unit, due, met))
    return found


def _last_day(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _at(day: date, days: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time(10)))


@cache
def copies_of(due: date, met_at: datetime | None, now: datetime) -> dict[str, Any]:
    """The copies of a duty with these facts, by the very function the actions use."""
    limit = on_date(due)
    state = State.MET if met_at else State.OPEN
    duty = Duty(limit=limit.as_json(), state=state.value, closed_at=met_at)
    facts = [Fact(kind=FactKind.STARTED.value, at=_at(due, -90))]
    if met_at is not None:
        facts.append(Fact(kind=FactKind.MET.value, at=met_at))
    set_copies(duty, [entry_of(f) for f in facts], working_calendar(), now)
    return {name: getattr(duty, name) for name in COPIES}


class _Loader:
    """Numbers rows ahead, gathers them by table, writes them by the thousand."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.now = clock.now()
        self.first_task = 0
        self._rows: dict[type[Model], list[Model]] = {}
        self._next = {model: _numbers(model) for model in TABLES}
        self._counted: Tally[CounterKey] = Tally()
        last = Seal.objects.order_by("-sequence").first()
        self._link, self._sequence = (last.link, last.sequence) if last else (NO_LINK, 0)

    def take(self, body: Unit, slots: list[Slot]) -> None:
        """Load duties of a body, as many to a programme as its tasks hold."""
        size = TASKS * DUTIES
        for begin in range(0, len(slots), size):
            self._programme(body, slots[begin : begin + size])
            if len(self._rows.get(Duty, ())) >= CHUNK:
                self._write()

    def finish(self) -> None:
        """Write what is left, the counters, and let the database number on from here."""
        self._write()
        for (owner, history, light), n in self._counted.items():
            Counter.objects.create(owner_id=owner, history=history, light=light, n=n)
        _number_on()

    def _add(self, model: type[Model], **fields: Any) -> Any:
        row = model(id=next(self._next[model]), **fields)
        self._rows.setdefault(model, []).append(row)
        return row

    def _programme(self, body: Unit, slots: list[Slot]) -> None:
        office, year = self.city.office, slots[0].due.year
        n = next(self._next[StoredFile])
        self._rows.setdefault(StoredFile, []).append(
            StoredFile(
                id=n,
                key=f"{n:032x}",
                name="责任分工表.txt",
                size=1,
                sha256=f"{n:064x}",
                kind="txt",
                state="accepted",
                unit=body,
                purpose="programme.document",
                created_at=self.now,
                created_by=office,
            )
        )
        document = self._add(
            Document,
            body=body,
            file_id=n,
            sha256=f"{n:064x}",
            state="bound",
            title=f"{body.name}{year}年政务公开工作要点责任分工表（{n}）",
            year=year,
            text=TEXT,
            received_at=self.now,
            received_by=office,
        )
        programme = self._add(
            Programme,
            body=body,
            title=document.title,
            year=year,
            document=document,
            digest=f"{n:064x}",
            bound_at=self.now,
            bound_by=office,
        )
        for row, begin in enumerate(range(0, len(slots), DUTIES), 1):
            self._task(programme, document, row, slots[begin : begin + DUTIES])

    def _task(self, programme: Any, document: Any, row: int, slots: list[Slot]) -> None:
        text = TEXT.format(n=row)
        clause = f"{'一二三四'[row % 4]}"
        proposal = self._add(
            Proposal,
            document=document,
            order=row,
            row=row,
            state="accepted",
            clause=clause,
            text=text,
            lead=[s.owner.name for s in slots],
            clock={"kind": "date", "on": slots[0].due.isoformat()},
            origin={},
            start=0,
            end=len(TEXT),
        )
        task = self._add(
            Task,
            programme=programme,
            proposal=proposal,
            row=row,
            order=row,
            clause=clause,
            part=f"{clause}、重点领域公开",
            text=text,
            clock=proposal.clock,
            opened_at=self.now,
        )
        self.first_task = self.first_task or task.pk
        for unit in dict.fromkeys(s.owner for s in slots):
            self._add(TaskUnit, task=task, unit=unit, part="lead", named=unit.name)
        for number, slot in enumerate(slots):
            self._duty(task, number, slot)

    def _duty(self, task: Any, number: int, slot: Slot) -> None:
        limit = on_date(slot.due)
        copies = copies_of(slot.due, slot.met_at, self.now)
        duty = self._add(
            Duty,
            kind="programme.task",
            subject=f"programme.task:{task.pk}",
            title=task.text,
            owner=slot.owner,
            url=f"/programme/tasks/{task.pk}/",
            limit=limit.as_json(),
            state=(State.MET if slot.met_at else State.OPEN).value,
            started_at=_at(slot.due, -90),
            closed_at=slot.met_at,
            closed_on=clock.day_of(slot.met_at) if slot.met_at else None,
            **copies,
        )
        self._fact(duty, FactKind.STARTED, duty.started_at)
        if slot.met_at is not None:
            self._fact(duty, FactKind.MET, slot.met_at)
        self._add(TaskDuty, task=task, unit=slot.owner, duty=duty, slot=f"date:{slot.due}#{number}")
        self._counted[(slot.owner.pk, False, str(duty.light))] += 1
        self._event(duty, slot.owner, limit)

    def _fact(self, duty: Any, kind: FactKind, at: datetime) -> None:
        self._add(Fact, duty=duty, kind=kind.value, at=at, recorded_at=self.now)

    def _event(self, duty: Any, owner: Unit, limit: Limit) -> None:
        """An event as the opening leaves it, hashed, mentioned and sealed."""
        event = self._add(
            AuditEvent,
            event="duties.opened",
            at=self.now,
            actor_name="系统",
            unit_id=owner.pk,
            unit_path=owner.path,
            unit_name=owner.name,
            subject=f"duties.duty:{duty.pk}",
            also=[duty.subject],
            facts_text=canonical({"limit": limit.words, "title": duty.title}),
            algorithm=keys.algorithm().value,
        )
        event.hash = chain.hash_of(event)
        for subject in (event.subject, duty.subject):
            self._add(Mention, event=event, subject=subject)
        self._seal(event)

    def _seal(self, event: Any) -> None:
        before, self._sequence = self._link, self._sequence + 1
        digest = keys.digest_with(event.algorithm)
        self._link = link_hash(self._sequence, event.hash, before, self.now, digest)
        self._rows.setdefault(Seal, []).append(
            Seal(
                sequence=self._sequence,
                event=event,
                event_hash=event.hash,
                previous=before,
                link=self._link,
                algorithm=event.algorithm,
                sealed_at=self.now,
            )
        )

    def _write(self) -> None:
        every: tuple[type[Model], ...] = (*TABLES, Seal)
        with transaction.atomic():
            for model in every:
                for some in _chunks(self._rows.pop(model, [])):
                    model._default_manager.bulk_create(some)


TABLES: tuple[type[Model], ...] = (
    StoredFile,
    Document,
    Programme,
    Proposal,
    Task,
    TaskUnit,
    Duty,
    Fact,
    TaskDuty,
    AuditEvent,
    Mention,
)
"""The tables that the loader numbers, in the order in which they point at each other."""


def _numbers(model: type[Model]) -> Iterator[int]:
    last = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
    return count(last + 1)


def _chunks(rows: list[Model]) -> Iterator[list[Model]]:
    stream = iter(rows)
    while some := list(islice(stream, CHUNK)):
        yield some


def _number_on() -> None:
    """Tell PostgreSQL's sequences about the numbers given here, and let it see what it holds.

    What its autovacuum does by itself within a minute; SQLite has neither, here as in service.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
        cursor.execute("ANALYZE")
