"""A folder of its own and a purpose of its own for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from gongkai.accounts.tests.world import World
from gongkai.files import api, purposes
from gongkai.files.models import StoredFile

PURPOSE = "test.paper"
ALL = {kind.value for kind in api.Kind}
LIMIT = 2 * 2**20


@pytest.fixture(autouse=True)
def root(settings: Settings, tmp_path: Path) -> Path:
    """The folder of files."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture(autouse=True)
def _purposes() -> Iterator[None]:
    kept = dict(purposes._PURPOSES)
    api.declare_purpose(
        PURPOSE, kinds=ALL, max_bytes=LIMIT, may_see=lambda user, file: user == file.created_by
    )
    yield
    purposes._PURPOSES.clear()
    purposes._PURPOSES.update(kept)


@pytest.fixture
def put(world: World) -> Callable[..., StoredFile]:
    """Store something as an officer would."""

    def do(
        data: Any = b"\xe5\x85\xac\xe5\xbc\x80", name: str = "通知.txt", **more: Any
    ) -> StoredFile:
        return api.store(
            data,
            name=name,
            actor=more.pop("actor", world.own.officer),
            unit=world.own.section,
            purpose=more.pop("purpose", PURPOSE),
            **more,
        )

    return do
