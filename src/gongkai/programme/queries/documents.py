"""Reads of documents under review: sources beside proposals, names, versions side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from gongkai.accounts.api import User
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit, unit_by_id, units_under
from gongkai.programme import policies, rules
from gongkai.programme.models import Clause, Document, Name, Programme, Proposal, Task, TaskUnit
from gongkai.programme.rules import Clock, Match, Outline
from gongkai.programme.states import OPEN_PROPOSALS, Change, Part, ProposalState, TaskState


def documents(user: User) -> QuerySet[Document]:
    """Return the documents the user sees, with what the list shows of them."""
    return policies.visible_documents(user).select_related("received_by").defer("text", "figures")


def document_or_none(user: User, pk: int) -> Document | None:
    """Return the document if the user may see it."""
    rows = policies.visible_documents(user).select_related(
        "body", "file", "replaces", "received_by"
    )
    return rows.filter(pk=pk).first()


def proposal_or_none(user: User, pk: int) -> Proposal | None:
    """Return the proposal if the user may see its document."""
    rows = Proposal.objects.select_related("document__body")
    return rows.filter(pk=pk, document__in=policies.visible_documents(user)).first()


@dataclass(frozen=True)
class ReviewRow:
    """A proposal as the review page shows it."""

    proposal: Proposal
    clock: Clock | None
    clock_words: str
    gaps: tuple[Refusal, ...]
    inherited: dict[str, Any]


@dataclass(frozen=True)
class ReviewClause:
    """A clause with the proposals that begin in it."""

    clause: Clause
    rows: tuple[ReviewRow, ...]


@dataclass(frozen=True)
class Review:
    """All that the review page of a document shows."""

    clauses: tuple[ReviewClause, ...]
    dropped: tuple[ReviewRow, ...]
    names: tuple[Name, ...]
    open_names: int
    to_decide: int
    accepted: int
    first_to_decide: int | None
    """The proposal that the eye should go to next."""


def review(document: Document) -> Review:
    """Gather the source with its proposals; five queries whatever the size."""
    clauses = list(document.clauses.order_by("order"))
    proposals = list(document.proposals.order_by("order", "id"))
    live = [p for p in proposals if p.state in OPEN_PROPOSALS]
    names = list(document.names.prefetch_related("units").order_by("settled", "id"))
    used = {text for p in live for text in [*p.lead, *p.support]}
    names = [name for name in names if name.text in used]
    undecided = [p.pk for p in live if p.state == ProposalState.PROPOSED]
    return Review(
        clauses=tuple(_under_clauses(clauses, live)),
        dropped=tuple(_row(p) for p in proposals if p.state == ProposalState.DROPPED),
        names=tuple(names),
        open_names=sum(not name.settled for name in names),
        to_decide=len(undecided),
        accepted=sum(p.state == ProposalState.ACCEPTED for p in live),
        first_to_decide=next(iter(undecided), None),
    )


def _row(proposal: Proposal) -> ReviewRow:
    chosen = Clock.from_json(proposal.clock) if proposal.clock else None
    return ReviewRow(
        proposal,
        chosen,
        rules.clock_in_words(chosen),
        tuple(policies.gaps(proposal)),
        proposal.origin.get("inherited", {}),
    )


def _under_clauses(clauses: list[Clause], proposals: list[Proposal]) -> Iterator[ReviewClause]:
    """Put each proposal under the clause whose span it begins in, the innermost one."""
    under: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        holding = [c for c in clauses if c.start <= proposal.start < max(c.end, c.start + 1)]
        home = max(holding, key=lambda c: (c.start, -c.end), default=None)
        under[home.pk if home else 0].append(proposal)
    if under.get(0) and clauses:
        under[clauses[0].pk] = under.pop(0) + under[clauses[0].pk]
    for clause in clauses:
        mine = under.get(clause.pk, [])
        yield ReviewClause(clause, tuple(_row(p) for p in mine))


def digest_of(document: Document) -> str:
    """Return the hash of the exact version that a signature binds: source, tasks, units."""
    names = {
        name.text: sorted(unit.pk for unit in name.units.all())
        for name in document.names.prefetch_related("units")
    }
    rows = document.proposals.filter(state=ProposalState.ACCEPTED).order_by("order", "id")
    return rules.digest(
        document.sha256,
        (
            {
                "row": p.row,
                "clause": p.clause,
                "text": p.text,
                "lead": [[text, names.get(text, [])] for text in p.lead],
                "support": [[text, names.get(text, [])] for text in p.support],
                "clock": p.clock,
                "targets": p.targets,
                "superior": p.superior,
            }
            for p in rows
        ),
    )


def part_headings(document: Document) -> dict[str, str]:
    """Return the headings of the document's parts by the first segment of their path."""
    parts: dict[str, str] = {}
    for clause in document.clauses.exclude(path="").order_by("order"):
        first, _, rest = clause.path.partition("/")
        if not rest or first not in parts:
            parts[first] = f"{first}、{clause.heading}" if not rest else first
    return parts


def compare(programme: Programme, document: Document) -> list[Match]:
    """Pair the programme's tasks (``old``) with the document's open proposals (``new``)."""
    tasks = programme.tasks.exclude(state=TaskState.REVOKED).select_related("proposal")
    old = [_outline(task.proposal, task.pk) for task in tasks.order_by("order", "id")]
    live = document.proposals.filter(state__in=OPEN_PROPOSALS).order_by("order", "id")
    return rules.match_versions(old, [_outline(p, p.pk) for p in live])


def _outline(proposal: Proposal, pk: int) -> Outline:
    rest = (proposal.lead, proposal.support, proposal.clock, proposal.superior)
    return Outline(pk, proposal.row, proposal.clause, proposal.text, rest)


@dataclass(frozen=True)
class VersionChange:
    """A line of the page that shows what a later version changes."""

    change: Change
    fields: tuple[str, ...]
    task: Task | None
    proposal: Proposal | None


def other_version_changes(document: Document) -> list[VersionChange]:
    """List what the document changes of the one it replaces; empty when it replaces none."""
    if document.replaces is None:
        return []
    programme = document.replaces.programme
    tasks = {t.pk: t for t in programme.tasks.select_related("proposal")}
    proposals = {p.pk: p for p in document.proposals.all()}
    return [
        VersionChange(
            m.change,
            m.fields,
            tasks[m.old] if m.old is not None else None,
            proposals[m.new] if m.new is not None else None,
        )
        for m in compare(programme, document)
    ]


def shares(programme: Programme) -> list[tuple[Unit, int, int]]:
    """Count for each unit how many tasks of the programme it leads and supports."""
    rows = (
        TaskUnit.objects.filter(task__programme=programme, ended_on=None)
        .exclude(task__state=TaskState.REVOKED)
        .values("unit_id")
        .annotate(
            lead=Count("id", filter=Q(part=Part.LEAD)),
            support=Count("id", filter=Q(part=Part.SUPPORT)),
        )
        .order_by("unit_id")
    )
    return [(unit_by_id(row["unit_id"]), row["lead"], row["support"]) for row in rows]


def cited_documents(user: User, document: Document) -> dict[str, int]:
    """Return document number → key of each cited document that is here and may be seen."""
    numbers = {c["number"] for c in document.citations if c.get("number")}
    rows = policies.visible_documents(user).filter(number__in=numbers).exclude(pk=document.pk)
    return dict(rows.order_by("id").values_list("number", "id"))


FIELD_LABELS = {
    "text": "任务",
    "lead": "牵头单位",
    "support": "配合单位",
    "clause": "所属条款",
    "superior": "上级安排",
    "clock": "时限",
    "targets": "目标",
}


def in_words(value: Any) -> str:
    """Say the value of a proposal's field as a person reads it."""
    if isinstance(value, dict):
        return rules.clock_in_words(Clock.from_json(value))
    if isinstance(value, list):
        return "、".join(item["text"] if isinstance(item, dict) else str(item) for item in value)
    return str(value) if value else "（空）"


@dataclass(frozen=True)
class Difference:
    """A field that two people filled in differently at the same time."""

    label: str
    saved: str
    typed: str


def differences(proposal: Proposal, typed: dict[str, Any]) -> list[Difference]:
    """Say where what was typed differs from what somebody else saved meanwhile."""
    return [
        Difference(FIELD_LABELS[name], in_words(getattr(proposal, name)), in_words(value))
        for name, value in typed.items()
        if getattr(proposal, name) != value
    ]


@dataclass(frozen=True)
class ShownCorrection:
    """A correction in words."""

    label: str
    before: str
    after: str
    made_at: datetime
    made_by: User


def corrections(proposal: Proposal) -> list[ShownCorrection]:
    """List what was corrected of a proposal, newest first."""
    rows = proposal.corrections.select_related("made_by").order_by("-id")[:50]
    return [
        ShownCorrection(
            FIELD_LABELS[c.field], in_words(c.before), in_words(c.after), c.made_at, c.made_by
        )
        for c in rows
    ]


AROUND = 200
"""So many characters of the source show before and after a proposal's own stretch."""


def source_around(proposal: Proposal) -> tuple[str, int]:
    """Return the source around a proposal and the offset at which it begins."""
    text = proposal.document.text
    start = max(0, proposal.start - AROUND)
    return text[start : proposal.end + AROUND], start


def inherited_fields(proposal: Proposal) -> dict[str, Any]:
    """Return what the row above offers for the cells that are still empty."""
    offered = proposal.origin.get("inherited", {})
    found: dict[str, Any] = {}
    for name in ("lead", "support"):
        if not proposal.lead and offered.get(name):
            found[name] = list(offered[name])
    if proposal.clock is None and offered.get("due"):
        chosen = rules.propose_clock(offered["due"])
        found["clock"] = chosen.as_json() if chosen else None
    return found


@dataclass(frozen=True)
class ClockPreview:
    """A task's clock as the document writes it and as it would be in the new year."""

    row: int
    text: str
    units: str
    as_written: str
    moved: str


def clock_preview(document: Document, year: int) -> list[ClockPreview]:
    """Show every open proposal's clock before and after the move to ``year``."""
    live = document.proposals.filter(state__in=OPEN_PROPOSALS).order_by("order", "id")
    source_year = document.year or year
    rows = []
    for p in live:
        chosen = Clock.from_json(p.clock) if p.clock else None
        moved = rules.moved_to(chosen, source_year, year) if chosen else None
        rows.append(
            ClockPreview(
                p.row,
                p.text,
                "、".join(p.lead),
                rules.clock_in_words(chosen),
                rules.clock_in_words(moved),
            )
        )
    return rows


def document_to_read(pk: int) -> Document | None:
    """Return a document for the worker, whoever sees it."""
    return Document.objects.select_related("body", "file", "received_by").filter(pk=pk).first()


def name_or_none(user: User, pk: int) -> Name | None:
    """Return the name if the user may see its document."""
    rows = Name.objects.select_related("document__body").prefetch_related("units")
    return rows.filter(pk=pk, document__in=policies.visible_documents(user)).first()


def units_of(body: Unit) -> list[Unit]:
    """Return the units under a body that exist today, in the order of the tree."""
    today = clock.today()
    rows = sorted(units_under(body).exclude(pk=body.pk), key=_place_in_tree)
    return [unit for unit in rows if unit.dissolved_on is None or unit.dissolved_on > today]


def _place_in_tree(unit: Unit) -> list[int]:
    """The path as numbers: as text, /1/10/ would come before /1/9/."""
    return [int(step) for step in unit.path.strip("/").split("/")]


def units_by_id(body: Unit, chosen: Iterable[int]) -> list[Unit]:
    """Return the chosen units under a body, in the order of the tree."""
    wanted = set(chosen)
    return [unit for unit in units_under(body).order_by("path") if unit.pk in wanted]
