"""Reads of files: through the gate for people, plain for code that has asked already."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet

from gongkai.accounts.api import User
from gongkai.files import storage
from gongkai.files.models import StoredFile
from gongkai.files.purposes import purpose_or_none
from gongkai.files.states import State


def visible_file(user: User, pk: int) -> StoredFile | None:
    """Return a file the user may see: accepted, and let through by its purpose. Else None."""
    found = StoredFile.objects.select_related("unit").filter(pk=pk, state=State.ACCEPTED).first()
    purpose = purpose_or_none(found.purpose) if found else None
    if found is None or purpose is None or not purpose.may_see(user, found):
        return None
    return found


def is_personal(file: StoredFile) -> bool:
    """Whether looking at the file is a look at personal data."""
    purpose = purpose_or_none(file.purpose)
    return purpose is not None and purpose.personal


def read_bytes(file: StoredFile) -> bytes:
    """Return the whole content of an accepted file; asks nobody's leave, for code only.

    Raises ``ValueError`` for a file that is not accepted, ``Refused`` (``files.store_down``).
    """
    if file.state != State.ACCEPTED:
        raise ValueError("only an accepted file is read")
    with storage.open_accepted(file.key) as stream, storage.reached():
        return stream.read()


def is_intact(file: StoredFile) -> bool:
    """Say whether the accepted bytes are still the ones whose hash was recorded; reads them all.

    Raises ``Refused`` (``files.store_down``).
    """
    if file.state != State.ACCEPTED or not storage.holds(file.key):
        return False
    with storage.open_accepted(file.key) as stream, storage.reached():
        return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256


def files_of(subject: str) -> QuerySet[StoredFile]:
    """Return the accepted files of a record, oldest first; the caller has asked who may see it."""
    return StoredFile.objects.filter(subject=subject, state=State.ACCEPTED).order_by("id")
