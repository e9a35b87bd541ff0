"""What tests of standards begin with: one's own body."""

from __future__ import annotations

import pytest


@pytest.fixture
def side(world):
    return world.own
