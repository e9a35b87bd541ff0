"""What the worker does for programmes: read received documents, word the reminders, hand over."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.duties import api as duties
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import split_subject, subject_key
from gongkai.notices.api import (
    Brief,
    Together,
    Urgency,
    settle,
    tell,
    tell_together,
    tell_unit,
)
from gongkai.organisation.api import body_of
from gongkai.outbox import api as outbox
from gongkai.programme import actions, queries
from gongkai.programme.states import DocumentState
from gongkai.reading.read import read
from gongkai.reading.source import Unreadable, load

log = logging.getLogger(__name__)
REMINDER = "duties.reminder"
"""The kind of what is told of one duty."""

LATE = "duties.late"
"""The kind of what is told of many together."""

MOST_UNITS = 5
"""So many units a joint notice names."""


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


REMINDER_DUE = "duties.reminder_due"
OVERTAKES = (
    "duties.met",
    "duties.cancelled",
    "duties.paused",
    "duties.extended",
    "duties.reset",
    "duties.date_set",
    "duties.reassigned",
)
"""What makes an earlier reminder untrue."""


@outbox.consumer("programme.reminders", topics=[REMINDER_DUE, *OVERTAKES], label="到期提醒")
def remind(subject: str, topics: set[str]) -> None:
    """Tell who hears it that a duty comes due or is late; what is overtaken counts as read.

    The owner and the head are told of the duty itself, those above once a day of all together.
    Each rung has a key, so that nobody hears it twice.
    """
    if topics & set(OVERTAKES):
        settle(subject, kind=REMINDER)
    reminder = duties.reminder_of(subject) if REMINDER_DUE in topics else None
    if reminder is None:
        return
    duty, hearing = reminder.duty, duties.hearing(reminder)
    tell(
        hearing.own,
        kind=REMINDER,
        subject=subject,
        sentence=reminder.sentence,
        url=duty.url or "/",
        key=reminder.key,
        urgency=_urgency(reminder),
        brief=Brief(queries.number_of(duty), duty.rule.label, duty.due_on),
        replaces=True,
    )
    if hearing.above:
        tell_together(hearing.above, _joint(duty), key=reminder.key, label=duty.owner.name)


def _urgency(reminder: duties.Reminder) -> Urgency:
    if reminder.hourly:
        return Urgency.HOURLY
    return Urgency.PRESSING if reminder.presses else Urgency.ORDINARY


def _joint(duty: duties.Duty) -> Together:
    """The day's notice to those who look after many duties."""
    return Together(
        kind=LATE,
        subject=subject_key(body_of(duty.owner)),
        key=f"late:{clock.today()}",
        url=queries.tasks_url(work="open"),
        sentence=_sentence_of_units,
        light=duty.rule.label,
    )


def _sentence_of_units(units: Sequence[str]) -> str:
    """Say how many duties wait, and at which units most."""
    most = Counter(units).most_common(MOST_UNITS)
    named = "、".join(f"{unit}{n}项" for unit, n in most)
    others = "等" if len(set(units)) > MOST_UNITS else ""
    return f"有{len(units)}项任务到期或逾期还没办结，请督促：{named}{others}。"


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
        "brief": Brief(queries.number_of(duty), duty.rule.label, duty.due_on),
    }
    if duty.person is None:
        tell_unit(duty.owner, but=given.by, **words)
    elif duty.person != given.by:
        tell([duty.person], **words)
