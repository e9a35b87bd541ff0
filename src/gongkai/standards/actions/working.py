"""Working a catalogue: items are assigned, shown to be public; good practice is written, shared."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell_unit
from gongkai.organisation.api import Unit
from gongkai.standards import policies, queries
from gongkai.standards.models import Assignment, Catalogue, Evidence, Item, Practice


@transaction.atomic
def assign_items(
    catalogue: Catalogue, *, actor: User, items: Sequence[Item], units: Sequence[Unit]
) -> int:
    """Let each unit answer for each item; those it has already stay. Returns how many are new.

    Raises ``Refused``.
    """
    refuse_if(policies.why_not_assign(catalogue, actor=actor, items=items, units=units))
    now = clock.now()
    there = queries.assigned_pairs(items)
    wanted = [
        Assignment(
            matter=item.matter,
            unit=unit,
            live=f"{item.matter_id}:{unit.pk}",
            assigned_at=now,
            assigned_by=actor,
        )
        for item in items
        for unit in units
        if (item.matter_id, unit.pk) not in there
    ]
    try:
        with transaction.atomic():
            made = Assignment.objects.bulk_create(wanted)
    except IntegrityError:
        raise Refused(
            Refusal("kernel.stale", "别人刚刚分配过其中的事项。请刷新后再分配。")
        ) from None
    if not made:
        return 0
    event = record(
        "standards.items_assigned",
        subject=catalogue,
        actor=actor,
        unit=catalogue.body,
        items=len(items),
        units="、".join(unit.name for unit in units)[:200],
    )
    for unit in units:
        n = sum(one.unit_id == unit.pk for one in made)
        if n:
            _tell(unit, catalogue, n, key=f"standards.assigned:{event.pk}", but=actor)
    return len(made)


def _tell(unit: Unit, catalogue: Catalogue, n: int, *, key: str, but: User) -> None:
    url = reverse("standards:catalogue", args=[catalogue.pk])
    tell_unit(
        unit,
        kind="standards.assigned",
        subject=subject_key(catalogue),
        sentence=f"{catalogue.field}标准目录有{n}个事项分配给{unit.name}。",
        url=f"{url}?unit={unit.pk}",
        key=f"{key}:{unit.pk}",
        but=but,
    )


@transaction.atomic
def end_assignment(assignment: Assignment, *, actor: User, item: Item) -> Assignment:
    """Take the matter from the unit; what it showed stays. Raises ``Refused``."""
    row = Assignment.objects.select_for_update().select_related("unit").get(pk=assignment.pk)
    refuse_if(policies.why_not_end(row, actor=actor))
    row.ended_at, row.live = clock.now(), None
    row.save(update_fields=["ended_at", "live"])
    record("standards.assignment_ended", subject=item, actor=actor, unit=row.unit)
    return row


@transaction.atomic
def note_evidence(item: Item, *, actor: User, unit: Unit, note: str, link: str = "") -> Evidence:
    """Note where a unit made the matter public. Raises ``Refused``."""
    assigned = queries.units_of(item)
    refuse_if(policies.why_not_note(item, actor=actor, unit=unit, assigned=assigned, note=note))
    made = Evidence.objects.create(
        matter=item.matter,
        unit=unit,
        note=note.strip(),
        link=link,
        noted_at=clock.now(),
        noted_by=actor,
    )
    record(
        "standards.evidence_noted",
        subject=item,
        actor=actor,
        unit=unit,
        note=made.note[:200],
        link=link[:200],
    )
    return made


@transaction.atomic
def write_practice(*, unit: Unit, actor: User, title: str, text: str, field: str = "") -> Practice:
    """Write down good practice of a unit; its own body reads it. Raises ``Refused``."""
    refuse_if(policies.why_not_write(unit, actor=actor, title=title, text=text))
    made = Practice.objects.create(
        root_id=int(unit.path.split("/")[1]),
        body_id=unit.body_id or unit.pk,
        unit=unit,
        field=field.strip()[:60],
        title=title.strip()[:200],
        text=text.strip(),
        written_at=clock.now(),
        written_by=actor,
    )
    record("standards.practice_written", subject=made, actor=actor, unit=unit, name=made.title)
    return made


@transaction.atomic
def share_practice(practice: Practice, *, actor: User, expected: int) -> Practice:
    """Share good practice with the whole city. Raises ``Refused``."""
    practice = lock(practice, expected=expected)
    refuse_if(policies.why_not_share(practice, actor=actor))
    practice.shared_at = clock.now()
    practice.save(update_fields=["shared_at"])
    record("standards.practice_shared", subject=practice, actor=actor, unit=practice.unit)
    return practice
