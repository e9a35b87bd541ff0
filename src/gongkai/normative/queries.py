"""Reads of normative documents: standing, relations both ways, what is due; writes nothing."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from gongkai.accounts.api import User
from gongkai.normative import policies
from gongkai.normative.models import Assessment, Relation, Standing
from gongkai.normative.states import Validity
from gongkai.publications import api as publications
from gongkai.publications.api import Edition, Item

__all__ = ["Assessment", "Relation", "Standing"]

MOST_OFFERED = 500


def standing_of(item: Item) -> Standing | None:
    """Return the standing of a document."""
    return Standing.objects.select_related("duty", "item", "unit").filter(item=item).first()


def standing_or_none(user: User, item_pk: int) -> Standing | None:
    """Return the standing of a document that a person works on or oversees."""
    rows = policies.visible(user).select_related("item__body", "item__unit", "duty")
    return rows.filter(item=item_pk).first()


def documents(user: User) -> QuerySet[Standing]:
    """Return the documents that are or were in force, for a list."""
    rows = policies.visible(user).exclude(validity="")
    return rows.select_related("item", "unit", "duty")


def changes(item: Item) -> list[Relation]:
    """Return what a document does to earlier ones."""
    rows = Relation.objects.filter(later=item, ended_at=None)
    return list(rows.select_related("earlier", "later").order_by("id"))


def changed_by(item: Item) -> list[Relation]:
    """Return what later documents do to one."""
    rows = Relation.objects.filter(earlier=item, ended_at=None)
    return list(rows.select_related("earlier", "later").order_by("id"))


def shown_to(user: User | None, relations: list[Relation], *, works: bool) -> list[Relation]:
    """Return the relations whose both documents a person may see, read or work on."""
    keys = {pk for row in relations for pk in (row.later_id, row.earlier_id)}
    seen = set(publications.published_to(user).filter(item__in=keys).values_list("item", flat=True))
    if works and user is not None:
        seen |= set(
            publications.worked_items(user).filter(pk__in=keys).values_list("pk", flat=True)
        )
    return [row for row in relations if {row.later_id, row.earlier_id} <= seen]


def relation_or_none(user: User, pk: int) -> Relation | None:
    """Return a relation of a document that a person works on or oversees."""
    rows = Relation.objects.select_related("later__body", "later__unit", "earlier")
    return rows.filter(pk=pk, later__in=publications.worked_items(user)).first()


def offered(user: User, item: Item) -> list[tuple[str, str]]:
    """Return the documents in force that a person may relate a document to, the newest first."""
    rows = documents(user).filter(validity__in=[one for one in Validity if one.binds])
    rows = rows.exclude(item=item).order_by("-item__published_at", "-id")[:MOST_OFFERED]
    return [(str(row.item_id), f"{row.item.title}（{row.item.document_number}）") for row in rows]


def item_or_none(user: User, pk: int) -> Item | None:
    """Return an item that a person works on or oversees."""
    return publications.item_or_none(user, pk)


def assessments_of(standing: Standing) -> list[Assessment]:
    """Return what was decided before expiry, the latest first."""
    return list(standing.assessments.select_related("by").order_by("-id"))


def waiting_relations() -> list[Relation]:
    """Return the relations that have not taken effect and whose later document is out."""
    rows = Relation.objects.filter(effect_on=None, ended_at=None)
    return list(rows.select_related("later__body", "later__unit", "earlier__unit").order_by("id"))


def ended_by(day: date, most: int) -> list[Standing]:
    """Return documents in force whose last day is before a day, the earliest first."""
    binding = [one for one in Validity if one.binds]
    rows = Standing.objects.filter(validity__in=binding, valid_until_on__lt=day)
    return list(rows.select_related("item", "unit", "duty").order_by("valid_until_on", "id")[:most])


def predecessors(user: User, item: Item) -> list[Edition]:
    """Return the editions that are out of what a document amends or replaces, for a comparison."""
    rows = shown_to(user, changes(item), works=True)
    found = (publications.published(row.earlier) for row in rows)
    return [edition for edition in found if edition is not None]
