"""Columns for tests, made through the actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from gongkai.columns import actions, queries
from gongkai.columns.models import Upkeep
from gongkai.columns.states import Rhythm
from gongkai.kernel import clock
from gongkai.outbox import api as outbox
from gongkai.publications.api import Edition
from gongkai.publications.tests.factories import published


@contextmanager
def on(day: date) -> Iterator[None]:
    """Let it be noon of a day."""
    with clock.at(timezone.make_aware(datetime.combine(day, time(12)))):
        yield


def kept(side: Any, **how: Any) -> Upkeep:
    """Keep a column of one's own, as the openness office."""
    usual: dict[str, Any] = {
        "name": "工作动态",
        "owner": side.section,
        "rhythm": Rhythm.DAYS,
        "amount": 14,
    }
    found = actions.keep_column(
        side.body, actor=side.openness_office, column=None, how=actions.How(**{**usual, **how})
    )
    return again(found)


def came_out(side: Any, upkeep: Upkeep, **how: Any) -> Edition:
    """Publish something in a column and let the worker hear it."""
    edition = published(side, column=upkeep.column, **how)
    outbox.drain()
    return edition


def again(upkeep: Upkeep) -> Upkeep:
    """Return a column as it now stands."""
    found = next(one for one in queries.upkeeps_of(upkeep.body) if one.pk == upkeep.pk)
    assert found is not None
    return found
