"""What apps write into the outbox: messages and progress; the worker's own rows are not here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Least

from gongkai.kernel import clock
from gongkai.kernel.identifiers import split_subject
from gongkai.outbox.models import Message, Progress

_TOPIC = re.compile(r"^[a-z_]+(\.[a-z_]+)+$")


def put(topic: str, *, subject: str, data: dict[str, Any] | None = None) -> None:
    """Leave a message about ``subject`` (``app.model:pk``) that is there if the caller commits.

    ``topic`` is dotted and past tense (``duties.light_changed``). Consumers get subject and
    topics only and read the present state; ``data`` is for people who look into the outbox.
    Raises ``TransactionManagementError`` outside a transaction, ``ValueError`` for a malformed
    topic or subject.
    """
    put_many([(topic, subject, data or {})])


def put_many(messages: Iterable[tuple[str, str, dict[str, Any]]]) -> None:
    """Leave many messages (topic, subject, data) in one statement, in this order; as ``put``."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("put() needs the transaction it tells about")
    now = clock.now()
    Message.objects.bulk_create(
        Message(topic=_topic(topic), subject=_subject(subject), data=data, put_at=now)
        for topic, subject, data in messages
    )


def _topic(topic: str) -> str:
    if not _TOPIC.match(topic):
        raise ValueError(f"not a topic (words_in_lower_case.dotted): {topic!r}")
    return topic


def _subject(subject: str) -> str:
    split_subject(subject)
    return subject


def progress_begin(key: str, total: int, label: str) -> None:
    """Say that work of ``total`` steps begins (0: not known yet); a repeat starts it anew.

    Visible to pages at once when the caller is outside a transaction, as long work should be.
    """
    now = clock.now()
    fresh = {"label": label, "total": total, "done": 0, "outcome": "", "ended_at": None}
    stamps = {"begun_at": now, "stepped_at": now}
    Progress.objects.update_or_create(key=key, defaults={**fresh, **stamps})


def progress_step(key: str, done: int, label: str = "") -> None:
    """Say that ``done`` steps are done in all; never shows more than the total."""
    changes: dict[str, Any] = {"done": done, "stepped_at": clock.now()}
    if label:
        changes["label"] = label
    rows = Progress.objects.filter(key=key, ended_at=None)
    rows.filter(total__gt=0).update(**{**changes, "done": Least("total", Value(done))})
    rows.filter(total=0).update(**changes)


def progress_end(key: str, outcome: str) -> None:
    """Say that the work has ended, and how, in a short Chinese sentence."""
    now = clock.now()
    Progress.objects.filter(key=key).update(outcome=outcome, stepped_at=now, ended_at=now)
