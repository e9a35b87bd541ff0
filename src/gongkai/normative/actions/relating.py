"""What a later document does to an earlier one: planned in the draft, true from its day on."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.normative import policies, queries
from gongkai.normative.actions.registering import keep_clock
from gongkai.normative.models import Relation
from gongkai.normative.states import RelationKind, Validity
from gongkai.publications import api as publications
from gongkai.publications.api import Item


@transaction.atomic
def relate(
    later: Item, earlier: Item, *, actor: User, kind: RelationKind, note: str = ""
) -> Relation:
    """Say that a document amends, replaces or repeals an earlier one once it is out and in force.

    Raises ``Refused``.
    """
    refuse_if(policies.why_not_relate(later, earlier, actor=actor))
    try:
        with transaction.atomic():
            row = Relation.objects.create(
                later=later,
                earlier=earlier,
                kind=kind,
                note=note.strip()[:300],
                slot=policies.slot_of(later, earlier),
                planned_at=clock.now(),
                planned_by=actor,
            )
    except IntegrityError:
        raise Refused(Refusal("normative.related", "这两份文件的关系已经设定。")) from None
    _record("normative.related", row, actor)
    if take_effect(row):
        row.refresh_from_db()
    return row


def _record(event: str, row: Relation, actor: User | None) -> None:
    record(
        event,
        subject=row.later,
        also=[subject_key(row.earlier)],
        actor=actor,
        unit=row.later.unit,
        relation=RelationKind(row.kind).label,
    )


@transaction.atomic
def unrelate(relation: Relation, *, actor: User, expected: int) -> Relation:
    """Take back a relation that has not taken effect. Raises ``Refused``."""
    row = lock(relation, expected=expected)
    refuse_if(policies.why_not_unrelate(row, actor=actor))
    row.ended_at, row.slot = clock.now(), None
    row.save(update_fields=["ended_at", "slot"])
    _record("normative.unrelated", row, actor)
    return row


@transaction.atomic
def take_effect(relation: Relation) -> bool:
    """Let a relation change the earlier document, when the later one is out and its day has come.

    Return whether it did. Repeating is harmless.
    """
    edition = publications.published(relation.later)
    day = (edition.effective_on or clock.today()) if edition else None
    if day is None or day > clock.today():
        return False
    row = lock(relation)
    if row.effect_on is not None or row.ended_at is not None:
        return False
    row.effect_on = day
    row.save(update_fields=["effect_on"])
    _change(row)
    _record("normative.took_effect", row, None)
    return True


def _change(row: Relation) -> None:
    """Set the earlier document's validity; what binds no more stays what it is."""
    found = queries.standing_of(row.earlier)
    if found is None or not found.validity or not Validity(found.validity).binds:
        return
    standing = lock(found)
    standing.validity, standing.changed_on = RelationKind(row.kind).leads_to, row.effect_on
    standing.save(update_fields=["validity", "changed_on"])
    keep_clock(standing)


def take_effect_due() -> int:
    """Let all relations take effect whose day has come; return how many."""
    return sum(take_effect(row) for row in queries.waiting_relations())
