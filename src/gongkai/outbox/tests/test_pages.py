"""The operators' page: who may, what is said, trying again."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from django.urls import reverse

from gongkai.kernel import clock
from gongkai.outbox import api, policies
from gongkai.outbox.models import Errand

pytestmark = [pytest.mark.django_db, pytest.mark.urls("gongkai.outbox.tests.urls")]


@pytest.fixture
def operator(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    named = {"username": "zhangsan", "full_name": "张三", "created_at": clock.now()}
    user: Any = get_user_model().objects.create(**named)
    client.force_login(user)
    monkeypatch.setattr(policies, "_GATE", [lambda asked: asked == user])
    return client


@pytest.fixture
def failure() -> None:
    @api.consumer("failing", ["things.changed"])
    def handler(subject: str, topics: set[str]) -> None:
        raise RuntimeError("打印机坏了")

    with transaction.atomic():
        api.put("things.changed", subject="test.thing:1")
    api.drain()


def test_without_leave_the_page_does_not_exist(operator: Client, failure: None) -> None:
    for gate in ([], [lambda user: False]):
        policies._GATE[:] = gate
        assert operator.get(reverse("outbox:status")).status_code == 404
        assert operator.post(reverse("outbox:retry")).status_code == 404
    assert Errand.objects.get().next_try_at > clock.now()


def test_nothing_failed_is_said_plainly(operator: Client) -> None:
    page = operator.get(reverse("outbox:status")).content.decode()
    assert "没有失败的任务" in page
    assert "立即重试" not in page


def test_what_failed_is_shown_and_can_be_tried_at_once(operator: Client, failure: None) -> None:
    page = operator.get(reverse("outbox:status")).content.decode()
    assert "打印机坏了" in page
    assert "test.thing:1" in page
    assert operator.get(reverse("outbox:retry")).status_code == 405
    answer = operator.post(reverse("outbox:retry"), follow=True)
    assert "已安排重试 1 项" in answer.content.decode()
    assert Errand.objects.get().next_try_at <= clock.now()


def test_a_failing_ticker_is_shown(operator: Client) -> None:
    @api.ticker("test.tick", label="敲钟")
    def tick(now: Any) -> int:
        raise RuntimeError("钟停了")

    api.drain()
    page = operator.get(reverse("outbox:status")).content.decode()
    assert "钟停了" in page
    assert "敲钟" in page
    assert "test.tick" not in page
