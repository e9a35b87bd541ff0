"""A program that receives, reads and binds documents while its processes are killed.

Run by test_kills on a database of its own. ``read`` rounds kill a receiver and a worker, each at a
seeded statement or moment; ``bind`` rounds kill whoever makes a document binding. At the end an
unharmed worker finishes, and the books must balance.
"""

from __future__ import annotations

import json
import os
import random
import runpy
import signal
import sys
import time
from typing import Any

SETTINGS = "config.settings.test"
ONCE = ["files.attached", "programme.document_read", "programme.document_received"]
"""What the audit says of a document that was received once and read once."""


def configure(database: dict[str, Any], files: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    from django.conf import settings

    settings.DATABASES["default"] = database
    settings.FILES_ROOT = files
    settings.OUTBOX_RETRY_SECONDS = 0.01
    settings.OUTBOX_LEASE_SECONDS = 2
    settings.LOGGING_CONFIG = None
    import logging

    import django

    logging.disable(logging.CRITICAL)
    django.setup()


def text_of(name: str) -> str:
    """A division table like every other, of its own words so that each is told apart."""
    from gongkai.programme.tests.factories import TABLE

    return TABLE.replace("明确政务公开专职人员", f"明确第{name}号方案的专职人员")


def receive(side: Any, names: list[str]) -> None:
    from gongkai.programme import actions

    for name in names:
        actions.receive_document(
            actor=side.openness_office,
            body=side.body,
            upload=text_of(name).encode(),
            name=f"{name}.txt",
        )


def work(chance: random.Random) -> None:
    """Be ``gongkai worker``."""
    from django.core.management import call_command

    with open(os.devnull, "w", encoding="utf-8") as silence:
        call_command("worker", pause=0.005, stdout=silence)


def reaped(pids: list[int], end: float) -> int:
    """Kill by SIGKILL what still lives at ``end``; return how many died by it."""
    killed = 0
    while pids:
        for pid in list(pids):
            if time.monotonic() > end:
                os.kill(pid, signal.SIGKILL)
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                killed += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
                pids.remove(pid)
        time.sleep(0.002)
    return killed


def read_round(side: Any, seed: int) -> int:
    """Receive and read documents; kill a receiver and a worker on the way."""
    from django.db import connection

    from gongkai.outbox.tests.kills import armed

    chance = random.Random(seed)
    receive(side, [f"{seed}-{n}" for n in range(2)])
    connection.close()
    names = [f"{seed}-{n}" for n in range(2, 9)]
    at = [chance.choice([0, chance.randint(1, 250)]), chance.choice([0, chance.randint(1, 900)])]
    after = chance.random() < 0.5

    def go_on_receiving(_: random.Random) -> None:
        receive(side, names)
        time.sleep(60)

    pids = [armed(go_on_receiving, f"{seed}/r", at[0], after)]
    pids.append(armed(work, f"{seed}/w", at[1], after))
    return reaped(pids, time.monotonic() + chance.uniform(0.1, 0.9))


def command_round(side: Any, seed: int, told: dict[str, str]) -> int:
    """Start ``gongkai worker`` as a command, and kill it when it has begun to read."""
    import subprocess

    from django.db import connection

    from gongkai.outbox.models import Progress

    receive(side, [f"{seed}-{n}" for n in range(6)])
    begun = Progress.objects.count()
    connection.close()
    command = [sys.executable, "-m", "gongkai.programme.tests.kills", "worker", *told.values()]
    worker = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 30
    while Progress.objects.count() == begun and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(random.Random(seed).uniform(0, 0.15))
    worker.kill()
    return int(worker.wait() == -signal.SIGKILL)


def finish() -> None:
    """Let one unharmed worker do what is left, and seal."""
    from gongkai.audit import api as audit
    from gongkai.outbox import api
    from gongkai.outbox.models import Errand, Message

    end = time.monotonic() + 90
    while time.monotonic() < end:
        done = api.drain()
        if not done and not Errand.objects.exists() and not Message.objects.filter(position=None):
            break
        time.sleep(0.02)
    while audit.seal():
        pass


def read_books() -> list[str]:
    """Return what does not fit: lost, read twice, half read, never ended."""
    from gongkai.outbox.models import Errand
    from gongkai.programme.models import Document
    from gongkai.reading.read import read
    from gongkai.reading.source import load

    text = text_of("x")
    reading = read(load(text.encode(), "x.txt"))
    expected = (len(reading.clauses), [task.row for task in reading.tasks], 2)
    wrong = [f"left: {errand}" for errand in Errand.objects.all()[:5]]
    for document in Document.objects.order_by("pk"):
        wrong += [f"{document.pk}: {line}" for line in _document_wrong(document, expected)]
    return wrong + _chain_wrong()


def _document_wrong(document: Any, expected: tuple[int, list[int], int]) -> list[str]:
    from gongkai.audit.api import timeline
    from gongkai.files import api as files
    from gongkai.notices.models import Notice
    from gongkai.outbox.api import progress_of

    rows = list(document.proposals.order_by("order").values_list("row", flat=True))
    found = (document.clauses.count(), rows, document.names.count())
    events = sorted(entry.event for entry in timeline(document, limit=50))
    told = Notice.objects.filter(subject=f"programme.document:{document.pk}").count()
    progress = progress_of(f"reading:{document.pk}")
    checks = {
        f"state {document.state}": document.state == "read",
        f"holds {found}": found == expected,
        f"events {events}": events == ONCE,
        f"told {told} times": told == 1,
        f"progress {progress}": progress is not None and progress["outcome"] == "done",
        "its file is another": files.read_bytes(document.file).decode() == document.text,
    }
    return [line for line, fits in checks.items() if not fits]


def _chain_wrong() -> list[str]:
    from gongkai.audit import api as audit

    verdict = audit.verify()
    return [] if verdict.ok and verdict.checked else [verdict.sentence]


# -- binding -----------------------------------------------------------------------------------


def tables() -> dict[str, int]:
    """Count the rows that binding leaves."""
    from gongkai.approvals import models as approvals
    from gongkai.audit.models import AuditEvent
    from gongkai.duties.models import Duty
    from gongkai.notices.models import Notice
    from gongkai.outbox.models import Message
    from gongkai.programme.models import Programme, Task, TaskDuty, TaskUnit

    rows = (Programme, Task, TaskUnit, TaskDuty, Duty, Notice, AuditEvent, Message, approvals.Round)
    return {table.__name__: table.objects.count() for table in rows}


def grown(before: dict[str, int]) -> dict[str, int]:
    return {name: n - before[name] for name, n in tables().items()}


def ready_document(side: Any, name: str) -> Any:
    from gongkai.programme.tests.factories import accept_all, read_now

    document = read_now(side, text_of(name))
    accept_all(side, document)
    return document


def bind(side: Any, document: Any) -> None:
    from gongkai.programme import actions

    office = side.openness_office
    actions.bind(document, actor=office, expected=document.version, year=2026)


def bind_once(side: Any) -> tuple[int, dict[str, int]]:
    """Bind unharmed; return how many statements it takes and what it leaves."""
    from django.db import connection

    document, count = ready_document(side, "unharmed"), 0
    before = tables()

    def counted(execute: Any, *args: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*args)

    with connection.execute_wrapper(counted):
        bind(side, document)
    return count, grown(before)


def bind_round(side: Any, seed: int, at: int, whole: dict[str, int]) -> tuple[int, list[str]]:
    """Kill the binding at a statement; it left nothing, or all. Then bind what is not bound."""
    from django.db import connection

    from gongkai.outbox.tests.kills import armed

    document = ready_document(side, str(seed))
    before = tables()
    connection.close()
    after = random.Random(seed).random() < 0.5
    pid = armed(lambda _: bind(side, document), str(seed), at, after)
    killed = reaped([pid], time.monotonic() + 30)
    wrong = []
    left = grown(before)
    document.refresh_from_db()
    if (document.state == "bound", left) not in ((True, whole), (False, dict.fromkeys(left, 0))):
        wrong.append(f"statement {at}: {document.state} with {left}")
    if document.state == "read":
        bind(side, document)
        if grown(before) != whole:
            wrong.append(f"again after {at}: {grown(before)}")
    return killed, wrong


def main() -> None:
    mode, database, files = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
    configure(database, files)
    if mode == "worker":
        sys.argv = ["gongkai", "worker", "--pause", "0.01"]
        runpy.run_module("gongkai.cli", run_name="__main__")
        return
    first, rounds = int(sys.argv[4]), int(sys.argv[5])
    from django.core.management import call_command
    from django.db import connection

    from gongkai.accounts.tests.world import make_side

    call_command("migrate", verbosity=0)
    side = make_side("清江市交通运输局", "own")
    killed, wrong, facts = 0, [], 0
    if mode in ("read", "command"):
        told = {"database": sys.argv[2], "files": files}
        for seed in range(first, first + rounds):
            connection.close()
            killed += read_round(side, seed) if mode == "read" else command_round(side, seed, told)
        connection.close()
        finish()
        wrong = read_books()
    else:
        bind_once(side)  # fills what a process keeps in memory
        statements, whole = bind_once(side)
        facts = statements
        chance = random.Random(first)
        for seed in range(first, first + rounds):
            dead, more = bind_round(side, seed, chance.randint(1, statements), whole)
            killed, wrong = killed + dead, wrong + more
        finish()
        wrong += _chain_wrong()
    from gongkai.programme.models import Document

    sys.stdout.write(
        json.dumps(
            {
                "killed": killed,
                "documents": Document.objects.count(),
                "statements": facts,
                "wrong": wrong,
            }
        )
    )


if __name__ == "__main__":
    main()
