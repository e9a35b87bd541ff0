"""Reads of the standard column of disclosure: what stands there, in which version; no writing."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.accounts.api import User
from gongkai.columns.models import Review
from gongkai.columns.queries.catalogue import columns, columns_above
from gongkai.columns.rules import guide_missing
from gongkai.columns.states import GUIDE, STANDARD
from gongkai.organisation.api import Unit
from gongkai.publications import api as publications
from gongkai.publications.api import Edition, Item, Publication
from gongkai.richtext.api import plain

MOST = 30
MOST_CHANGES = 20


def review_of(item: Item) -> Review | None:
    """Return how often an item is looked over."""
    return Review.objects.select_related("item__unit", "duty").filter(item=item).first()


def review_or_none(user: User, pk: int) -> Review | None:
    """Return a review of an item whose drafts the person may see."""
    rows = Review.objects.select_related("item__body", "item__unit", "duty")
    return rows.filter(pk=pk, item__in=publications.worked_items(user)).first()


@dataclass(frozen=True)
class Standing:
    """Something that is out in the column, with the clock of its review."""

    edition: Edition
    review: Review | None
    missing: tuple[str, ...]
    """What 第十二条 wants of a guide and is not there."""


@dataclass(frozen=True)
class Part:
    """A part of the standard column."""

    name: str
    ground: str
    standing: tuple[Standing, ...]


def standard_parts(body: Unit) -> list[Part]:
    """Return what the public finds in each part of a body's standard column."""
    by_code = {one.code: one for one in columns()}
    parts = [(by_code[code], ground) for code, ground in STANDARD if code in by_code]
    keys = {column.pk for column, _ in parts}
    above = {pk: next((up for up in line if up in keys), 0) for pk, line in _above().items()}
    found: dict[int, list[Edition]] = {}
    rows = publications.published_to(None).filter(item__body=body)
    rows = rows.filter(item__column__in=[pk for pk, up in above.items() if up])
    rows = rows.select_related("item__body", "item__unit", "saved_by")
    rows = rows.order_by("-published_at", "-id")
    for row in rows[: MOST * len(parts)]:
        found.setdefault(above[row.item.column_id or 0], []).append(row)
    reviews = _reviews([row.item_id for rows in found.values() for row in rows])
    return [
        Part(
            column.name,
            ground,
            tuple(
                _standing(row, reviews.get(row.item_id), column.code)
                for row in found.get(column.pk, [])[:MOST]
            ),
        )
        for column, ground in parts
    ]


def _above() -> dict[int, list[int]]:
    return columns_above()


def _reviews(items: list[int]) -> dict[int, Review]:
    rows = Review.objects.select_related("duty").filter(item__in=items)
    return {row.item_id: row for row in rows}


def _standing(edition: Edition, review: Review | None, code: str) -> Standing:
    missing = guide_missing(plain(edition.text)) if code == GUIDE else []
    return Standing(edition, review, tuple(missing))


def standard_changes(body: Unit) -> list[Publication]:
    """Return what changed in the standard column and by whom, the latest first; nothing hidden."""
    codes = {code for code, _ in STANDARD}
    tops = {one.pk for one in columns() if one.code in codes}
    keys = [pk for pk, line in _above().items() if tops & set(line)]
    rows = publications.comings_out(body, keys)
    return list(rows.select_related("item", "edition__saved_by", "by")[:MOST_CHANGES])
