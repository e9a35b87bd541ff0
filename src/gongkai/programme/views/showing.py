"""From records to the values that components show: words, facts, marks, buttons; no decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.urls import reverse

from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.programme import queries
from gongkai.programme.forms import (
    DoneForm,
    EvidenceForm,
    ReasonForm,
    SplitForm,
    SuperiorDateForm,
    TriggerForm,
)
from gongkai.programme.states import LABELS, Change, DocumentState, Part, ProposalState
from gongkai.ui import parts as ui
from gongkai.ui.parts import Act, Crumb, Fact, Mark, Need, Pile, Sign, Stripe

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


def document_facts(document: queries.Document, cited: Mapping[str, int]) -> list[Fact]:
    """Say what the document says of itself, and where its original and what it cites are."""
    source = reverse("files:download", args=[document.file_id])
    return [
        Fact("发文机关", document.issuer or "原文没有写"),
        Fact("发文字号", document.number or "原文没有写"),
        Fact("成文日期", document.signed_on or "原文没有写"),
        *([Fact("公布日期", document.published_on)] if document.published_on else []),
        *[Fact("附件", name) for name in document.attachments],
        *[Fact("引用", _cited(c), url=_cited_url(c, cited)) for c in document.citations],
        Fact("原文件", document.file.name, url=source, note=f"SHA-256 {document.sha256[:16]}…"),
    ]


def _cited(citation: dict[str, Any]) -> str:
    number = citation.get("number")
    return f"《{citation['title']}》" + (f"（{number}）" if number else "")


def _cited_url(citation: dict[str, Any], cited: Mapping[str, int]) -> str:
    """Where the cited document stands, when it is in the system."""
    key = cited.get(citation.get("number") or "")
    return reverse("programme:document", args=[key]) if key else ""


@dataclass(frozen=True)
class Step:
    """One of the three steps from document to board."""

    label: str
    state: str
    note: str


def steps(document: queries.Document, review: queries.Review) -> list[Step]:
    """Say how far the review is."""
    bound = document.state == DocumentState.BOUND
    names_done = review.open_names == 0
    tasks_done = review.to_decide == 0
    return [
        Step(
            "认单位",
            _done(names_done),
            f"还有{review.open_names}个" if not names_done else "已认清",
        ),
        Step(
            "核任务",
            "now" if names_done and not tasks_done else _done(tasks_done),
            f"待核对{review.to_decide}条，已采纳{review.accepted}条",
        ),
        Step("下达", "done" if bound else "now" if names_done and tasks_done else "later", ""),
    ]


def _done(done: bool) -> str:
    return "done" if done else "now"


def document_acts(
    document: queries.Document, review: queries.Review, why_not_bind: Sequence[Refusal]
) -> list[Act]:
    """The buttons of a document under review, or those of a binding one."""

    def url(name: str) -> str:
        return reverse(f"programme:{name}", args=[document.pk])

    if document.state == DocumentState.BOUND:
        board = queries.board_url(document.programme) if hasattr(document, "programme") else ""
        see = [Act("看板", board, method="get", tone="primary")] if board else []
        return [*see, Act("放进新版本", url("new_version"), method="get")]
    refusals = tuple(why_not_bind)
    acts = []
    if review.to_decide:
        acts.append(Act("采纳没有疑问的", url("accept_clear"), tone="primary"))
    acts.append(Act("下达", url("bind"), method="get", refusals=refusals, tone="binding"))
    form = ReasonForm(initial={"version": document.version})
    return [*acts, Act("撤回", url("withdraw"), form=form, tone="quiet")]


def crumbs(document: queries.Document) -> list[Crumb]:
    """The way from the documents to this one."""
    here = reverse("programme:document", args=[document.pk])
    return [Crumb("收文", reverse("programme:documents")), Crumb(document.title, here)]


@dataclass(frozen=True)
class ChangeRow:
    """One task before and after, with what else differs."""

    before: str
    after: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ChangeGroup:
    """All tasks that changed in the same way."""

    label: str
    rows: tuple[ChangeRow, ...]
    open: bool


def change_groups(changes: Sequence[queries.VersionChange]) -> list[ChangeGroup]:
    """Group what a later version changes; what stays the same is only counted."""
    groups = []
    for change in (Change.CHANGED, Change.ADDED, Change.REMOVED, Change.SAME):
        rows = tuple(_change_row(c) for c in changes if c.change is change)
        if rows:
            groups.append(ChangeGroup(LABELS[change], rows, change is not Change.SAME))
    return groups


def _change_row(change: queries.VersionChange) -> ChangeRow:
    old = change.task.proposal if change.task else None
    new = change.proposal
    notes = []
    if old and new and "rest" in change.fields:
        notes = [
            f"{label}：{_said(getattr(old, name))} → {_said(getattr(new, name))}"
            for name, label in queries.FIELD_LABELS.items()
            if name != "text" and getattr(old, name) != getattr(new, name)
        ]
    return ChangeRow(old.text if old else "", new.text if new else "", tuple(notes))


def _said(value: Any) -> str:
    return queries.in_words(value)


def preview_table(
    rows: Iterable[queries.ClockPreview], *, moved: bool
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """The table of clocks as they will be; both ways where the year may change."""
    heads = ("序号", "任务", "牵头单位", "时限")
    if not moved:
        return heads, [(r.row, r.text, r.units, r.as_written) for r in rows]
    both = (*heads[:3], "按文件的时间", "按新的年份")
    return both, [(r.row, r.text, r.units, r.as_written, r.moved) for r in rows]


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


def sign_of(duty: duties.Duty) -> Sign:
    """The light of a duty with the rule and the day behind it."""
    rule = duty.rule
    return Sign(duty.light, rule.label, rule.sentence, duty.due_on)


def stripes(counts: Mapping[str, int]) -> list[Stripe]:
    """Counts by light, in the lights' own order."""
    return [
        Stripe(light.value, light.label, counts[light.value])
        for light in duties.Light
        if counts.get(light.value)
    ]


def shown_card(card: queries.Card) -> ui.Card:
    """A card of the board."""
    lines = [line for line in (card.slot, f"{card.unit} {card.person}".strip()) if line]
    return ui.Card(f"{card.row} {card.text}", card.url, sign_of(card.duty), lines)


def pile(lane: queries.Lane) -> Pile:
    """A column of the board."""
    return Pile(
        lane.title,
        [shown_card(card) for card in lane.cards],
        count=sum(lane.counts.values()) if lane.counts else None,
        more_url=lane.more_url if lane.has_more else "",
        stripes=stripes(lane.counts),
    )


def need(card: queries.Card) -> Need:
    """A thing that waits for somebody, with the button that moves it on."""
    return Need(
        title=card.text,
        url=card.url,
        sign=sign_of(card.duty),
        reason=card.duty.rule.sentence,
        button="去办理",
        due=card.duty.due_on,
        unit=card.unit,
        key=f"duty:{card.duty.pk}",
    )


@dataclass(frozen=True)
class Lamp:
    """A duty of a part: its light, its period, and where its day is explained."""

    sign: Sign
    period: str
    why_url: str


@dataclass(frozen=True)
class ShownUnit:
    """A unit's part on a task's page."""

    unit: str
    lamps: tuple[Lamp, ...]
    acts: tuple[Act, ...]


TaskForms = Mapping[str, Form]
"""The forms of a task's page that came back with errors, by name."""


def task_parts(task: queries.Task, view: queries.TaskView, forms: TaskForms) -> list[ShownUnit]:
    """Show each unit's part with its lights; buttons only where the person may act at all."""
    return [
        ShownUnit(
            part.unit.name,
            tuple(_lamp(row) for row in part.duties),
            tuple(_part_acts(task, view, part, forms)),
        )
        for part in view.parts
    ]


def _lamp(row: queries.TaskDuty) -> Lamp:
    why = reverse("duties:why", args=[row.duty_id])
    return Lamp(sign_of(row.duty), row.duty.period, why)


def _part_acts(
    task: queries.Task, view: queries.TaskView, part: queries.PartView, forms: TaskForms
) -> Iterable[Act]:
    if any(refusal.code == "programme.not_yours" for refusal in part.why_not_evidence):
        return
    hidden: dict[str, str | int] = {"unit": part.unit.pk, "version": task.version}

    def form(name: str, kind: type[Form], **first: object) -> Form:
        sent = forms.get(name)
        if sent is not None and sent.data.get("unit") == str(part.unit.pk):
            return sent
        return kind(initial={**hidden, **first})

    def url(name: str) -> str:
        return reverse(f"programme:{name}", args=[task.pk])

    yield Act(
        "登记佐证",
        url("add_evidence"),
        form=form("evidence", EvidenceForm),
        refusals=part.why_not_evidence,
        tone="primary",
    )
    if part.part != Part.LEAD:
        return
    for row in part.open_duties:
        label = f"报完成{'：' + row.duty.period if row.duty.period else ''}"
        done = DoneForm(initial={**hidden, "duty": row.duty_id, "done_on": _done_on(task, row)})
        yield Act(label, url("report_done"), form=done, refusals=part.why_not_done)
    if not part.duties and not view.takes_triggers:
        yield Act("报完成", url("report_done"), hidden=hidden, refusals=part.why_not_done)
    if view.takes_triggers:
        yield Act(
            "登记触发事项",
            url("record_trigger"),
            form=form("trigger", TriggerForm, happened_on=clock.today()),
            refusals=part.why_not_trigger,
        )


def _done_on(task: queries.Task, row: queries.TaskDuty) -> date:
    """Offer today; for what is only recorded as history, the day it was due."""
    if task.programme.history_until is None:
        return clock.today()
    return row.duty.due_on or task.programme.history_until


def task_acts(task: queries.Task, view: queries.TaskView, forms: TaskForms) -> list[Act]:
    """The buttons of the openness office for the whole task."""
    if not view.waits_for_superior or view.why_not_superior:
        return []
    url = reverse("programme:set_superior_date", args=[task.pk])
    form = forms.get("superior") or SuperiorDateForm(initial={"version": task.version})
    return [Act("录入上级时间", url, form=form)]


def task_facts(task: queries.Task, view: queries.TaskView) -> list[Fact]:
    """Say what the task is: source, units, targets, the superior's arrangement."""
    document = task.proposal.document
    where = f"{reverse('programme:document', args=[document.pk])}#p{task.proposal_id}"
    return [
        Fact("文件", task.programme.title, url=where),
        Fact("所属部分", task.part or task.clause or "原文没有分部分"),
        Fact("牵头", "、".join(p.unit.name for p in view.leads)),
        *([Fact("配合", "、".join(p.unit.name for p in view.supports))] if view.supports else []),
        *([Fact("目标", "、".join(t["text"] for t in task.targets))] if task.targets else []),
        *([Fact("限时", "、".join(x["text"] for x in task.limits))] if task.limits else []),
        *([Fact("上级安排", task.superior)] if task.superior else []),
    ]


def task_crumbs(task: queries.Task) -> list[Crumb]:
    """The way from the board to the task."""
    board = queries.board_url(task.programme)
    return [Crumb("看板", reverse("programme:board")), Crumb(task.programme.title, board)]
