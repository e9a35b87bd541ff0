"""Writes rows by the hundred thousand: ``executemany`` on SQLite, ``COPY`` on PostgreSQL.

It knows columns and engines, not what the rows mean. Nothing is checked here: what Django would
prepare for an insert is prepared, and the database's own constraints hold.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max, Model

LOADING = ("PRAGMA cache_size = -400000", "PRAGMA synchronous = OFF")
USUAL = ("PRAGMA cache_size = -2000", "PRAGMA synchronous = NORMAL")


class Table:
    """The rows of one model that wait to be written, numbered ahead when its key counts."""

    def __init__(self, model: type[Model]) -> None:
        self.model = model
        fields = model._meta.concrete_fields
        self._blank = {f.attname: f.get_default() for f in fields}
        prepared = [(at, _preparing(field)) for at, field in enumerate(fields)]
        self._prepare = [(at, prepare) for at, prepare in prepared if prepare is not None]
        self._columns = ", ".join(connection.ops.quote_name(str(f.column)) for f in fields)
        self.rows: list[tuple[Any, ...]] = []
        self.number: int = model._default_manager.aggregate(last=Max("pk"))["last"] or 0

    def add(self, **values: Any) -> int:
        """Take a row, by the names its columns have in the model; returns its number.

        Raises ``KeyError`` for a name that is none of them.
        """
        row = {**self._blank, **values}
        if len(row) != len(self._blank):
            raise KeyError(sorted(row.keys() - self._blank.keys()))
        self.number += 1
        if "id" in row:
            row["id"] = self.number
        cells = list(row.values())
        for at, prepare in self._prepare:
            cells[at] = prepare(cells[at])
        self.rows.append(tuple(cells))
        return self.number

    def write(self) -> None:
        """Write what waits."""
        into = f"{connection.ops.quote_name(self.model._meta.db_table)} ({self._columns})"
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                    for row in self.rows:
                        copy.write_row(row)
            elif self.rows:
                marks = ", ".join(["%s"] * len(self.rows[0]))
                cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", self.rows)
        self.rows.clear()


def _preparing(field: models.Field[Any, Any]) -> Callable[[Any], Any] | None:
    """Return what turns a value into what the engine takes; None where that is the value."""
    if isinstance(field, models.JSONField):
        return lambda value: None if value is None else json.dumps(value)
    if isinstance(field, models.DateTimeField):
        return _moment
    if isinstance(field, models.DateField):
        return _day
    return None


@cache
def _moment(value: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


@cache
def _day(value: date | None) -> Any:
    return connection.ops.adapt_datefield_value(value)


@contextmanager
def loading() -> Iterator[None]:
    """Let SQLite have room and not wait for the disk; at the end let the database number on.

    PostgreSQL is also let see what it holds, as its autovacuum does by itself within a minute;
    SQLite keeps no statistics, here as in service.
    """
    _moment.cache_clear()  # each side has its own engine
    _day.cache_clear()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in LOADING:
                cursor.execute(statement)
            yield
            for statement in USUAL:
                cursor.execute(statement)
            return
        yield
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE")


def write_all(tables: list[Table]) -> None:
    """Write what waits in these tables, in their order, in one transaction."""
    with transaction.atomic():
        for table in tables:
            table.write()
