"""What journeys begin with: the demo's bureau, and the worker beside the pages."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections

from gongkai.demo.city import City, found_city
from gongkai.outbox import api as outbox
from tests.journeys.journey import PASSWORD


@pytest.fixture
def city(settings: Any) -> City:
    """The demo's bureau, with a password that the tests know."""
    settings.DEMO_PASSWORD = PASSWORD
    return found_city()


@pytest.fixture
def worker(city: City) -> Iterator[None]:
    """The worker in a thread, as the demo runs it."""
    stop = threading.Event()

    def run() -> None:
        outbox.run_worker(stop=stop, pause_seconds=0.1)
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    yield
    stop.set()
    thread.join(30)
    assert not thread.is_alive()
