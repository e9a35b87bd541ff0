"""Killed at any instant, the outbox neither loses nor doubles anything."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

SEED = 20261123


@pytest.fixture
def database(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """A database of its own on the engine that the suite runs on."""
    told = settings.DATABASES["default"]
    if connection.vendor == "sqlite":
        yield {
            "ENGINE": told["ENGINE"],
            "NAME": str(tmp_path / "kills.sqlite3"),
            "OPTIONS": told["OPTIONS"],
        }
        return
    import psycopg

    name = f"gongkai_kills_{tmp_path.name.replace('-', '_')}"[:60]
    keys = {"HOST": "host", "PORT": "port", "USER": "user", "PASSWORD": "password"}
    params = {word: told[key] for key, word in keys.items() if told.get(key)}
    with psycopg.connect(**params, dbname="postgres", autocommit=True) as master:
        master.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        master.execute(f'CREATE DATABASE "{name}"')
        yield {key: told[key] for key in ("ENGINE", *keys) if told.get(key)} | {"NAME": name}
        master.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _killed(database: dict[str, Any], rounds: int, seed: int = SEED) -> dict[str, Any]:
    words = [sys.executable, "-W", "ignore", "-m", "gongkai.outbox.tests.kills"]
    ran = subprocess.run(
        [*words, json.dumps(database), str(seed), str(rounds)],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-4000:]
    return json.loads(ran.stdout)


def test_nothing_is_lost_or_doubled_by_eighty_seeded_kills(database: dict[str, Any]) -> None:
    result = _killed(database, rounds=20)
    assert result["killed"] == 80  # four processes a round, each ended by SIGKILL
    assert result["facts"] > 50
    assert result["wrong"] == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1_000, 2_000, 3_000])
def test_nothing_is_lost_or_doubled_by_hundreds_of_kills(
    database: dict[str, Any], seed: int
) -> None:
    result = _killed(database, rounds=150, seed=seed)
    assert result["killed"] == 600
    assert result["wrong"] == []
