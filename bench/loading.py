"""The bench loader: fills a database by the chunk, past the actions.

A named exception to the rule that only actions write: it may write rows, and nothing else may use
it. What it writes is what the actions would have left: tasks, duties with ledgers, counters, and
audit events that hash and chain.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.db.models import Model
from django.utils import timezone

from bench.city import City
from bench.writing import Table, loading, write_all
from gongkai.audit.models import AuditEvent, Mention, Seal
from gongkai.audit.queries import chain, keys
from gongkai.audit.rules import NO_LINK, canonical, link_hash
from gongkai.calendars.api import working_calendar
from gongkai.duties.actions.reflecting import COPIES, set_copies
from gongkai.duties.api import on_date
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

CHUNK = 10_000
"""Duties that are written at a time."""

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
    own, *others = city.sections
    soon = [Slot(own[i % len(own)], turning_due, None) for i in range(turning)]
    with loading():
        loader = _Loader(city)
        loader.take(city.bodies[0], _slots(own, OWN))
        loader.take(city.bodies[0], soon)
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


@cache
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
    """Turns slots into rows of all tables and has them written by the chunk."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.now = clock.now()
        self.first_task = 0
        self._tables = {model: Table(model) for model in TABLES}
        self._counted: Tally[CounterKey] = Tally()
        last = Seal.objects.order_by("-sequence").first()
        self._link, self._sequence = (last.link, last.sequence) if last else (NO_LINK, 0)

    def take(self, body: Unit, slots: list[Slot]) -> None:
        """Load duties of a body, as many to a programme as its tasks hold."""
        size = TASKS * DUTIES
        for begin in range(0, len(slots), size):
            self._programme(body, slots[begin : begin + size])
            if len(self._tables[Duty].rows) >= CHUNK:
                self._write()

    def finish(self) -> None:
        """Write what is left, and the counters."""
        self._write()
        for (owner, history, light), n in self._counted.items():
            Counter.objects.create(owner_id=owner, history=history, light=light, n=n)

    def _write(self) -> None:
        write_all(list(self._tables.values()))

    def _add(self, model: Any, **values: Any) -> int:
        return self._tables[model].add(**values)

    def _programme(self, body: Unit, slots: list[Slot]) -> None:
        office, year = self.city.office.pk, slots[0].due.year
        n = self._tables[StoredFile].number + 1
        title = f"{body.name}{year}年政务公开工作要点责任分工表（{n}）"
        self._add(
            StoredFile,
            key=f"{n:032x}",
            name="责任分工表.txt",
            size=1,
            sha256=f"{n:064x}",
            kind="txt",
            state="accepted",
            unit_id=body.pk,
            purpose="programme.document",
            created_at=self.now,
            created_by_id=office,
        )
        document = self._add(
            Document,
            body_id=body.pk,
            file_id=n,
            sha256=f"{n:064x}",
            state="bound",
            title=title,
            year=year,
            text=TEXT,
            received_at=self.now,
            received_by_id=office,
        )
        programme = self._add(
            Programme,
            body_id=body.pk,
            title=title,
            year=year,
            document_id=document,
            digest=f"{n:064x}",
            bound_at=self.now,
            bound_by_id=office,
        )
        for row, begin in enumerate(range(0, len(slots), DUTIES), 1):
            self._task(programme, document, row, slots[begin : begin + DUTIES])

    def _task(self, programme: int, document: int, row: int, slots: list[Slot]) -> None:
        clause = "一二三四"[row % 4]
        text = TEXT.format(n=row)
        same: dict[str, Any] = {
            "row": row,
            "order": row,
            "clause": clause,
            "text": text,
            "clock": {"kind": "date", "on": slots[0].due.isoformat()},
        }
        proposal = self._add(
            Proposal,
            document_id=document,
            state="accepted",
            lead=[s.owner.name for s in slots],
            origin={},
            start=0,
            end=len(TEXT),
            **same,
        )
        task = self._add(
            Task,
            programme_id=programme,
            proposal_id=proposal,
            part=f"{clause}、重点领域公开",
            opened_at=self.now,
            **same,
        )
        self.first_task = self.first_task or task
        for unit in dict.fromkeys(s.owner for s in slots):
            whose = {"programme_id": programme, "unit_id": unit.pk, "named": unit.name}
            self._add(TaskUnit, task_id=task, part="lead", **whose)
        for number, slot in enumerate(slots):
            self._duty(task, text, number, slot)

    def _duty(self, task: int, title: str, number: int, slot: Slot) -> None:
        limit, owner = on_date(slot.due), slot.owner
        subject = f"programme.task:{task}"
        copies = copies_of(slot.due, slot.met_at, self.now)
        duty = self._add(
            Duty,
            kind="programme.task",
            subject=subject,
            title=title,
            owner_id=owner.pk,
            url=f"/programme/tasks/{task}/",
            limit=limit.as_json(),
            state=(State.MET if slot.met_at else State.OPEN).value,
            started_at=_at(slot.due, -90),
            closed_at=slot.met_at,
            closed_on=clock.day_of(slot.met_at) if slot.met_at else None,
            **copies,
        )
        self._fact(duty, FactKind.STARTED, _at(slot.due, -90))
        if slot.met_at is not None:
            self._fact(duty, FactKind.MET, slot.met_at)
        place = f"date:{slot.due}#{number}"
        self._add(TaskDuty, task_id=task, unit_id=owner.pk, duty_id=duty, slot=place)
        self._counted[(owner.pk, False, str(copies["light"]))] += 1
        self._event(duty, subject, owner, canonical({"limit": limit.words, "title": title}))

    def _fact(self, duty: int, kind: FactKind, at: datetime) -> None:
        self._add(Fact, duty_id=duty, kind=kind.value, at=at, recorded_at=self.now)

    def _event(self, duty: int, about: str, owner: Unit, facts: str) -> None:
        """An event as the opening leaves it, hashed, mentioned and sealed."""
        event = AuditEvent(
            event="duties.opened",
            at=self.now,
            actor_name="系统",
            unit_id=owner.pk,
            unit_path=owner.path,
            unit_name=owner.name,
            subject=f"duties.duty:{duty}",
            also=[about],
            facts_text=facts,
            algorithm=keys.algorithm().value,
        )
        event.hash = chain.hash_of(event)
        cells = {f.attname: getattr(event, f.attname) for f in event._meta.concrete_fields}
        number = self._add(AuditEvent, **cells)
        for subject in (event.subject, about):
            self._add(Mention, event_id=number, subject=subject)
        before, self._sequence = self._link, self._sequence + 1
        digest = keys.digest_with(event.algorithm)
        self._link = link_hash(self._sequence, event.hash, before, self.now, digest)
        self._add(
            Seal,
            sequence=self._sequence,
            event_id=number,
            event_hash=event.hash,
            previous=before,
            link=self._link,
            algorithm=event.algorithm,
            sealed_at=self.now,
        )


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
    Seal,
)
"""The tables that are loaded, in the order in which they point at each other."""
