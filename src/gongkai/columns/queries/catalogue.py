"""Reads of the catalogue: its columns, and what stands above each; writes nothing."""

from __future__ import annotations

from gongkai.publications.api import Column


def columns_above() -> dict[int, list[int]]:
    """Return for each column itself and all above it, the nearest first."""
    parents: dict[int, int | None] = dict(Column.objects.values_list("pk", "parent_id"))

    def line(pk: int) -> list[int]:
        above = parents[pk]
        return [pk, *line(above)] if above is not None else [pk]

    return {pk: line(pk) for pk in parents}


def columns() -> list[Column]:
    """Return all columns, as they are ordered under their parents."""
    return list(Column.objects.select_related("parent").order_by("order", "id"))
