"""Recording: inserts an event with its own hash; seals nothing, decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from gongkai.audit import policies, rules
from gongkai.audit.models import AuditEvent, Mention, Unsealed
from gongkai.audit.queries import chain, keys
from gongkai.kernel import clock
from gongkai.kernel.identifiers import split_subject, subject_key
from gongkai.outbox import api as outbox

SYSTEM = "系统"


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
    policies.require_declared(event)
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() needs the transaction it is about")
    row = _filled(event, subject, also, facts)
    row.actor_id, row.actor_name = _who(actor) if actor is not None else (None, SYSTEM)
    if on_behalf_of is not None:
        row.acting_for_id, row.acting_for_name = _who(on_behalf_of)
    if unit is not None:
        row.unit_id, row.unit_path, row.unit_name = _where(unit)
    row.hash = chain.hash_of(row)
    _insert(row)
    return row


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
    event: str,
    subject: models.Model | str,
    also: Sequence[models.Model | str],
    facts: dict[str, Any],
) -> AuditEvent:
    main = _key(subject)
    others = [key for key in dict.fromkeys(_key(each) for each in also) if key != main]
    return AuditEvent(
        event=event,
        at=clock.now(),
        subject=main,
        also=others,
        facts_text=rules.canonical(rules.plain(facts)),
        algorithm=keys.algorithm().value,
    )


def _insert(row: AuditEvent) -> None:
    row.save(force_insert=True)
    Mention.objects.bulk_create(Mention(event=row, subject=s) for s in [row.subject, *row.also])
    Unsealed.objects.create(event=row)
    outbox.put(row.event, subject=row.subject, data={"event": row.pk})


def _key(subject: models.Model | str) -> str:
    if isinstance(subject, models.Model):
        return subject_key(subject)
    split_subject(subject)
    return subject


def _who(user: models.Model) -> tuple[int, str]:
    name = getattr(user, "full_name", "") or user.get_username()  # type: ignore[attr-defined]  # the user model lives above
    return int(user.pk), str(name)


def _where(unit: models.Model) -> tuple[int, str, str]:
    return int(unit.pk), str(getattr(unit, "path", "")), str(getattr(unit, "name", ""))
