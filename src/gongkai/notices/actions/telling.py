"""Telling people, and their reading of it. One verb, one function, one transaction.

Notices are no legal objects: they repeat what a record says, so they leave no audit event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models.functions import Length

from gongkai.accounts.api import Role, User, people_of
from gongkai.kernel import clock
from gongkai.notices.models import Notice, NoticePart
from gongkai.notices.states import Brief, Urgency
from gongkai.organisation.api import Unit, body_of

UNIT_READERS = (Role.OFFICER, Role.SECTION_HEAD)
"""Who reads what is told to a unit."""

INSTEAD = (Role.OPENNESS_OFFICE,)
"""Who of the body reads it where the unit has nobody of its own, as a body itself has not."""

NOTHING = Brief()


@transaction.atomic
def tell(
    users: Iterable[User],
    *,
    kind: str,
    subject: str,
    sentence: str,
    url: str,
    key: str,
    urgency: Urgency = Urgency.ORDINARY,
    brief: Brief = NOTHING,
    replaces: bool = False,
) -> int:
    """Tell people a sentence with the page it leads to; return how many had not heard it.

    ``key`` names the occasion: a person is told once under a key, however often this is called.
    ``brief`` is all that a mail says of it, and ``urgency`` when. With ``replaces`` what was told
    before of this kind and subject counts as read, for it is overtaken.
    """
    heard = 0
    for user in users:
        said = _row(kind, subject, sentence, url, urgency, brief)
        row, fresh = Notice.objects.get_or_create(user=user, key=key, defaults=said)
        heard += fresh
        if fresh and replaces:
            before = Notice.objects.filter(user=user, subject=subject, kind=kind, read_at=None)
            before.exclude(pk=row.pk).update(read_at=clock.now())
    return heard


def _row(
    kind: str, subject: str, sentence: str, url: str, urgency: Urgency, brief: Brief
) -> dict[str, Any]:
    return {
        "kind": kind,
        "subject": subject,
        "sentence": sentence[:400],
        "url": url,
        "urgency": urgency.value,
        "number": brief.number[:40],
        "light": brief.light,
        "due_on": brief.due_on,
        "created_at": clock.now(),
    }


def tell_unit(
    unit: Unit,
    *,
    kind: str,
    subject: str,
    sentence: str,
    url: str,
    key: str,
    but: User | None = None,
    urgency: Urgency = Urgency.ORDINARY,
    brief: Brief = NOTHING,
) -> int:
    """Tell the officers and heads of a unit, else the openness office of its body; see ``tell``.

    ``but`` is whose act it was and who knows.
    """
    readers = list(people_of(unit, UNIT_READERS)) or people_of(body_of(unit), INSTEAD)
    others = [reader for reader in readers if reader != but]
    words: dict[str, Any] = {"kind": kind, "subject": subject, "sentence": sentence, "url": url}
    return tell(others, key=key, urgency=urgency, brief=brief, **words)


@dataclass(frozen=True)
class Together:
    """What a joint notice is: its kind and key, where it leads, how it says its parts.

    ``sentence`` is given the labels of all parts, in the order in which they came.
    """

    kind: str
    subject: str
    key: str
    url: str
    sentence: Callable[[Sequence[str]], str]
    urgency: Urgency = Urgency.ORDINARY
    light: str = ""


@transaction.atomic
def tell_together(users: Iterable[User], joint: Together, *, key: str, label: str) -> int:
    """Tell people of one thing more within a joint notice; return how many had not heard it.

    A person is told of a thing (``key``) once. What was read or mailed already stays as it is:
    then a new joint notice begins.
    """
    heard = 0
    for user in users:
        if NoticePart.objects.filter(user=user, key=key).exists():
            continue
        notice = _open_joint(user, joint)
        NoticePart.objects.create(notice=notice, user=user, key=key, label=label[:100])
        labels = list(notice.parts.order_by("id").values_list("label", flat=True))
        notice.sentence = joint.sentence(labels)[:400]
        notice.number = f"{len(labels)}项"
        notice.save(update_fields=["sentence", "number"])
        heard += 1
    return heard


def _open_joint(user: User, joint: Together) -> Notice:
    """Return the person's joint notice that can still grow, or begin the next."""
    told = Notice.objects.filter(user=user, key__startswith=f"{joint.key}:")
    last = told.select_for_update().order_by(Length("key").desc(), "-key").first()
    if last is not None and last.read_at is None and last.mail_id is None:
        return last
    number = int(last.key.rpartition(":")[2]) + 1 if last else 1
    said = _row(joint.kind, joint.subject, "", joint.url, joint.urgency, Brief(light=joint.light))
    return Notice.objects.create(user=user, key=f"{joint.key}:{number}", **said)


@transaction.atomic
def settle(subject: str, *, kind: str) -> int:
    """Keep that what was told of this kind and subject is settled: it counts as read."""
    rows = Notice.objects.filter(subject=subject, kind=kind, read_at=None)
    return rows.update(read_at=clock.now())


@transaction.atomic
def hide(subjects: Iterable[str], *, said: str) -> int:
    """Put ``said`` in place of what was told about these subjects; return how many there were.

    For what nobody may be shown any more; that something was told, when and to whom, stays. Mails
    never held the sentence.
    """
    return Notice.objects.filter(subject__in=list(subjects)).update(sentence=said[:400])


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
