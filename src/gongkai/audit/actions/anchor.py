"""Anchors: the head of the chain on a day, signed and put in a file that is kept elsewhere."""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.audit import rules
from gongkai.audit.actions.record import record
from gongkai.audit.models import AuditEvent, Seal
from gongkai.audit.queries import chain, keys
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused

EXPORTED = "audit.anchor_exported"


def folder() -> Path:
    """Return where anchors are put: ``<VAR>/anchors`` unless ``AUDIT_ANCHORS`` says otherwise."""
    return Path(getattr(settings, "AUDIT_ANCHORS", "") or Path(settings.VAR) / "anchors")


@transaction.atomic
def export_anchor(day: date) -> Path:
    """Write the signed anchor for the chain as it stood at the end of ``day``; return the file.

    The file is written whole before the event is recorded; a repeat finds it and changes nothing.
    Raises ``Refused`` (``audit.nothing_sealed``) when nothing was sealed by then.
    """
    head = _head(day)
    if head is None:
        refusal = Refusal(
            "audit.nothing_sealed", f"{day.isoformat()}为止还没有事件入链，无可导出。"
        )
        raise Refused(refusal)
    path = folder() / f"{day.isoformat()}-{head.sequence:09d}.json"
    if not path.exists():
        _write(path, _signed(day, head))
    if not AuditEvent.objects.filter(event=EXPORTED, subject=subject_key(head)).exists():
        record(EXPORTED, subject=head, actor=None, day=day, link=head.link)
    return path


def export_yesterday(now: datetime) -> int:
    """Export yesterday's anchor if it is not there yet; the daily ticker."""
    day = clock.day_of(now) - timedelta(days=1)
    head = _head(day)
    if head is None or (folder() / f"{day.isoformat()}-{head.sequence:09d}.json").exists():
        return 0
    export_anchor(day)
    return 1


def _head(day: date) -> Seal | None:
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return Seal.objects.filter(sealed_at__lt=end).order_by("-sequence").first()


def _signed(day: date, head: Seal) -> dict[str, Any]:
    anchor: dict[str, Any] = {
        "format": chain.FORMAT,
        "day": day.isoformat(),
        "sequence": head.sequence,
        "link": head.link,
        "algorithm": head.algorithm,
        "sealed_at": rules.moment(head.sealed_at),
        "exported_at": rules.moment(clock.now()),
        "public_key": keys.public_key(),
    }
    anchor["signature"] = keys.signing_key().sign(rules.anchor_body(anchor)).hex()
    return anchor


def _write(path: Path, anchor: dict[str, Any]) -> None:
    """Put the file there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("w", encoding="utf-8") as out:
        out.write(rules.canonical(anchor) + "\n")
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
