"""A program that mails digests while its workers are killed; run by test_kills.

Each round is a working day: everybody is told something, then two workers send the digests, one
after the other, each ended by SIGKILL at a seeded step, a step being a statement or a word to the
mail server, or when nothing is left to do. At the end of each week and at last an unharmed worker
finishes. No moment of the machine's own clock decides anything: a busy machine only takes longer.
The mail server is the caller's; what it took is compared with our books there.
"""

from __future__ import annotations

import json
import os
import random
import signal
import smtplib
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

FIRST_DAY = datetime(2026, 3, 2, 8, 30)
MOST_STEPS = 330
"""A worker that nobody kills takes some more steps than this for a day's digests."""


def configure(database: dict[str, Any], port: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    from django.conf import settings

    settings.DATABASES["default"] = database
    settings.OUTBOX_RETRY_SECONDS = 0.01
    settings.LOGGING_CONFIG = None
    settings.MAIL_HOST, settings.MAIL_PORT, settings.MAIL_TLS = "127.0.0.1", port, "none"
    settings.MAIL_TIMEOUT = 600
    import logging

    import django

    logging.disable(logging.CRITICAL)
    django.setup()


def mornings() -> Iterator[datetime]:
    """Yield the mornings of working days, one after the other."""
    from django.utils import timezone

    from gongkai.calendars.api import working_calendar

    days, morning = working_calendar(), FIRST_DAY
    while True:
        if days.is_working(morning.date()):
            yield timezone.make_aware(morning)
        morning += timedelta(days=1)


class Killer:
    """Ends this process by SIGKILL at its ``at``-th step, before or after the step; 0: never."""

    def __init__(self, at: int, *, after: bool) -> None:
        self.left, self.after = at, after

    def __call__(self, step: Any, *args: Any) -> Any:
        self.left -= 1
        if self.left == 0 and not self.after:
            os.kill(os.getpid(), signal.SIGKILL)
        answer = step(*args)
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return answer


class AtRest(threading.Event):
    """What a worker waits on when nothing is due: there this process ends, unharmed."""

    def wait(self, timeout: float | None = None) -> bool:
        os._exit(0)


def worker(moment: datetime, kill: Killer) -> int:
    """Fork a worker for whom it is this moment; return its number."""
    pid = os.fork()
    if pid:
        return pid
    try:
        from django.db import connection

        from gongkai.kernel import clock
        from gongkai.outbox import api

        connection.execute_wrappers.append(kill)
        say = smtplib.SMTP.send
        smtplib.SMTP.send = lambda self, words: kill(say, self, words)  # type: ignore[method-assign]
        with clock.at(moment):
            api.run_worker(stop=AtRest())
    finally:
        os._exit(3)  # it ends before this, or the test has failed


def is_killed(pid: int) -> bool:
    """Wait for a worker; say whether it was killed at its step and had not come to rest before."""
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    if os.WEXITSTATUS(status) != 0:
        raise AssertionError(f"a worker ended by itself: {status}")
    return False


def one_day(people: list[Any], morning: datetime, chance: random.Random) -> int:
    """Tell everybody something, let two workers mail it; return how many of them were killed."""
    from django.db import connection

    tell_all(people, morning)
    killed = 0
    for minute in (0, 1):
        connection.close()
        kill = Killer(chance.randint(1, MOST_STEPS), after=chance.random() < 0.5)
        killed += is_killed(worker(morning + timedelta(minutes=minute), kill))
    return killed


def tell_all(people: list[Any], morning: datetime) -> None:
    from gongkai.kernel import clock
    from gongkai.notices.api import tell

    key = f"day:{morning:%Y-%m-%d}"
    words = {"kind": "t.t", "subject": f"t.t:{key}", "sentence": "请核对。", "url": "/"}
    with clock.at(morning - timedelta(hours=1)):
        tell(people, key=key, **words)


def finish(morning: datetime) -> None:
    """Let an unharmed worker do what is left of a day, hour by hour, until nothing is waiting."""
    from gongkai.kernel import clock
    from gongkai.notices.models import Mail, Notice
    from gongkai.outbox import api
    from gongkai.outbox.models import Errand

    for hour in range(1, 200):
        with clock.at(morning + timedelta(hours=hour)):
            api.drain(strict=True)
        left = Mail.objects.filter(state="waiting"), Notice.objects.filter(mail=None)
        if not any(rows.exists() for rows in (*left, Errand.objects.all())):
            return
    raise AssertionError("something is still left after days of work")


def main() -> None:
    database, port = json.loads(sys.argv[1]), int(sys.argv[2])
    seed, kills = int(sys.argv[3]), int(sys.argv[4])
    configure(database, port)
    from django.core.management import call_command

    from gongkai.accounts.tests.world import make_side
    from gongkai.notices.models import Mail, Mailroom, Notice

    call_command("migrate", verbosity=0)
    people = list(make_side("清江市交通运输局", "own").people.values())
    for user in people:
        user.email = f"{user.username}@example.org"
        user.save()
    killed = days = 0
    for morning in mornings():
        killed += one_day(people, morning, random.Random(seed + days))
        days += 1
        if days % 5 == 0 or killed >= kills:
            finish(morning)
        if killed >= kills:
            break
    mails = Mail.objects.values("message_id", "user_id", "for_on", "state", "count", "tries")
    sys.stdout.write(
        json.dumps(
            {
                "killed": killed,
                "told": days * len(people),
                "mails": list(mails),
                "spoken_of": sum(m["count"] for m in mails),
                "notices": Notice.objects.exclude(mail=None).count(),
                "unspoken": Notice.objects.filter(mail=None).count(),
                "ordered": Mailroom.objects.get().ordered,
            },
            default=str,
        )
    )


if __name__ == "__main__":
    main()
