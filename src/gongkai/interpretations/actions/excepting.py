"""A leader's recorded word that a policy goes on without plan or material, and what follows."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.interpretations import policies, queries
from gongkai.interpretations.models import Waiver
from gongkai.interpretations.states import LAW, MATERIAL_DUTY, Missing
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import refuse_if
from gongkai.publications import api as publications
from gongkai.publications.api import Item


@transaction.atomic
def except_from(item: Item, *, actor: User, missing: Missing, reason: str) -> Waiver:
    """Record that a leader lets a policy go on without plan, or before its material.

    Raises ``Refused``.
    """
    refuse_if(policies.why_not_except(item, actor=actor, missing=missing, reason=reason))
    waiver = Waiver.objects.create(
        item=item, missing=missing, reason=reason.strip(), at=clock.now(), by=actor
    )
    record(
        "interpretations.excepted",
        subject=item,
        actor=actor,
        unit=item.unit,
        missing=missing.label,
        reason=reason.strip()[:200],
    )
    return waiver


@transaction.atomic
def follow_publication(item: Item) -> None:
    """Start and end the clock of a material that was let come later.

    It runs the office's days from the policy's publication and is met when a material comes out.
    Repeating is harmless.
    """
    edition = publications.published(item)
    waiver = Waiver.objects.filter(item=item, missing=Missing.MATERIAL).first()
    if edition is None or edition.published_at is None or waiver is None:
        return
    out = queries.first_out(item)
    if waiver.duty is None and out is None:
        waiver.duty = duties.open_duty(
            kind=MATERIAL_DUTY,
            subject=subject_key(item),
            title="补上政策解读材料",
            owner=item.unit,
            limit=duties.working_days(settings.INTERPRETATION_DAYS),
            started_at=edition.published_at,
            actor=None,
            law=LAW,
            url=reverse("publications:item", args=[item.pk]),
        )
        waiver.save(update_fields=["duty"])
    elif waiver.duty is not None and waiver.duty.closed_at is None and out is not None:
        duties.meet(waiver.duty, actor=None, at=out, evidence="解读材料已发布")
