"""What tests of reports begin with: one's own body and a browser of its openness office."""

from __future__ import annotations

import pytest


@pytest.fixture
def side(world):
    return world.own


@pytest.fixture
def office(client, side):
    """A browser at which the openness office is signed in."""
    client.force_login(side.openness_office)
    return client
