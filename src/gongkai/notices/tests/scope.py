"""For the walk over every address: what each address of notices is called with, who sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.accounts.api import Role
from gongkai.kernel import clock
from gongkai.notices.api import tell
from gongkai.notices.models import Mail, Notice


def _notices(world: Any, own: bool) -> dict[str, Any]:
    """A notice of everybody's of the other body: to people of one's own it is not there.

    A notice is one person's, so one's own body has none that all its people could open; that
    each opens their own is in test_pages.
    """
    people = world.other.people.values()
    words = {"kind": "test.scope", "subject": "test.thing:1", "sentence": "请核对。", "url": "/"}
    tell(people, key="scope", **words)
    return {"pk": Notice.objects.filter(user=next(iter(people))).first().pk}


def _mail(world: Any, own: bool) -> dict[str, Any]:
    """An undelivered mail to an officer of one's own or the other body."""
    side = world.own if own else world.other
    now = clock.now()
    made = Mail.objects.create(
        user=side.officer,
        kind="digest",
        state="failed",
        address="officer@example.org",
        message_id=f"<scope-{side.body.pk}@desk.example>",
        made_at=now,
        next_try_at=now,
        ended_at=now,
    )
    return {"pk": made.pk}


ADMIN = {Role.PLATFORM_ADMIN}

SAMPLES: dict[str, Callable[[Any, bool], dict[str, Any]]] = {
    "notices:list": lambda world, own: {},
    "notices:open": _notices,
    "notices:read_all": lambda world, own: {},
    "notices:settings": lambda world, own: {},
    "notices:mails": lambda world, own: {},
    "notices:mail": _mail,
    "notices:test": lambda world, own: {},
    "notices:send_again": _mail,
}
ALLOWED: dict[str, Any] = {
    "notices:list": "all",
    "notices:open": set(),
    "notices:read_all": "all",
    "notices:settings": "all",
    "notices:mails": ADMIN,
    "notices:mail": ADMIN,
    "notices:test": ADMIN,
    "notices:send_again": ADMIN,
}
