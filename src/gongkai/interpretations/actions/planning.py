"""The plan of a policy's interpretation, which is signed with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.interpretations import policies
from gongkai.interpretations.models import Plan
from gongkai.interpretations.states import Form
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.publications.api import Item

STALE = Refusal("kernel.stale", "别人刚刚填过这份方案。请看清改动后再提交。")


@transaction.atomic
def set_plan(
    item: Item,
    *,
    actor: User,
    outline: str,
    forms: Sequence[Form],
    channels: str,
    interpreter: str,
    expected: int,
    planned_on: date | None = None,
    is_head: bool = False,
    sensitive: bool = False,
) -> Plan:
    """Set how a policy will be interpreted: outline, forms, channels, when, by whom.

    ``expected`` is the version that the page showed, 0 before there is one. Raises ``Refused``.
    """
    refuse_if(
        policies.why_not_plan(
            item,
            actor=actor,
            outline=outline,
            forms=tuple(forms),
            channels=channels,
            interpreter=interpreter,
        )
    )
    plan = _taken(item, expected)
    plan.outline, plan.forms = outline.strip(), [form.value for form in forms]
    plan.channels, plan.interpreter = channels.strip()[:300], interpreter.strip()[:100]
    plan.planned_on, plan.is_head, plan.sensitive = planned_on, is_head, sensitive
    plan.set_at, plan.set_by = clock.now(), actor
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise Refused(STALE) from None
    record(
        "interpretations.planned",
        subject=item,
        actor=actor,
        unit=item.unit,
        form="、".join(form.label for form in forms),
    )
    return plan


def _taken(item: Item, expected: int) -> Plan:
    found = Plan.objects.filter(item=item).first()
    if found is not None:
        return lock(found, expected=expected)
    if expected:
        raise Refused(STALE)
    return Plan(item=item)
