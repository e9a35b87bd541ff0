"""What the worker does for programmes: read received documents, word the reminders, hand over."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.duties import api as duties
from gongkai.files import api as files
from gongkai.kernel.identifiers import split_subject
from gongkai.notices.api import tell, tell_unit
from gongkai.outbox import api as outbox
from gongkai.programme import actions, queries
from gongkai.programme.states import DocumentState
from gongkai.reading.read import read
from gongkai.reading.source import Unreadable, load

log = logging.getLogger(__name__)


@outbox.consumer(
    "programme.reader",
    topics=["programme.document_received"],
    own_transactions=True,
    label="读取收到的文件",
)
def read_document(subject: str, topics: set[str]) -> None:
    """Read a received document; does nothing when it was read already.

    The reading runs outside any transaction; what it found is kept in one, together with the end
    of its progress. A kill before leaves the document received, and the next run reads it anew.
    """
    document = queries.document_to_read(int(split_subject(subject)[1]))
    if document is None or document.state != DocumentState.RECEIVED:
        return
    key = f"reading:{document.pk}"
    outbox.progress_begin(key, 100, "正在打开文件")

    def step(done: int, total: int) -> None:
        outbox.progress_step(key, round(100 * done / max(total, 1)), "正在读取条款和任务")

    try:
        source = load(files.read_bytes(document.file), document.file.name, progress=step)
        reading = read(source, progress=step)
    except Unreadable as problem:
        with transaction.atomic():
            actions.report_unreadable(document, problem=str(problem))
            outbox.progress_end(key, "failed")
        return
    with transaction.atomic():
        actions.take_reading(document, reading=reading, text=source.text)
        outbox.progress_end(key, "done")


@outbox.ticker("programme.handover", every=60.0, label="撤销单位的任务转交")
def hand_over(now: datetime) -> int:
    """Hand the tasks of dissolved units to whoever takes over; a batch each time."""
    return actions.hand_over(now)


@outbox.consumer("programme.reminders", topics=["duties.reminder_due"], label="到期提醒")
def remind(subject: str, topics: set[str]) -> None:
    """Tell who owns a duty that it comes due or is late; the key keeps each rung to once."""
    reminder = duties.reminder_of(subject)
    if reminder is None:
        return
    duty = reminder.duty
    words: dict[str, Any] = {
        "kind": "duties.reminder",
        "subject": subject,
        "sentence": reminder.sentence,
        "url": duty.url or "/",
        "key": reminder.key,
    }
    if duty.person is not None:
        tell([duty.person], **words)
    else:
        tell_unit(duty.owner, **words)


@outbox.consumer("programme.reassigned", topics=["duties.reassigned"], label="改派后的任务和通知")
def follow(subject: str, topics: set[str]) -> None:
    """Let the task follow its duty to the new owner, and tell who has it now.

    What the system hands over after a dissolution is told once a unit, by ``hand_over``.
    """
    actions.follow_duty(int(split_subject(subject)[1]))
    given = duties.reassigned_of(subject)
    if given is None or given.by is None:
        return
    duty = given.duty
    words: dict[str, Any] = {
        "kind": "duties.reassigned",
        "subject": subject,
        "sentence": given.sentence,
        "url": duty.url or "/",
        "key": given.key,
    }
    if duty.person is None:
        tell_unit(duty.owner, but=given.by, **words)
    elif duty.person != given.by:
        tell([duty.person], **words)
