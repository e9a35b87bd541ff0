"""How the bureau's people hear by mail: who is reached where, who chose which way."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from gongkai.accounts.api import User
from gongkai.kernel import clock
from gongkai.notices.api import Way, choose_way

CHOSEN_ON = date(2026, 3, 2)
WAYS = {"wujing": Way.AT_ONCE, "chenguoqiang": Way.AT_ONCE, "sunyi": Way.NONE}
"""Who wants it otherwise than once a day."""

MISSING = ("mafei",)
"""Whose address nobody has entered yet: the page of mails says so to the administrator."""


def address_of(username: str) -> str:
    """Return where a person of the demo is reached; the domain is nobody's (RFC 2606)."""
    return "" if username in MISSING else f"{username}@qingjiang.example"


def choose_ways(people: dict[str, User]) -> None:
    """Some choose how mail comes, each for themselves."""
    with clock.at(timezone.make_aware(datetime.combine(CHOSEN_ON, time(9)))):
        for username, way in WAYS.items():
            choose_way(people[username], way=way)
