"""A program that works with the outbox and has its processes killed; run by test_kills.

It needs nothing but the outbox app and a database of its own. Each round forks two producers and
two workers and ends them by SIGKILL: some at a seeded statement, before or after it ran, the
others at a seeded moment. At the end an unharmed worker finishes, and the books must balance.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

SUBJECTS = 12
TABLES = (
    "CREATE TABLE facts (id {auto}, subject text, value int, summed int DEFAULT 0)",
    "CREATE TABLE totals (subject text PRIMARY KEY, total int, runs int)",
    "CREATE TABLE echoes (subject text PRIMARY KEY, total int)",
    "CREATE TABLE slow (subject text PRIMARY KEY, counted int, finished int)",
)
AUTO = {
    "sqlite": "integer PRIMARY KEY AUTOINCREMENT",
    "postgresql": "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
}


def configure(database: dict[str, Any]) -> None:
    from django.conf import settings

    settings.configure(
        SECRET_KEY="kills",
        INSTALLED_APPS=["gongkai.outbox"],
        DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        OUTBOX_RETRY_SECONDS=0.01,
        OUTBOX_LEASE_SECONDS=2,
        LOGGING_CONFIG=None,
    )
    import logging

    import django

    logging.disable(logging.CRITICAL)
    django.setup()


def run(sql: str, *values: Any) -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return list(cursor.fetchall()) if cursor.description else []


def prepare() -> None:
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    for table in TABLES:
        run(table.format(auto=AUTO[connection.vendor]))
    for n in range(SUBJECTS):
        run("INSERT INTO totals VALUES (%s, 0, 0)", subject_of(n))
        run("INSERT INTO echoes VALUES (%s, 0)", subject_of(n))
        run("INSERT INTO slow VALUES (%s, 0, 0)", subject_of(n))


def subject_of(n: int) -> str:
    return f"test.thing:{n}"


def listen(chance: random.Random) -> None:
    """Three consumers: one that would double if it ran twice, one after it, one of long work."""
    from gongkai.outbox import api

    @api.consumer("sum", ["facts.added"])
    def add_up(subject: str, topics: set[str]) -> None:
        new = run("SELECT id, value FROM facts WHERE subject = %s AND summed = 0", subject)
        added = sum(value for _, value in new)
        run("UPDATE totals SET total = total + %s WHERE subject = %s", added, subject)
        if chance.random() < 0.1:
            raise RuntimeError("fails now and then, in the middle")
        for pk, _ in new:
            run("UPDATE facts SET summed = summed + 1 WHERE id = %s", pk)
        run("UPDATE totals SET runs = runs + 1 WHERE subject = %s", subject)
        api.put("facts.summed", subject=subject)

    @api.consumer("echo", ["facts.summed"])
    def echo(subject: str, topics: set[str]) -> None:
        [[total]] = run("SELECT total FROM totals WHERE subject = %s", subject)
        run("UPDATE echoes SET total = %s WHERE subject = %s", total, subject)

    @api.consumer("slow", ["facts.added"], own_transactions=True)
    def work_long(subject: str, topics: set[str]) -> None:
        [[count]] = run("SELECT count(*) FROM facts WHERE subject = %s", subject)
        run("UPDATE slow SET counted = %s WHERE subject = %s", count, subject)
        time.sleep(chance.uniform(0, 0.005))
        if chance.random() < 0.1:
            raise RuntimeError("fails now and then, between its writes")
        run("UPDATE slow SET finished = %s WHERE subject = %s", count, subject)


def produce(chance: random.Random) -> None:
    """Write facts with their messages; some transactions are slow to commit, some give up."""
    from django.db import transaction

    from gongkai.outbox import api

    class GaveUp(Exception):
        pass

    while True:
        try:
            with transaction.atomic():
                subject = subject_of(chance.randrange(SUBJECTS))
                value = chance.randint(1, 9)
                run("INSERT INTO facts (subject, value) VALUES (%s, %s)", subject, value)
                api.put("facts.added", subject=subject)
                time.sleep(chance.choice([0, 0, 0.002, 0.01]))
                if chance.random() < 0.1:
                    raise GaveUp
        except GaveUp:
            pass
        time.sleep(chance.uniform(0, 0.004))


def work(chance: random.Random) -> None:
    from gongkai.outbox import api

    listen(chance)
    api.run_worker(stop=threading.Event(), pause_seconds=0.001)


def armed(body: Callable[[random.Random], None], seed: str, at: int, after: bool) -> int:
    """Fork a process that kills itself at its ``at``-th statement; 0 leaves it alone."""
    pid = os.fork()
    if pid:
        return pid
    try:
        from django.db import connection

        left = at

        def counted(execute: Any, *args: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0 and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            answer = execute(*args)
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return answer

        connection.execute_wrappers.append(counted)
        body(random.Random(seed))
    finally:
        os._exit(3)  # neither body ends by itself: this is a failure of the test


def one_round(seed: int) -> int:
    """Kill four processes; return how many died by SIGKILL, all of them if all is well."""
    chance = random.Random(seed)
    pids = []
    for n, body in enumerate((produce, produce, work, work)):
        at = chance.randint(1, 150) if n % 2 else 0
        pids.append(armed(body, f"{seed}/{n}", at, chance.random() < 0.5))
    end = time.monotonic() + chance.uniform(0.05, 0.5)
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


def finish() -> None:
    """Let one unharmed worker do what is left, parked subjects included."""
    from gongkai.outbox import api
    from gongkai.outbox.models import Errand, Message

    listen(random.Random(0))
    end = time.monotonic() + 60
    while time.monotonic() < end:
        done = api.drain()
        if not done and not Errand.objects.exists() and not Message.objects.filter(position=None):
            return
        time.sleep(0.01)


def balance() -> list[str]:
    """Return what does not fit: lost, doubled, left over."""
    from gongkai.outbox.models import Cursor, Errand, Message, Sequence

    wrong = []
    facts = run("SELECT summed, count(*) FROM facts WHERE summed <> 1 GROUP BY summed")
    wrong += [f"{n} facts summed {times} times" for times, n in facts]
    books = run(
        "SELECT t.subject, t.total, e.total, s.counted, s.finished,"
        " (SELECT coalesce(sum(value), 0) FROM facts f WHERE f.subject = t.subject),"
        " (SELECT count(*) FROM facts f WHERE f.subject = t.subject)"
        " FROM totals t JOIN echoes e ON e.subject = t.subject JOIN slow s ON s.subject = t.subject"
    )
    for subject, total, echoed, counted, finished, true, count in books:
        if not total == echoed == true or not counted == finished == count:
            wrong.append(f"{subject}: {total} {echoed} {true}, {counted} {finished} {count}")
    last = Sequence.objects.get().last
    positions = list(Message.objects.order_by("position").values_list("position", flat=True))
    if positions != list(range(1, last + 1)):
        wrong.append("positions have gaps, doubles or nulls")
    wrong += [f"left: {errand}" for errand in Errand.objects.all()[:5]]
    wrong += [f"cursor {c} short of {last}" for c in Cursor.objects.exclude(position=last)]
    return wrong


def main() -> None:
    database, first, rounds = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    configure(database)
    prepare()
    from django.db import connection

    killed = 0
    for seed in range(first, first + rounds):
        connection.close()
        killed += one_round(seed)
    finish()
    [[facts]] = run("SELECT count(*) FROM facts")
    sys.stdout.write(json.dumps({"killed": killed, "facts": facts, "wrong": balance()}))


if __name__ == "__main__":
    main()
