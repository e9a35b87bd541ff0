"""Pages by key: the order of a list, the place in it as a short text, what lies after it.

Rows are ordered by one field and then by primary key, so that the order is total. Empty values
come last whichever way the list is sorted. Nothing is counted or skipped: page 1,000 costs as
much as page 1.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.constants import LOOKUP_SEP

from gongkai.ui.lists.columns import follow


@dataclass(frozen=True)
class Order:
    """By which field, which way, and whether the field may be empty."""

    field: str
    descending: bool = False
    nullable: bool = False

    @property
    def text(self) -> str:
        """The order as it stands in the address."""
        return f"-{self.field}" if self.descending else self.field


def field_at(model: type[Model], path: str) -> Field[Any, Any]:
    """Return the column at the end of a path like ``owner__path``.

    Raises ``TypeError`` when the path ends at something that is no column.
    """
    found: object = None
    for name in path.split(LOOKUP_SEP):
        found = model._meta.pk if name == "pk" else model._meta.get_field(name)
        related = getattr(found, "related_model", None)
        model = related if isinstance(related, type) else model
    if not isinstance(found, Field):
        raise TypeError(f"{path} is no column")
    return found


def may_be_empty(model: type[Model], path: str) -> bool:
    """Whether a value at the path may be missing, at any step of the way."""
    steps = path.split(LOOKUP_SEP)
    return any(field_at(model, LOOKUP_SEP.join(steps[: i + 1])).null for i in range(len(steps)))


def ordered(rows: QuerySet[Any], order: Order, *, backwards: bool = False) -> QuerySet[Any]:
    """Order rows; ``backwards`` turns the whole order round (for the page before)."""
    down = order.descending != backwards
    by = F(order.field)
    if not order.nullable:
        first = by.desc() if down else by.asc()
    elif backwards:
        first = by.desc(nulls_first=True) if down else by.asc(nulls_first=True)
    else:
        first = by.desc(nulls_last=True) if down else by.asc(nulls_last=True)
    return rows.order_by(first, "-pk" if backwards else "pk")


def beyond(order: Order, place: Place, *, backwards: bool = False) -> Q:
    """Return the condition for rows after a place, or before it when ``backwards``."""
    later_pk = Q(pk__lt=place.pk) if backwards else Q(pk__gt=place.pk)
    empty = Q(**{f"{order.field}__isnull": True})
    if place.value is None:
        return (empty & later_pk) | (~empty if backwards else Q(pk__in=()))
    compare = "lt" if order.descending != backwards else "gt"
    found = Q(**{f"{order.field}__{compare}": place.value})
    found |= Q(**{order.field: place.value}) & later_pk
    return found | empty if order.nullable and not backwards else found


@dataclass(frozen=True)
class Place:
    """A row's place in an order: its value and its primary key."""

    value: Any
    pk: Any


def place_of(row: Model, order: Order) -> Place:
    """Return where a row stands."""
    return Place(follow(row, order.field), row.pk)


def encode(place: Place, order: Order) -> str:
    """Write a place as a short text for an address."""
    value = place.value
    if isinstance(value, date | datetime):
        value = value.isoformat()
    elif isinstance(value, Decimal):
        value = str(value)
    raw = json.dumps([order.text, value, place.pk], ensure_ascii=False, default=str)
    return base64.urlsafe_b64encode(raw.encode()).decode().rstrip("=")


def decode(text: str, order: Order, model: type[Model]) -> Place | None:
    """Read a place; None when the text is none, or one of another order."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        said, value, pk = json.loads(raw)
        if said != order.text:
            return None
        if value is not None:
            value = field_at(model, order.field).to_python(value)
        elif not order.nullable:
            return None
        return Place(value, field_at(model, "pk").to_python(pk))
    except (ValueError, TypeError, binascii.Error, ValidationError):
        return None
