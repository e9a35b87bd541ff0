"""When mails go out, how long a refused one waits, what a refusal means; no clock, no tables."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from gongkai.notices.states import GIVEN_UP_AFTER, Hours

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=2),
)
"""How long a mail waits after each time the server put it off; the last for all further times."""


class Answer(Enum):
    """What the answer of a mail server to one mail means."""

    LATER = "later"
    NO_MAILBOX = "no mailbox"
    REFUSED = "refused"
    CLOSING = "closing"


SERVICE_CLOSING = 421


def read_answer(code: int, *, of_recipient: bool) -> Answer:
    """Read a code of RFC 5321: 4xx is for now, 5xx for good; 421 is said of all, not of one."""
    if code == SERVICE_CLOSING:
        return Answer.CLOSING
    if not 500 <= code < 600:
        return Answer.LATER
    return Answer.NO_MAILBOX if of_recipient else Answer.REFUSED


def is_open(now: datetime, *, working: bool, hours: Hours) -> bool:
    """Say whether mails go out now (office time): on working days, from morning to evening."""
    return working and hours.morning <= now.time() < hours.evening


def wait_after(tries: int) -> timedelta:
    """Return how long a mail waits that was put off so many times."""
    return WAITS[min(max(tries, 1), len(WAITS)) - 1]


def is_given_up(made_at: datetime, now: datetime) -> bool:
    """Say whether a mail was put off for so long that it counts as not delivered."""
    return now - made_at >= GIVEN_UP_AFTER


def room_wait(tries: int) -> timedelta:
    """Return how long nothing is sent after the server failed so often: doubled, up to an hour."""
    seconds: int = 30 * 2 ** min(max(tries, 1) - 1, 10)
    return min(timedelta(seconds=seconds), timedelta(hours=1))
