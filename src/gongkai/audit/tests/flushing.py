"""A pytest plugin: lets transactional tests empty the database although audit refuses it.

Ordinary database tests roll back and never meet the triggers. A transactional test (a live
server, threads, several connections) is cleaned up by emptying every table; for that moment,
and only there, the triggers are taken away and put back. The product has no switch for it.
"""

from __future__ import annotations

import pytest


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    from django.db import connections
    from django.test import TransactionTestCase

    from gongkai.audit.models import triggers

    empty = TransactionTestCase._fixture_teardown

    def _fixture_teardown(self: TransactionTestCase) -> None:
        with triggers.lifted(connections["default"]):
            empty(self)

    TransactionTestCase._fixture_teardown = _fixture_teardown
