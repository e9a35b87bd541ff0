"""Names by which records of any app are pointed at: ``programme.task:12``. No look-ups here."""

from __future__ import annotations

import re

from django.db import models

_SUBJECT = re.compile(r"^[a-z_]+\.[a-z_]+:[0-9A-Za-z-]+$")


def subject_key(row: models.Model) -> str:
    """Return the permanent name of a saved row: ``<app>.<model>:<primary key>``.

    Raises ``ValueError`` for a row that is not saved yet.
    """
    if row.pk is None:
        raise ValueError("a row needs to be saved before it can be pointed at")
    return f"{row._meta.label_lower}:{row.pk}"


def split_subject(key: str) -> tuple[str, str]:
    """Split a subject's name into ``<app>.<model>`` and primary key.

    Raises ``ValueError`` when the text is no such name.
    """
    if not _SUBJECT.match(key):
        raise ValueError(f"not the name of a record: {key!r}")
    kind, _, pk = key.partition(":")
    return kind, pk
