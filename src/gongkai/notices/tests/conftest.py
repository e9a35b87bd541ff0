"""What tests of mail begin with: a working morning, a server on a socket, people with addresses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from gongkai.kernel import clock
from gongkai.notices.tests.server import PASSWORD, Behaviour, make_certificate, serving

WORKING_MORNING = datetime(2026, 3, 18, 8, 30)
"""A Wednesday."""


def at(day: int, hour: int, minute: int = 0) -> Any:
    """Let it be a moment of March 2026 at the office."""
    return clock.at(timezone.make_aware(datetime(2026, 3, day, hour, minute)))


@pytest.fixture
def morning() -> Iterator[None]:
    with clock.at(timezone.make_aware(WORKING_MORNING)):
        yield


@pytest.fixture
def server(settings: Any) -> Iterator[Behaviour]:
    """A server that takes everything, on a connection in the clear, set as the office's."""
    behaviour = Behaviour()
    with serving(behaviour) as port:
        settings.MAIL_HOST, settings.MAIL_PORT, settings.MAIL_TLS = "127.0.0.1", port, "none"
        settings.MAIL_TIMEOUT = 5
        yield behaviour


@pytest.fixture
def strict_server(settings: Any, tmp_path: Any) -> Iterator[Behaviour]:
    """A server that asks for encryption and a password, and is trusted by its own certificate."""
    behaviour = Behaviour()
    certificate = make_certificate(tmp_path)
    with serving(behaviour, certificate=certificate) as port:
        settings.MAIL_HOST, settings.MAIL_PORT, settings.MAIL_TLS = "127.0.0.1", port, "starttls"
        settings.MAIL_CA, settings.MAIL_TIMEOUT = str(certificate), 5
        settings.MAIL_USER, settings.MAIL_PASSWORD = "desk", PASSWORD
        yield behaviour


@pytest.fixture
def people(world: Any) -> Any:
    """One's own body, everybody with an address."""
    for user in world.own.people.values():
        user.email = f"{user.username}@example.org"
        user.save()
    return world.own
