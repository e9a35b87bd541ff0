"""Reads of askings: of a draft, to a unit, what waits; writes nothing."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.accounts.api import Role, User, posts_of
from gongkai.coordination import policies
from gongkai.coordination.models import Asking
from gongkai.coordination.states import AskingState
from gongkai.files.api import StoredFile
from gongkai.organisation.api import Unit, choices, living, unit_or_none
from gongkai.publications.api import Edition, Item

__all__ = ["Asking"]

MOST_NEEDS = 50


def _rows() -> QuerySet[Asking]:
    return Asking.objects.select_related(
        "unit", "item__unit", "item__body", "edition", "duty", "asked_by", "answered_by", "ended_by"
    )


def askings_of(item: Item) -> list[Asking]:
    """Return who was asked about an item's drafts, in the order of asking."""
    return list(_rows().filter(item=item).order_by("id"))


def open_of(edition: Edition) -> list[Asking]:
    """Return the askings about an edition that are open."""
    return list(_rows().filter(edition=edition, state=AskingState.OPEN).order_by("id"))


def asking_or_none(user: User, pk: int) -> Asking | None:
    """Return an asking that a person may see."""
    return _rows().filter(pk__in=policies.visible(user).values("pk"), pk=pk).first()


def asked(user: User) -> QuerySet[Asking]:
    """Return what the person's units are asked, for a list."""
    return policies.asked_of(user).select_related("unit", "item__unit", "item__body", "duty")


def files_of(asking: Asking) -> list[StoredFile]:
    """Return the files that belonged to the draft, pictures of its text left out."""
    images = {one["sha256"] for one in asking.content["files"] if one["role"] == "image"}
    rows = StoredFile.objects.filter(pk__in=asking.files).exclude(sha256__in=images)
    return list(rows.order_by("id"))


def needs(user: User) -> list[Asking]:
    """Return what waits for a person's answer, the earliest due first."""
    held = [h.unit for h in posts_of(user) if Role(h.role) in policies.ANSWERERS]
    if not held:
        return []
    rows = _rows().filter(unit__in=held, state=AskingState.OPEN, item__hidden=False)
    return list(rows.order_by("duty__due_at", "id")[:MOST_NEEDS])


def unit_choices(item: Item) -> list[tuple[str, str]]:
    """Return the units that may be asked: all living ones but the drafting one."""
    rows = living(Unit.objects.exclude(pk=item.unit_id))
    return [(str(pk), name) for pk, name in choices(rows)]


def unit_by_pk(pk: int) -> Unit | None:
    """Return a unit."""
    return unit_or_none(pk)
