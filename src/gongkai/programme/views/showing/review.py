"""Proposals beside their source: words, marks, hints and buttons; no decisions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from gongkai.programme import queries
from gongkai.programme.forms import (
    ReasonForm,
    SplitForm,
)
from gongkai.programme.states import DocumentState, ProposalState
from gongkai.ui.parts import Act, Fact, Mark

TONES = {
    DocumentState.READ: "wait",
    DocumentState.BOUND: "good",
    ProposalState.PROPOSED: "wait",
    ProposalState.ACCEPTED: "good",
}

FLAG_WORDS = {
    "no-unit": "原文没有写责任单位",
    "vague-set": "原文只写了泛称，要选定具体单位",
    "no-deadline": "原文没有写时限",
    "empty-cells": "原文这一行有空格",
    "inherited": "上一行的单位和时限可供参考",
    "guessed": "这一条是推断的，请对照原文",
}


@dataclass(frozen=True)
class ShownRow:
    """A proposal with its words and buttons."""

    proposal: queries.Proposal
    facts: tuple[Fact, ...]
    hints: tuple[str, ...]
    acts: tuple[Act, ...]
    tone: str


@dataclass(frozen=True)
class ShownPart:
    """A clause's source with its marks, and the proposals read from it."""

    clause: queries.Clause
    text: str
    base: int
    marks: tuple[Mark, ...]
    rows: tuple[ShownRow, ...]

    @property
    def label(self) -> str:
        """Where the clause stands in its document: its labels from the outside in."""
        return " › ".join(self.clause.path.split("/")) if self.clause.path else "正文"


def parts(review: queries.Review, document: queries.Document) -> list[ShownPart]:
    """Show each clause that has words or tasks of its own."""
    return [
        ShownPart(
            part.clause,
            document.text[part.clause.start : part.clause.end],
            part.clause.start,
            tuple(_mark(row.proposal, part.clause) for row in part.rows),
            tuple(shown_row(row) for row in part.rows),
        )
        for part in review.clauses
        if part.rows or part.clause.text.strip()
    ]


def _mark(proposal: queries.Proposal, clause: queries.Clause) -> Mark:
    start = max(proposal.start, clause.start)
    end = max(start, min(proposal.end, clause.end))
    return Mark(start, end, str(proposal.pk), f"第{proposal.row}项", f"#p{proposal.pk}")


def shown_row(row: queries.ReviewRow) -> ShownRow:
    """Show a proposal: its units and clock, what to mind, what to do."""
    p = row.proposal
    facts = [
        Fact("牵头", "、".join(p.lead) or "还没有"),
        *([Fact("配合", "、".join(p.support))] if p.support else []),
        Fact("时限", row.clock_words, note=_read_as(p)),
        *([Fact("上级安排", p.superior)] if p.superior else []),
        *([Fact("目标", "、".join(t["text"] for t in p.targets))] if p.targets else []),
    ]
    hints = [FLAG_WORDS[flag] for flag in p.flags if flag in FLAG_WORDS]
    state = ProposalState(p.state)
    return ShownRow(p, tuple(facts), tuple(hints), tuple(_acts(row)), TONES.get(state, "off"))


def _read_as(proposal: queries.Proposal) -> str:
    read = (proposal.due or {}).get("text", "")
    return f"原文：{read}" if read else ""


def _acts(row: queries.ReviewRow) -> Iterable[Act]:
    p = row.proposal
    hidden = {"version": p.version}

    def url(name: str) -> str:
        return reverse(f"programme:{name}", args=[p.pk])

    if p.state == ProposalState.DROPPED:
        yield Act("恢复", url("restore"), hidden=hidden)
        return
    if p.state == ProposalState.PROPOSED:
        yield Act("采纳", url("accept"), refusals=row.gaps, tone="primary", hidden=hidden)
        if row.inherited and row.gaps:
            yield Act("照上一行填写", url("inherit"), hidden=hidden, hint=_offer(row.inherited))
    yield Act("更正", url("proposal"), method="get")
    yield drop_act(p)


def drop_act(proposal: queries.Proposal) -> Act:
    """The button that leaves a proposal out, with its reason."""
    form = ReasonForm(initial={"version": proposal.version})
    url = reverse("programme:drop", args=[proposal.pk])
    return Act("不列入", url, form=form, tone="quiet")


def _offer(inherited: dict[str, Any]) -> str:
    units = [*inherited.get("lead", ()), *inherited.get("support", ())]
    due = inherited.get("due") or {}
    return "，".join(filter(None, ["、".join(units), due.get("text", "")]))


@dataclass(frozen=True)
class Around:
    """The source around a proposal, with its own stretch marked."""

    text: str
    base: int
    marks: tuple[Mark, ...]


def around(proposal: queries.Proposal, text: str, base: int) -> Around:
    """Mark the proposal's own stretch in the source around it."""
    mark = Mark(proposal.start, max(proposal.start, proposal.end), str(proposal.pk))
    return Around(text, base, (mark,))


def proposal_acts(proposal: queries.Proposal) -> list[Act]:
    """The buttons of a proposal's own page, beside saving its corrections."""
    form = SplitForm(initial={"version": proposal.version, "texts": proposal.text})
    url = reverse("programme:split", args=[proposal.pk])
    back = f"{reverse('programme:document', args=[proposal.document_id])}#p{proposal.pk}"
    return [
        Act("返回核对", back, method="get"),
        Act("拆成几条", url, form=form, tone="quiet"),
        drop_act(proposal),
    ]
