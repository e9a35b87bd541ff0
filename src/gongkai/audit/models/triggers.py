"""The triggers by which the database itself refuses to change or delete audit rows.

A later migration that rebuilds one of these tables on SQLite takes its triggers with it and must
call ``install`` again; ``audit verify`` says when one is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_auditevent", "audit_mention", "audit_seal")
SENTENCE = "audit rows are never changed or deleted"

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place; harmless where they are."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in [*_removing(connection.vendor), *_creating(connection.vendor)]:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for unapplying the migration and for emptying a test database."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in _removing(connection.vendor):
            cursor.execute(statement)


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Take the triggers away inside the block. Only for tests."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that should be there and are not."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in _names(connection.vendor) if name not in there]


def _verbs(vendor: str) -> tuple[str, ...]:
    return ("UPDATE", "DELETE", "TRUNCATE") if vendor == "postgresql" else ("UPDATE", "DELETE")


def _pairs(vendor: str) -> list[tuple[str, str, str]]:
    return [(t, verb, f"{t}_no_{verb.lower()}") for t in TABLES for verb in _verbs(vendor)]


def _names(vendor: str) -> list[str]:
    return [name for _, _, name in _pairs(vendor)]


def _removing(vendor: str) -> list[str]:
    on = " ON {}" if vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {name}{on.format(t)}" for t, _, name in _pairs(vendor)]


def _creating(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE {verb} ON {t} "
            f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            for t, verb, name in _pairs(vendor)
        ]
    statements = [_POSTGRESQL_FUNCTION]
    for t, verb, name in _pairs(vendor):
        statements.append(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {t} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
        # ALWAYS: also where replication or a restore has switched ordinary triggers off
        statements.append(f"ALTER TABLE {t} ENABLE ALWAYS TRIGGER {name}")
    return statements
