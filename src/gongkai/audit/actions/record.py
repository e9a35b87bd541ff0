"""Recording: inserts an event with its own hash; seals nothing, decides nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from gongkai.audit import policies, rules
from gongkai.audit.models import AuditEvent, Mention, Unsealed
from gongkai.audit.queries import chain, keys
from gongkai.kernel import clock
from gongkai.kernel.identifiers import split_subject, subject_key
from gongkai.outbox import api as outbox

SYSTEM = "系统"
NAME, UNIT_NAME = 100, 200  # what the columns hold; the numbers beside them say exactly who


def record(
    event: str,
    /,
    *,
    subject: models.Model | str,
    actor: models.Model | None,
    unit: models.Model | None = None,
    also: Sequence[models.Model | str] = (),
    on_behalf_of: models.Model | None = None,
    **facts: Any,
) -> AuditEvent:
    """Write down, in the caller's transaction, that ``event`` happened to ``subject``.

    ``actor`` None is the system; ``on_behalf_of`` is the giver of a delegation; ``also`` are
    further records whose timeline shows the event; ``unit`` decides which auditors read it.
    ``facts`` are plain JSON values: names of fields and keyed digests of personal values, never
    the values. An outbox message with the event as its topic goes with it.
    Raises ``UndeclaredEvent``, ``TypeError`` for a fact that is not plain, and
    ``TransactionManagementError`` outside a transaction.
    """
    note = Note(event, subject, unit, also, facts)
    return record_many([note], actor=actor, on_behalf_of=on_behalf_of)[0]


@dataclass(frozen=True)
class Note:
    """One of many events that are recorded at once; the fields are those of ``record``."""

    event: str
    subject: models.Model | str
    unit: models.Model | None = None
    also: Sequence[models.Model | str] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def record_many(
    notes: Iterable[Note],
    *,
    actor: models.Model | None,
    on_behalf_of: models.Model | None = None,
) -> list[AuditEvent]:
    """Write down many events of one action in a few statements, in this order.

    Each is what ``record`` would have written. Raises what ``record`` raises; nothing is written
    then.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() needs the transaction it is about")
    who = _who(actor) if actor is not None else (None, SYSTEM)
    rows = [_filled(note, who, on_behalf_of) for note in notes]
    _insert(rows)
    return rows


@transaction.atomic
def looked(
    subject: models.Model | str,
    *,
    actor: models.Model,
    fields: Sequence[str],
    why: str,
    unit: models.Model | None = None,
) -> AuditEvent:
    """Write down that someone looked at personal fields of a record, and why."""
    return record(
        "audit.looked", subject=subject, actor=actor, unit=unit, fields=list(fields), why=why
    )


def _filled(
    note: Note, who: tuple[int | None, str], on_behalf_of: models.Model | None
) -> AuditEvent:
    policies.require_declared(note.event)
    main = _key(note.subject)
    others = [key for key in dict.fromkeys(_key(each) for each in note.also) if key != main]
    row = AuditEvent(
        event=note.event,
        at=clock.now(),
        actor_id=who[0],
        actor_name=who[1],
        subject=main,
        also=others,
        facts_text=rules.canonical(rules.plain(note.facts)),
        algorithm=keys.algorithm().value,
    )
    if on_behalf_of is not None:
        row.acting_for_id, row.acting_for_name = _who(on_behalf_of)
    if note.unit is not None:
        row.unit_id, row.unit_path, row.unit_name = _where(note.unit)
    row.hash = chain.hash_of(row)
    return row


def _insert(rows: list[AuditEvent]) -> None:
    AuditEvent.objects.bulk_create(rows)
    Mention.objects.bulk_create(
        Mention(event=row, subject=subject) for row in rows for subject in [row.subject, *row.also]
    )
    Unsealed.objects.bulk_create(Unsealed(event=row) for row in rows)
    outbox.put_many((row.event, row.subject, {"event": row.pk}) for row in rows)


def _key(subject: models.Model | str) -> str:
    if isinstance(subject, models.Model):
        return subject_key(subject)
    split_subject(subject)
    return subject


def _who(user: models.Model) -> tuple[int, str]:
    name = getattr(user, "full_name", "") or user.get_username()  # type: ignore[attr-defined]  # the user model lives above
    return int(user.pk), str(name)[:NAME]


def _where(unit: models.Model) -> tuple[int, str, str]:
    name = str(getattr(unit, "name", ""))[:UNIT_NAME]
    return int(unit.pk), str(getattr(unit, "path", "")), name
