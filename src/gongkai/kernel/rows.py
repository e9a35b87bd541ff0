"""Rows that two people may change at once: the version column and the lock; no own tables."""

from __future__ import annotations

from typing import TypeVar

from django.db import models, transaction
from django.db.models import F

from gongkai.kernel.refusal import Refusal, Refused


class Versioned(models.Model):
    """A row with a version that every change raises by one."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


V = TypeVar("V", bound=Versioned)


def lock(row: V, *, expected: int | None = None) -> V:
    """Take the row for this transaction, raise its version, and return it as it now stands.

    The raising UPDATE takes the row's lock on PostgreSQL; on SQLite the transaction already
    holds the database's. ``expected`` is the version that the person's page was made from
    (by default the version of ``row`` as it was read).
    Raises ``Refused`` (``kernel.stale``) when somebody changed the row since, and
    ``TransactionManagementError`` outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("lock() needs a transaction")
    seen = row.version if expected is None else expected
    manager = type(row)._default_manager
    raised = manager.filter(pk=row.pk, version=seen).update(version=F("version") + 1)
    if not raised:
        raise Refused(Refusal("kernel.stale", "别人刚刚改过这一条。请看清改动后再提交。"))
    return manager.get(pk=row.pk)
