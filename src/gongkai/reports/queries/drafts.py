"""Reads of the reports written here: the list, one with its passages, what its figures count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import QuerySet
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.duties.api import Duty
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.organisation.api import Unit
from gongkai.programme.api import Evidence, Programme, Task, TaskDuty, Trigger, visible_programmes
from gongkai.reading.figures import find_figures
from gongkai.reading.result import Figure
from gongkai.records.api import Record
from gongkai.reports import policies
from gongkai.reports.models import Draft, Passage, Template, Tie, Wording
from gongkai.reports.rules.paper import Paper, parts, printed_day
from gongkai.reports.rules.sums import written_out
from gongkai.reports.states import Section


@dataclass(frozen=True)
class Audited:
    """A sum, share or rate of a passage, computed again; offsets are into the passage."""

    figure: Figure
    sum: str


def drafts(user: User) -> QuerySet[Draft]:
    """Return the reports that the user sees."""
    return policies.visible_drafts(user).select_related("body", "started_by")


def draft_or_none(user: User, pk: int) -> Draft | None:
    """Return the report if the user may see it."""
    rows = policies.visible_drafts(user)
    wanted = ("body", "started_by", "closed_by", "docx", "pdf", "handed_on")
    return rows.select_related(*wanted).filter(pk=pk).first()


def draft_to_print(pk: int) -> Draft | None:
    """Return a report for the worker, whoever sees it."""
    return Draft.objects.select_related("body", "closed_by").filter(pk=pk).first()


def live_name(programmes: Iterable[Programme], as_of: date) -> str:
    """Name what a report is on: these programmes up to this day, in any order."""
    keys = ",".join(map(str, sorted({one.pk for one in programmes})))
    return sha256(f"{as_of.isoformat()}:{keys}".encode()).hexdigest()


def under_way(programmes: Sequence[Programme], as_of: date) -> Draft | None:
    """Return the report on these programmes up to this day that is being written."""
    return Draft.objects.filter(live=live_name(programmes, as_of)).first()


def passage_or_none(user: User, pk: int) -> Passage | None:
    """Return the passage if the user may see its report."""
    rows = Passage.objects.select_related("draft__body")
    return rows.filter(pk=pk, draft__in=policies.visible_drafts(user)).first()


def passages(draft: Draft) -> list[Passage]:
    """Return the passages of a report in their order, each with its ties; two questions."""
    return list(draft.passages.order_by("section", "order").prefetch_related("ties"))


def wordings(passage: Passage) -> list[Wording]:
    """Return what a passage said, the newest first; at most the last 30."""
    return list(passage.wordings.select_related("written_by").order_by("-id")[:30])


def tie_or_none(user: User, pk: int) -> Tie | None:
    """Return the figure if the user may see its report."""
    rows = Tie.objects.select_related("passage__draft__body")
    return rows.filter(pk=pk, passage__draft__in=policies.visible_drafts(user)).first()


def programmes_to_report(user: User, bodies: Sequence[Unit]) -> list[Programme]:
    """Return the programmes of these bodies that a report can be written on, newest year first."""
    rows = visible_programmes(user).filter(body__in=bodies)
    return list(rows.select_related("body", "document").order_by("-year", "id")[:50])


def audited(text: str) -> list[Audited]:
    """Compute every sum, share and rate of a text again, paragraph by paragraph."""
    found: list[Audited] = []
    start = 0
    for line in text.split("\n"):
        for one in find_figures(line):
            words = written_out(one.kind, one.text, stated=one.stated, computed=one.computed)
            found.append(Audited(_moved(one, start), words))
        start += len(line) + 1
    return found


def _moved(figure: Figure, by: int) -> Figure:
    return Figure(
        figure.kind,
        figure.text,
        figure.stated,
        figure.computed,
        figure.agrees,
        figure.start + by,
        figure.end + by,
    )


def doubts(draft: Draft) -> int:
    """Return how many figures of a report do not agree with their sum or with the records."""
    return sum(doubts_of(passage) for passage in passages(draft))


def doubts_of(passage: Passage) -> int:
    """Return how many figures of a passage do not agree with their sum or with the records."""
    wrong = sum(not one.figure.agrees for one in audited(passage.text))
    return wrong + sum(1 for tie in passage.ties.all() if tie.start is None and tie.instead)


def paper_of(draft: Draft) -> Paper:
    """Return the report as it is printed; signed on the day of issue, else on the day it counts."""
    rows = draft.passages.order_by("section", "order").values_list("section", "heading", "text")
    day = clock.day_of(draft.closed_at) if draft.closed_at else draft.counts_until
    return Paper(
        title=draft.title,
        recipient=draft.recipient,
        sections=parts((Section(section), heading, text) for section, heading, text in rows),
        signature=draft.body.name,
        day=printed_day(day),
    )


def template_of(body: Unit) -> Template | None:
    """Return the body's own template in use, None where the standard look is."""
    return Template.objects.select_related("file", "set_by").filter(live=body.pk).first()


def template_bytes(body: Unit) -> bytes | None:
    """Return the body's own template, None where the standard look is in use."""
    template = template_of(body)
    return files.read_bytes(template.file) if template else None


@dataclass(frozen=True)
class Member:
    """A record that a figure counts, as a row of a table."""

    what: str
    who: str
    day: object
    note: str
    url: str = ""
    """Where it is shown."""


def members_of(tie: Tie) -> list[Member]:
    """Return the records that a figure counted, in their order; one question for each kind."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for key in tie.members:
        kind, _, pk = key.partition(":")
        by_kind[kind].append(int(pk))
    found = {kind: _READERS[kind](pks) for kind, pks in by_kind.items()}
    return [
        found[kind][int(pk)]
        for kind, _, pk in (key.partition(":") for key in tie.members)
        if int(pk) in found[kind]
    ]


def _task_url(pk: int | None) -> str:
    return reverse("programme:task", args=[pk]) if pk else ""


def _records(pks: Iterable[int]) -> dict[int, Member]:
    rows = Record.objects.filter(pk__in=list(pks)).select_related("unit")
    return {
        row.pk: Member(
            row.title,
            row.unit.name,
            row.held_on,
            f"{row.facts['count']}人次" if "count" in row.facts else "",
            reverse("records:record", args=[row.pk]),
        )
        for row in rows
    }


def _tasks(pks: Iterable[int]) -> dict[int, Member]:
    rows = Task.objects.filter(pk__in=list(pks))
    return {
        row.pk: Member(
            row.text, row.part, row.closed_at, row.get_state_display(), _task_url(row.pk)
        )
        for row in rows
    }


def _duties(pks: Iterable[int]) -> dict[int, Member]:
    tasks = dict(TaskDuty.objects.filter(duty__in=list(pks)).values_list("duty", "task"))
    rows = Duty.objects.filter(pk__in=list(pks)).select_related("owner")
    return {
        row.pk: Member(
            f"{row.title}{row.period and f'（{row.period}）'}",
            row.owner.name,
            row.due_on,
            f"{row.closed_on:%Y-%m-%d}{row.get_state_display()}" if row.closed_on else "未完成",
            _task_url(tasks.get(row.pk)),
        )
        for row in rows
    }


def _units(pks: Iterable[int]) -> dict[int, Member]:
    return {row.pk: Member(row.name, "", "", "") for row in Unit.objects.filter(pk__in=list(pks))}


def _triggers(pks: Iterable[int]) -> dict[int, Member]:
    rows = Trigger.objects.filter(pk__in=list(pks)).select_related("unit")
    return {
        row.pk: Member(row.what, row.unit.name, row.happened_at, "", _task_url(row.task_id))
        for row in rows
    }


def _evidence(pks: Iterable[int]) -> dict[int, Member]:
    rows = Evidence.objects.filter(pk__in=list(pks)).select_related("unit")
    return {
        row.pk: Member(row.note, row.unit.name, row.added_at, "", _task_url(row.task_id))
        for row in rows
    }


_READERS = {
    "task": _tasks,
    "duty": _duties,
    "unit": _units,
    "trigger": _triggers,
    "evidence": _evidence,
    "record": _records,
}
