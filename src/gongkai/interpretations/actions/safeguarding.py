"""Risk assessments and contingency plans, and for which kinds an office wants them (F1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.files import api as files
from gongkai.interpretations import policies
from gongkai.interpretations.models import SafeguardRecord, SafeguardRule
from gongkai.interpretations.states import Safeguard
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit
from gongkai.publications.api import Item, Kind

PURPOSE = "interpretations.safeguard"
"""The purpose under which the gate of files knows assessments and contingency plans."""


def add_safeguard(
    item: Item,
    *,
    actor: User,
    safeguard: Safeguard,
    conclusion: str,
    done_on: date,
    upload: UploadedFile[Any] | None = None,
) -> SafeguardRecord:
    """Enter a risk assessment or a contingency plan: its conclusion, its day, its file.

    The file never becomes public. Raises ``Refused``.
    """
    how: dict[str, Any] = {"actor": actor, "conclusion": conclusion, "done_on": done_on}
    refuse_if(policies.why_not_safeguard(item, **how))
    stored = None
    if upload is not None:
        name = upload.name or safeguard.label
        stored = files.store(upload, name=name, actor=actor, unit=item.unit, purpose=PURPOSE)
    with transaction.atomic():
        refuse_if(policies.why_not_safeguard(item, **how))
        if stored is not None:
            files.attach(stored, subject_key(item), actor=actor)
        found = SafeguardRecord.objects.create(
            item=item,
            safeguard=safeguard,
            conclusion=conclusion.strip(),
            file=stored,
            done_on=done_on,
            added_at=clock.now(),
            added_by=actor,
        )
        record(
            "interpretations.safeguard_added",
            subject=item,
            actor=actor,
            unit=item.unit,
            safeguard=safeguard.label,
        )
    return found


@transaction.atomic
def set_rule(body: Unit, *, actor: User, kinds: Sequence[Kind], expected: int) -> SafeguardRule:
    """Set for which kinds a body wants both before they come out. Raises ``Refused``."""
    refuse_if(policies.why_not_rule(body, actor=actor))
    found = SafeguardRule.objects.filter(body=body).first()
    if found is not None:
        found = lock(found, expected=expected)
    elif expected:
        raise Refused(Refusal("kernel.stale", "别人刚刚改过。请看清后再提交。"))
    else:
        found = SafeguardRule(body=body)
    found.kinds = [kind.value for kind in kinds]
    found.set_at, found.set_by = clock.now(), actor
    found.save()
    labels = "、".join(kind.label for kind in kinds)
    record(
        "interpretations.safeguard_rule_set", subject=found, actor=actor, unit=body, kinds=labels
    )
    return found
