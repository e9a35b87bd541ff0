"""The auditor's pages: who may, what is shown, what is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.audit import actions, api
from gongkai.audit.tests.conftest import Place
from gongkai.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def recorded(user: Any) -> dict[str, int]:
    units = {
        "own": Place(5, "/1/5/", "科技科"),
        "other": Place(7, "/2/7/", "外局办公室"),
        "none": None,
    }
    made = {}
    for name, unit in units.items():
        with transaction.atomic():
            event = api.record(
                "things.changed",
                subject=f"test.thing:{name}",
                actor=user,
                unit=unit,
                reason=f"因为{name}",
            )
        made[name] = event.pk
    return made


@pytest.fixture
def visit(client: Client, user: Any) -> Callable[..., str]:
    client.force_login(user)

    def go(**given: str) -> str:
        return client.get(reverse("audit:events"), given).content.decode()

    return go


def test_without_a_gate_or_outside_it_the_page_does_not_exist(
    client: Client, user: Any, recorded: dict[str, int]
) -> None:
    client.force_login(user)
    for gate in (lambda user: None,):
        api.page_gate(gate)
        assert client.get(reverse("audit:events")).status_code == 404
        assert client.get(reverse("audit:event", args=[recorded["own"]])).status_code == 404
    from gongkai.audit import policies

    policies._GATE.clear()
    assert client.get(reverse("audit:events")).status_code == 404


def test_an_auditor_sees_the_own_units_only(
    client: Client, visit: Callable[..., str], recorded: dict[str, int]
) -> None:
    api.page_gate(lambda user: ["/1/5/"])
    page = visit()
    assert "test.thing:own" in page
    assert "test.thing:other" not in page
    assert "test.thing:none" not in page
    assert client.get(reverse("audit:event", args=[recorded["own"]])).status_code == 200
    assert client.get(reverse("audit:event", args=[recorded["other"]])).status_code == 404
    assert client.get(reverse("audit:event", args=[recorded["none"]])).status_code == 404
    exported = client.get(reverse("audit:events"), {"export": "csv"})
    body = b"".join(exported.streaming_content) if exported.streaming else exported.content
    assert "test.thing:own" in body.decode()
    assert "test.thing:other" not in body.decode()


def test_a_scope_with_nothing_in_it_sees_nothing(
    visit: Callable[..., str], recorded: dict[str, int]
) -> None:
    api.page_gate(lambda user: [])
    assert "test.thing" not in visit()


def test_from_the_top_what_has_no_unit_is_seen_too(
    visit: Callable[..., str], recorded: dict[str, int]
) -> None:
    api.page_gate(lambda user: ["/1/"])
    page = visit()
    assert "test.thing:none" in page
    assert "test.thing:other" not in page


def test_filters_by_event_actor_subject_and_day(
    visit: Callable[..., str], recorded: dict[str, int]
) -> None:
    api.page_gate(lambda user: [""])
    today = clock.today().isoformat()
    assert "test.thing:own" in visit(event="things.changed", actor_name="张", at_from=today)
    assert "test.thing:own" not in visit(event="things.made")
    assert "test.thing:own" not in visit(actor_name="李")
    assert "test.thing:own" not in visit(at_to="2004-01-01")
    assert "test.thing:own" in visit(at_to=today)
    only = visit(subject="test.thing:own")
    assert "test.thing:own" in only
    assert "test.thing:other" not in only


def test_one_event_shows_its_facts_and_its_seal(
    client: Client, visit: Callable[..., str], recorded: dict[str, int]
) -> None:
    api.page_gate(lambda user: [""])
    visit()
    address = reverse("audit:event", args=[recorded["own"]])
    assert "等待入链" in client.get(address).content.decode()
    while actions.seal():
        pass
    page = client.get(address).content.decode()
    assert "因为own" in page
    assert "改动事项" in page
    assert "SHA-256" in page
    assert "等待入链" not in page


def test_the_list_takes_as_many_queries_for_many_events_as_for_few(
    visit: Callable[..., str], recorded: dict[str, int]
) -> None:
    api.page_gate(lambda user: [""])
    visit()
    with CaptureQueriesContext(connection) as few:
        visit()
    with transaction.atomic():
        for n in range(40):
            api.record("things.made", subject=f"test.thing:{n}", actor=None)
    with CaptureQueriesContext(connection) as many:
        assert "test.thing:39" in visit()
    assert len(many) == len(few)
    assert sum("audit_" in query["sql"] for query in many) == 2  # the list and the last link
