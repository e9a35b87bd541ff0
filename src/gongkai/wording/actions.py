"""Every way in which a body's words change: added one by one or as a table, let be, ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit
from gongkai.screening import Entry, RowError, format_entries, parse_entries
from gongkai.wording import policies, queries
from gongkai.wording.models import Word

MOST_ROWS = 5000


@transaction.atomic
def add(body: Unit, *, actor: User, entry: Entry) -> Word:
    """Add a word that a body wants changed. Raises ``Refused``."""
    refuse_if(policies.why_not_keep(body, actor=actor))
    _, errors = parse_entries(format_entries([entry]))
    refuse_if(Refusal("wording.wrong", one.says) for one in errors)
    row = _keep(_row(body, actor, entry))
    if row is None:
        said = f"“{entry.word}”已有一条同样起止日期的，请先停用那一条。"
        raise Refused(Refusal("wording.there", said))
    _record("wording.added", row, actor)
    return row


def _row(body: Unit, actor: User, entry: Entry) -> Word:
    return Word(
        body=body,
        slot=f"{body.pk}:{entry.word}:{entry.since or ''}:{entry.until or ''}",
        word=entry.word,
        suggestion=entry.suggestion[:200],
        reason=entry.reason[:300],
        since_on=entry.since,
        until_on=entry.until,
        exceptions="\n".join(entry.exceptions),
        severity=entry.severity,
        added_at=clock.now(),
        added_by=actor,
    )


def _keep(row: Word) -> Word | None:
    """Save a row; None when the same stands already."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return None
    return row


def _record(event: str, row: Word, actor: User) -> None:
    record(
        event,
        subject=row,
        actor=actor,
        unit=row.body,
        word=row.word,
        suggestion=row.suggestion,
    )


@transaction.atomic
def switch_off(body: Unit, *, actor: User, word: str, reason: str) -> Word:
    """Let a word of the product be, for this body and those below it. Raises ``Refused``."""
    word = word.strip()
    refuse_if(policies.why_not_switch_off(body, actor=actor, word=word, reason=reason))
    if not queries.is_shipped(word):
        said = f"自带词库里没有“{word}”；本单位自己加的，在列表里停用。"
        raise Refused(Refusal("wording.not_shipped", said))
    row = _row(body, actor, Entry(word, "", reason.strip()))
    row.slot, row.is_off = f"{body.pk}:{word}:off", True
    if _keep(row) is None:
        raise Refused(Refusal("wording.there", f"“{word}”已经设为不再提示。"))
    _record("wording.switched_off", row, actor)
    return row


@transaction.atomic
def end(word: Word, *, actor: User, expected: int) -> Word:
    """End a row: it counts no more, and stays to be read. Raises ``Refused``."""
    row = lock(word, expected=expected)
    refuse_if(policies.why_not_end(row, actor=actor))
    row.ended_at, row.ended_by, row.slot = clock.now(), actor, None
    row.save(update_fields=["ended_at", "ended_by", "slot"])
    _record("wording.ended", row, actor)
    return row


@dataclass(frozen=True)
class Taken:
    """What became of a table: how many rows were added, which stood already, which are wrong."""

    added: int
    there: Sequence[str]
    errors: Sequence[RowError]


@transaction.atomic
def take_table(body: Unit, *, actor: User, table: str) -> Taken:
    """Add the rows of a .csv; with a row that cannot be read nothing is added.

    Raises ``Refused``.
    """
    refuse_if(policies.why_not_keep(body, actor=actor))
    entries, errors = parse_entries(table)
    if errors:
        return Taken(0, (), errors)
    if len(entries) > MOST_ROWS:
        said = f"一次最多导入{MOST_ROWS}条，请分几次。"
        raise Refused(Refusal("wording.too_many", said))
    there = [entry.word for entry in entries if _keep(_row(body, actor, entry)) is None]
    added = len(entries) - len(there)
    record("wording.imported", subject=body, actor=actor, unit=body, count=added)
    return Taken(added, there, ())
