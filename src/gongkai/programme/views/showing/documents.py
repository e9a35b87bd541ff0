"""A document as its pages show it: facts, steps, buttons, changes, clocks; no decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from gongkai.kernel.refusal import Refusal
from gongkai.programme import queries
from gongkai.programme.forms import (
    ReasonForm,
)
from gongkai.programme.states import Change, DocumentState
from gongkai.ui.parts import Act, Crumb, Fact


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
    url: str = ""
    """Where on the page the first thing of this step waits; empty where nothing does."""


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
            "" if names_done else "#names",
        ),
        Step(
            "核任务",
            "now" if names_done and not tasks_done else _done(tasks_done),
            f"待核对{review.to_decide}条，已采纳{review.accepted}条",
            f"#p{review.first_to_decide}" if review.first_to_decide else "",
        ),
        Step("下达", "done" if bound else "now" if names_done and tasks_done else "later", ""),
    ]


def _done(done: bool) -> str:
    return "done" if done else "now"


def document_acts(
    document: queries.Document,
    review: queries.Review,
    *,
    editable: bool,
    why_not_bind: Sequence[Refusal],
    why_not_replace: Sequence[Refusal],
) -> list[Act]:
    """The buttons of a document under review, or of a binding one; looking needs none."""

    def url(name: str) -> str:
        return reverse(f"programme:{name}", args=[document.pk])

    if document.state == DocumentState.BOUND:
        board = queries.board_url(document.programme) if hasattr(document, "programme") else ""
        see = [Act("看板", board, method="get", tone="primary")] if board else []
        if not editable:
            return see
        replace = Act("上传新版本", url("new_version"), method="get", refusals=why_not_replace)
        return [*see, replace]
    if not editable:
        return []
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
            groups.append(ChangeGroup(change.label, rows, change is not Change.SAME))
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
