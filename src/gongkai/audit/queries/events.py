"""Reads of events: the timeline of a record, the auditor's list, one event with its seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet

from gongkai.audit import policies
from gongkai.audit.models import AuditEvent, Mention, Seal
from gongkai.kernel.identifiers import subject_key


@dataclass(frozen=True)
class Entry:
    """An event as a record's timeline shows it."""

    event: str
    label: str
    at: datetime
    actor_name: str
    facts: dict[str, Any]
    id: int
    acting_for: str = ""
    subject: str = ""


def timeline(
    subject: models.Model | str, *, before: int | None = None, limit: int = 50
) -> list[Entry]:
    """Return what happened to a record, newest first; ``before`` is the id of the last one shown.

    Who may see the record is the caller's question: this does not ask it.
    """
    key = subject if isinstance(subject, str) else subject_key(subject)
    rows = Mention.objects.filter(subject=key).select_related("event")
    if before is not None:
        rows = rows.filter(event_id__lt=before)
    return [entry_of(row.event) for row in rows.order_by("-event_id")[:limit]]


def entry_of(event: AuditEvent) -> Entry:
    """Return an event ready to show; a delegation is named among the facts too."""
    facts = event.facts
    if event.acting_for_name:
        facts = {"acting_for": event.acting_for_name, **facts}
    return Entry(
        event=event.event,
        label=policies.label_of(event.event),
        at=event.at,
        actor_name=event.actor_name,
        facts=facts,
        id=event.pk,
        acting_for=event.acting_for_name,
        subject=event.subject,
    )


def visible_events(user: Any) -> QuerySet[AuditEvent]:
    """Return the events that an auditor may read."""
    return AuditEvent.objects.filter(policies.visible_to(user))


def event_or_none(user: Any, pk: int) -> AuditEvent | None:
    """Return one event if the user may read it."""
    return visible_events(user).filter(pk=pk).first()


def seal_of(event: AuditEvent) -> Seal | None:
    """Return the link that holds an event, None while it waits."""
    return Seal.objects.filter(event=event).first()
