"""The database itself refuses to change audit rows."""

import pytest
from django.db import DatabaseError, connection, transaction

from gongkai.audit import api
from gongkai.audit.models import AuditEvent, triggers


@pytest.fixture
def sealed(transactional_db: None) -> AuditEvent:
    with transaction.atomic():
        event = api.record("things.changed", subject="test.thing:1", actor=None)
    api.seal()
    return event


def _statements() -> list[str]:
    column = {"audit_auditevent": "event", "audit_mention": "subject", "audit_seal": "link"}
    updates = [f"UPDATE {t} SET {column[t]} = 'x'" for t in triggers.TABLES]
    deletes = [f"DELETE FROM {t}" for t in triggers.TABLES]
    truncates = [f"TRUNCATE {t} CASCADE" for t in triggers.TABLES]
    return updates + deletes + (truncates if connection.vendor == "postgresql" else [])


def test_update_delete_and_truncate_are_refused(sealed: AuditEvent) -> None:
    statements = _statements()
    for statement in statements:
        with (
            pytest.raises(DatabaseError, match="never changed or deleted"),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert AuditEvent.objects.get(pk=sealed.pk).event == "things.changed"
    assert api.verify().ok


def test_a_missing_trigger_is_reported(sealed: AuditEvent) -> None:
    assert triggers.missing(connection) == []
    name = "audit_seal_no_update"
    on = " ON audit_seal" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    try:
        verdict = api.verify()
        assert not verdict.ok
        assert name in verdict.sentence
    finally:
        triggers.install(connection)
    assert api.verify().ok


@pytest.mark.parametrize("turn", [1, 2])
def test_after_a_transactional_test_the_database_is_empty_and_guarded(
    turn: int, transactional_db: None
) -> None:
    """The first turn leaves an event; the plugin that empties the database makes room for it."""
    assert turn == 1 or not AuditEvent.objects.filter(subject="test.thing:1").exists()
    assert triggers.missing(connection) == []
    with transaction.atomic():
        api.record("things.changed", subject="test.thing:1", actor=None)
