"""Killed at any instant, the mailroom loses no mail and repeats one only under its own id."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import Any

import pytest

from gongkai.notices.tests.server import Behaviour, serving
from gongkai.outbox.tests.test_kills import database  # noqa: F401 - a fixture

SEED = 20261123


def _killed(told: dict[str, Any], kills: int, seed: int) -> tuple[dict[str, Any], Behaviour]:
    behaviour = Behaviour()
    with serving(behaviour) as port:
        words = [sys.executable, "-W", "ignore", "-m", "gongkai.notices.tests.kills"]
        ran = subprocess.run(
            [*words, json.dumps(told), str(port), str(seed), str(kills)],
            capture_output=True,
            text=True,
            timeout=1800,
            check=False,
        )
    assert ran.returncode == 0, ran.stderr[-4000:]
    return json.loads(ran.stdout), behaviour


def _check(result: dict[str, Any], behaviour: Behaviour, kills: int) -> None:
    assert result["killed"] >= kills
    mails = result["mails"]
    assert {m["state"] for m in mails} == {"sent"}
    assert max(Counter((m["user_id"], m["for_on"]) for m in mails).values()) == 1
    assert result["spoken_of"] == result["notices"] == result["told"]
    assert result["unspoken"] == 0
    assert result["ordered"] is False
    taken = Counter(behaviour.ids)
    assert set(taken) == {m["message_id"] for m in mails}  # none lost, none of another id
    tries = {m["message_id"]: m["tries"] for m in mails}
    assert all(times <= tries[one] for one, times in taken.items())
    assert sum(tries.values()) - len(mails) <= result["killed"]  # a kill repeats one at most
    assert max(tries.values()) > 1  # and some did: else no kill fell in the middle of a mail


def test_no_mail_is_lost_by_thirty_seeded_kills(database: dict[str, Any]) -> None:  # noqa: F811
    result, behaviour = _killed(database, kills=30, seed=SEED)
    _check(result, behaviour, 30)


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1_000, 2_000])
def test_no_mail_is_lost_by_hundreds_of_kills(
    database: dict[str, Any],  # noqa: F811
    seed: int,
) -> None:
    result, behaviour = _killed(database, kills=200, seed=seed)
    _check(result, behaviour, 200)
