"""The bench loader of public information: items with their edition and their line in the ledger.

Part of the named exception to the rule that only actions write. The first body gets the same at
every scale; the rest goes to the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Model

from bench.city import City
from bench.writing import Table, loading, write_all
from gongkai.kernel import clock
from gongkai.organisation.models import Unit
from gongkai.publications.models import Edition, Item, Publication

OWN = 600
"""Items of the first body at every scale."""
CHUNK = 10_000
KINDS = ("news", "announcement", "information", "policy")
TITLE = "第{n}号农村公路养护工程中标结果公示"


def load_items(city: City, items: int) -> int:
    """Fill the register with so many published items; returns one of the first section's."""
    own, *others = city.sections
    with loading():
        loader = _Loader(city)
        first = loader.take(city.bodies[0], own, min(OWN, items))
        each, rest = divmod(max(items - OWN, 0), len(others))
        for number, (body, units) in enumerate(zip(city.bodies[1:], others, strict=True)):
            loader.take(body, units, each + (1 if number < rest else 0))
        loader.write()
    return first


class _Loader:
    """Turns numbers into rows and has them written by the chunk."""

    def __init__(self, city: City) -> None:
        self.office = city.office.pk
        self.now = clock.now()
        self.tables: dict[type[Model], Table] = {
            model: Table(model) for model in (Item, Edition, Publication)
        }

    def take(self, body: Unit, units: Sequence[Unit], n: int) -> int:
        """Load items of a body over its sections and the days of five years; returns the first."""
        first = 0
        for i in range(n):
            number = self._item(body, units[i % len(units)], i)
            first = first or number
            if len(self.tables[Item].rows) >= CHUNK:
                self.write()
        return first

    def write(self) -> None:
        """Write what waits."""
        write_all(list(self.tables.values()))

    def _item(self, body: Unit, unit: Unit, i: int) -> int:
        at = self.now - timedelta(minutes=37 * i)
        title = TITLE.format(n=i)
        number = self.tables[Item].number + 1
        same: dict[str, Any] = {"title": title, "attribute": "proactive", "state": "published"}
        item = self.tables[Item].add(
            body_id=body.pk,
            unit_id=unit.pk,
            kind=KINDS[i % len(KINDS)],
            index_number=f"QJ/{number}",
            created_at=at,
            created_by_id=self.office,
            formed_on=at.date(),
            published_at=at,
            changed_at=at,
            **same,
        )
        edition = self.tables[Edition].add(
            item_id=item,
            order=1,
            slot=f"{item}:out",
            issuers=[body.name],
            abstract=title,
            source=body.name,
            text=f"<p>{title}。</p>",
            digest=f"{item:064x}",
            formed_on=at.date(),
            saved_at=at,
            saved_by_id=self.office,
            signed_at=at,
            published_at=at,
            **same,
        )
        self.tables[Publication].add(
            edition_id=edition,
            item_id=item,
            body_id=body.pk,
            how="now",
            at=at,
            by_id=self.office,
        )
        return item
