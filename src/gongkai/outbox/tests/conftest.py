"""An empty registry for each test, so that other apps' consumers stay out of it."""

from collections.abc import Iterator

import pytest

from gongkai.outbox import registry


@pytest.fixture(autouse=True)
def _empty_registry() -> Iterator[None]:
    tables = (registry.CONSUMERS, registry.TICKERS, registry.STARTS)
    kept = [dict(table) for table in tables]
    for table in tables:
        table.clear()
    yield
    for table, before in zip(tables, kept, strict=True):
        table.clear()
        table.update(before)
