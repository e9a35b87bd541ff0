"""Home, type size, health and the frame around them."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from gongkai.desk import gather, views
from gongkai.desk.tests import factories
from gongkai.ui.context import LARGE, TYPE_COOKIE
from gongkai.ui.parts import Need, Sign

pytestmark = pytest.mark.django_db


def test_health_answers_strangers(client):
    response = client.get("/health")
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_health_says_when_the_database_is_gone(client, monkeypatch):
    class Gone:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr(views, "connection", Gone())
    assert client.get("/health").status_code == 503


def test_type_size_is_kept_by_a_round_trip(client):
    response = client.post(reverse("desk:type_size"), {"size": LARGE, "next": "/health"})
    assert response["Location"] == "/health"
    cookie = client.cookies[TYPE_COOKIE]
    assert cookie.value == LARGE
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    client.post(reverse("desk:type_size"), {"size": "normal", "next": "/health"})
    assert client.cookies[TYPE_COOKIE].value == ""


@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_type_size_leads_nowhere_else(client, after):
    response = client.post(reverse("desk:type_size"), {"size": LARGE, "next": after})
    assert response["Location"] == "/"


def test_type_size_is_no_link(client):
    assert client.get(reverse("desk:type_size")).status_code == 405


def test_home_wants_to_know_who_it_is(client):
    response = client.get("/")
    assert response.status_code == 302


def test_home_says_when_nothing_waits(client, monkeypatch):
    monkeypatch.setattr(gather, "NEED_SOURCES", {})
    client.force_login(factories.make_office().officer)
    assert "现在没有等您办的事" in client.get("/").content.decode()


def test_home_shows_the_nearest_and_says_how_many_are_left_out(client, monkeypatch):
    needs = [Need(f"第{n}件", f"/{n}/", Sign("green", "未到期"), "", "办") for n in range(53)]
    monkeypatch.setattr(gather, "NEED_SOURCES", {"many": lambda user: needs})
    client.force_login(factories.make_office().officer)
    html = client.get("/").content.decode()
    assert html.count('class="need"') == gather.SHOWN
    assert "另有3件" in html


def test_home_folds_on_a_phone_what_does_not_press(client, monkeypatch):
    pressing = [Need(f"急{n}", f"/a{n}/", Sign("red", "逾期"), "", "办") for n in range(7)]
    ample = [Need(f"缓{n}", f"/b{n}/", Sign("green", "未到期"), "", "办") for n in range(4)]
    monkeypatch.setattr(gather, "NEED_SOURCES", {"both": lambda user: [*ample, *pressing]})
    client.force_login(factories.make_office().officer)
    before, after = client.get("/").content.decode().split("needs-fold")
    assert all(need.title in before for need in pressing)
    assert all(need.title in after for need in ample)
