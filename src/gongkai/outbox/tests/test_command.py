"""The commands: the worker ends cleanly on SIGTERM, the status says what failed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from gongkai.outbox import api

PROGRAM = """
import json, sys
from gongkai.outbox.tests import kills
kills.configure(json.loads(sys.argv[1]))
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("worker", pause=0.01)
"""


def test_sigterm_ends_the_worker_cleanly(tmp_path: Path) -> None:
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "db.sqlite3")}
    worker = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", PROGRAM, json.dumps(database)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "工作进程已启动。\n"
    worker.send_signal(signal.SIGTERM)
    out, err = worker.communicate(timeout=30)
    assert (worker.returncode, out) == (0, "工作进程已停止。\n"), err


@pytest.mark.django_db
def test_the_status_names_what_failed_and_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    @api.consumer("failing", ["things.changed"])
    def handler(subject: str, topics: set[str]) -> None:
        raise RuntimeError("坏了")

    call_command("outbox")
    with transaction.atomic():
        api.put("things.changed", subject="test.thing:1")
    api.drain()
    with pytest.raises(SystemExit) as ended:
        call_command("outbox")
    assert ended.value.code == 1
    assert "failing test.thing:1：RuntimeError: 坏了" in capsys.readouterr().out
    call_command("outbox", retry=True)
    assert "已安排重试 1 项" in capsys.readouterr().out
