"""What the worker does for reports: compute figures again, make papers of what is issued."""

from __future__ import annotations

from gongkai.files import api as files
from gongkai.kernel.identifiers import split_subject
from gongkai.outbox import api as outbox
from gongkai.reading.read import read
from gongkai.reading.source import Unreadable, load
from gongkai.reports import actions, queries
from gongkai.reports.states import CheckState


@outbox.consumer(
    "reports.checker",
    topics=["reports.check_received"],
    own_transactions=True,
    label="复核报告中的数字",
)
def check_report(subject: str, topics: set[str]) -> None:
    """Read a report outside any transaction and keep its figures; nothing when that was done."""
    check = queries.check_to_read(int(split_subject(subject)[1]))
    if check is None or check.state != CheckState.RECEIVED:
        return
    try:
        source = load(files.read_bytes(check.file), check.file.name)
        reading = read(source)
    except Unreadable as problem:
        actions.report_unreadable(check, problem=str(problem))
        return
    actions.take_figures(check, reading=reading, text=source.text)


@outbox.consumer(
    "reports.papers",
    topics=["reports.draft_issued"],
    own_transactions=True,
    label="生成报告的 Word 和 PDF",
)
def make_papers(subject: str, topics: set[str]) -> None:
    """Make the papers of an issued report outside any transaction; nothing when they are there."""
    draft = queries.draft_to_print(int(split_subject(subject)[1]))
    if draft is not None:
        actions.make_papers(draft)
