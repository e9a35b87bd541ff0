"""Telling people, and their reading of it. One verb, one function, one transaction.

Notices are no legal objects: they repeat what a record says, so they leave no audit event.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gongkai.accounts.api import Role, User, people_of
from gongkai.kernel import clock
from gongkai.notices.models import Notice
from gongkai.organisation.api import Unit, body_of

UNIT_READERS = (Role.OFFICER, Role.SECTION_HEAD)
"""Who reads what is told to a unit."""

INSTEAD = (Role.OPENNESS_OFFICE,)
"""Who of the body reads it where the unit has nobody of its own, as a body itself has not."""


@transaction.atomic
def tell(
    users: Iterable[User], *, kind: str, subject: str, sentence: str, url: str, key: str
) -> int:
    """Tell people a sentence with the page it leads to; return how many had not heard it.

    ``key`` names the occasion: a person is told once under a key, however often this is called.
    """
    heard = 0
    for user in users:
        _, fresh = Notice.objects.get_or_create(
            user=user,
            key=key,
            defaults={
                "kind": kind,
                "subject": subject,
                "sentence": sentence[:400],
                "url": url,
                "created_at": clock.now(),
            },
        )
        heard += fresh
    return heard


def tell_unit(
    unit: Unit,
    *,
    kind: str,
    subject: str,
    sentence: str,
    url: str,
    key: str,
    but: User | None = None,
) -> int:
    """Tell the officers and heads of a unit, else the openness office of its body; see ``tell``.

    ``but`` is whose act it was and who knows.
    """
    readers = list(people_of(unit, UNIT_READERS)) or people_of(body_of(unit), INSTEAD)
    others = [reader for reader in readers if reader != but]
    return tell(others, kind=kind, subject=subject, sentence=sentence, url=url, key=key)


@transaction.atomic
def mark_read(notice: Notice) -> Notice:
    """Keep that the person opened the notice; the first time counts."""
    if notice.read_at is None:
        Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=clock.now())
    return notice


@transaction.atomic
def mark_all_read(user: User) -> int:
    """Keep that the person has seen all that was told so far; return how many were new."""
    return Notice.objects.filter(user=user, read_at=None).update(read_at=clock.now())
