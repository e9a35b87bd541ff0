"""Events to record, a user made without the actions of accounts above, a folder of anchors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from pytest_django.fixtures import Settings

from gongkai.audit import policies
from gongkai.kernel import clock


@pytest.fixture(autouse=True)
def _registries() -> Iterator[None]:
    labels, gate = dict(policies._LABELS), list(policies._GATE)
    policies.declare_events({"things.changed": "改动事项", "things.made": "新建事项"})
    yield
    policies._LABELS.clear()
    policies._LABELS.update(labels)
    policies._GATE[:] = gate


@pytest.fixture(autouse=True)
def anchors(settings: Settings, tmp_path: Path) -> Path:
    """The folder of anchors."""
    settings.AUDIT_ANCHORS = str(tmp_path / "anchors")
    return tmp_path / "anchors"


@pytest.fixture
def user(db: None) -> Any:
    named = {"username": "zhangsan", "full_name": "张三", "created_at": clock.now()}
    return get_user_model().objects.create(**named)


@dataclass
class Place:
    """A unit as audit sees one."""

    pk: int
    path: str
    name: str


@pytest.fixture
def unit() -> Place:
    return Place(5, "/1/5/", "科技科")
