"""Killed at any instant, reading and binding neither lose nor double anything."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gongkai.outbox.tests.test_kills import database  # noqa: F401 - a fixture

SEED = 20261123


def _killed(mode: str, told: dict[str, Any], files: Path, rounds: int, seed: int) -> dict[str, Any]:
    words = [sys.executable, "-W", "ignore", "-m", "gongkai.programme.tests.kills", mode]
    ran = subprocess.run(
        [*words, json.dumps(told), str(files), str(seed), str(rounds)],
        capture_output=True,
        text=True,
        timeout=1800,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    return json.loads(ran.stdout)


def test_every_document_is_read_once_through_twenty_seeded_kills(
    database: dict[str, Any],  # noqa: F811
    tmp_path: Path,
) -> None:
    result = _killed("read", database, tmp_path / "files", rounds=10, seed=SEED)
    assert result["killed"] == 20  # a receiver and a worker each round, each by SIGKILL
    assert result["documents"] >= 20
    assert result["wrong"] == []


def test_binding_leaves_nothing_or_all(database: dict[str, Any], tmp_path: Path) -> None:  # noqa: F811
    result = _killed("bind", database, tmp_path / "files", rounds=20, seed=SEED)
    assert result["killed"] == 20
    assert result["statements"] > 20
    assert result["wrong"] == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1_000, 2_000, 3_000])
@pytest.mark.parametrize("mode", ["read", "bind"])
def test_hundreds_of_kills(
    database: dict[str, Any],  # noqa: F811
    tmp_path: Path,
    mode: str,
    seed: int,
) -> None:
    rounds = 100
    result = _killed(mode, database, tmp_path / "files", rounds=rounds, seed=seed)
    assert result["killed"] == rounds * (2 if mode == "read" else 1)
    assert result["wrong"] == []


def test_the_command_itself_is_killed_and_started_again(
    database: dict[str, Any],  # noqa: F811
    tmp_path: Path,
) -> None:
    """``gongkai worker`` as an office runs it: a process of its own, killed while it reads."""
    result = _killed("command", database, tmp_path / "files", rounds=3, seed=SEED)
    assert result["killed"] == 3
    assert result["documents"] == 18
    assert result["wrong"] == []
