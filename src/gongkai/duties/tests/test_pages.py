"""The pages of the duties: who sees which, what "why this day?" says, how they look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from gongkai.accounts.api import Role, User
from gongkai.accounts.tests.world import World
from gongkai.duties import actions, queries
from gongkai.duties.models import Duty
from gongkai.duties.rules import hours, on_date, standing, waiting
from gongkai.duties.tests.factories import NOW, make_duty, moment
from gongkai.duties.tests.scope import ALLOWED, SAMPLES
from gongkai.duties.urls import urlpatterns
from gongkai.duties.views.lists import ALL, MINE, MOVED
from gongkai.kernel import clock


@pytest.fixture
def _march() -> Iterator[None]:
    """It is Monday 2026-03-02, nine o'clock."""
    with clock.at(NOW):
        yield


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def body(response: Any) -> str:
    return str(response.content.decode())


def paused(world: World) -> Duty:
    """A duty with one pause over, one still open, and an extension."""
    duty = make_duty(world.own.section, law="条例 第三十三条", actor=world.own.officer)
    at = moment("2026-02-24T10:00")
    duty = actions.pause(duty, actor=world.own.officer, at=at, reason="征求甲公司意见")
    duty = actions.resume(duty, actor=world.own.officer, at=moment("2026-02-26T10:00"))
    duty = actions.extend(duty, actor=world.own.section_head, days=20, reason="内容较多")
    at = moment("2026-02-27T10:00")
    return actions.pause(duty, actor=world.own.officer, at=at, reason="征求乙局意见")


@pytest.mark.usefixtures("_march")
class TestWhy:
    def test_the_count_day_by_day(self, world: World, as_user: Any) -> None:
        duty = make_duty(world.own.section, law="条例 第三十三条")
        text = body(as_user(world.own.officer).get(reverse("duties:why", args=[duty.pk])))
        assert "2026年2月12日起算，当日不计，20个工作日，到2026年3月18日为止。" in text
        for words in (
            "第20天",
            "起算",
            "到期",
            "春节",
            "调休上班",
            "开始计时",
            "未到期",
            "第三十三条",
        ):
            assert words in text
        assert text.count('class="month count"') == 2

    def test_pauses_extensions_and_what_if_answered_today(self, world: World, as_user: Any) -> None:
        duty = paused(world)
        text = body(as_user(world.own.officer).get(reverse("duties:why", args=[duty.pk])))
        assert "计时暂停，已计4个工作日，还剩36个工作日" in text
        assert "如果今天答复，到期日为2026年4月22日。" in text
        for words in ("征求甲公司意见", "征求乙局意见", "内容较多；20个工作日", "暂停中"):
            assert words in text
        assert "发出次日起至答复当日不计" in text

    @pytest.mark.parametrize(
        ("limit", "says"),
        [
            (on_date(date(2026, 6, 30)), "期限就是2026年6月30日，不按天数推算。"),
            (waiting(), "等上级明确时间，录入后开始倒数。"),
            (standing(), "长期坚持的事项没有到期日。"),
            (hours(5), "从2026年3月2日08:30起，5小时，到2026年3月2日13:30为止。"),
        ],
    )
    def test_other_limits(self, world: World, as_user: Any, limit: Any, says: str) -> None:
        start = moment("2026-03-02T08:30")
        duty = make_duty(world.own.section, limit=limit, started_at=start)
        page = as_user(world.own.officer).get(reverse("duties:why", args=[duty.pk]))
        assert says in body(page)

    def test_a_date_that_was_changed_says_what_it_was(self, world: World, as_user: Any) -> None:
        duty = make_duty(world.own.section, limit=on_date(date(2026, 6, 30)))
        actions.set_date(duty, actor=None, on=date(2026, 9, 30), reason="市府办通知")
        text = body(as_user(world.own.leader).get(reverse("duties:why", args=[duty.pk])))
        assert "期限定为2026年9月30日，原为2026年6月30日，不按天数推算。" in text

    def test_past_the_calendars_end_it_says_provisional(self, world: World, as_user: Any) -> None:
        with clock.at(moment("2026-12-20T10:00")):
            duty = make_duty(world.own.section, started_at=clock.now())
            text = body(as_user(world.own.officer).get(reverse("duties:why", args=[duty.pk])))
        assert "暂按周一至周五推算" in text

    def test_queries_do_not_grow_with_the_ledger(
        self, world: World, as_user: Any, django_assert_max_num_queries: Any
    ) -> None:
        duty = paused(world)
        client = as_user(world.own.officer)
        url = reverse("duties:why", args=[duty.pk])
        client.get(url)
        with django_assert_max_num_queries(20):
            client.get(url)

    @pytest.mark.parametrize("role", list(Role))
    def test_another_bodys_duty_is_not_found(self, world: World, as_user: Any, role: Role) -> None:
        url = reverse("duties:why", args=[make_duty(world.other.section).pk])
        assert as_user(world.own.people[role]).get(url).status_code == 404


@pytest.mark.usefixtures("_march")
class TestLists:
    def test_each_sees_what_is_in_scope(self, world: World, as_user: Any) -> None:
        make_duty(world.own.section, title="本科室的事")
        make_duty(world.own.body, title="本局的事")
        make_duty(world.other.section, title="外局的事")
        seen = {
            role: [t for t in ("本科室", "本局", "外局") if t in body(_all(as_user, world, role))]
            for role in Role
        }
        assert seen[Role.OFFICER] == seen[Role.SECTION_HEAD] == ["本科室"]
        for role in (Role.LEADER, Role.DEPUTY_LEADER, Role.OPENNESS_OFFICE, Role.AUDITOR):
            assert seen[role] == ["本科室", "本局"]
        assert seen[Role.PLATFORM_ADMIN] == []

    def test_mine_is_open_and_soonest_first(self, world: World, as_user: Any) -> None:
        for title, day in (("后", date(2026, 9, 1)), ("先", date(2026, 4, 1))):
            make_duty(world.own.section, title=f"{title}到期", limit=on_date(day))
        done = make_duty(world.own.section, title="已经办结")
        actions.meet(done, actor=None, at=NOW)
        make_duty(world.own.section, title="往年的事", history_until=date(2026, 2, 28))
        text = body(as_user(world.own.officer).get(reverse("duties:mine")))
        assert text.index("先到期") < text.index("后到期")
        assert "已经办结" not in text
        assert "往年的事" not in text

    def test_the_auditor_has_no_duties_of_their_own(self, world: World, as_user: Any) -> None:
        make_duty(world.own.section, title="本科室的事")
        assert "本科室的事" not in body(as_user(world.own.auditor).get(reverse("duties:mine")))

    def test_filters_and_export(self, world: World, as_user: Any) -> None:
        make_duty(world.own.section, title="红的", limit=on_date(date(2026, 2, 27)))
        make_duty(world.own.section, title="绿的", limit=on_date(date(2026, 9, 1)))
        client = as_user(world.own.officer)
        text = body(client.get(reverse("duties:all"), {"light": "red"}))
        assert "红的" in text
        assert "绿的" not in text
        answer = client.get(reverse("duties:all"), {"export": "csv", "light": "green"})
        exported = b"".join(answer.streaming_content).decode()
        assert "绿的" in exported
        assert "红的" not in exported

    def test_no_such_version(self, world: World, as_user: Any) -> None:
        client = as_user(world.own.officer)
        assert client.get(reverse("duties:moved", args=[1])).status_code == 200
        assert client.get(reverse("duties:moved", args=[2])).status_code == 404

    def test_queries_do_not_grow_with_rows(
        self, world: World, as_user: Any, django_assert_num_queries: Any
    ) -> None:
        client = as_user(world.own.openness_office)
        make_duty(world.own.section, person=world.own.officer)
        client.get(reverse("duties:all"))
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as few:
            client.get(reverse("duties:all"))
        for _ in range(20):
            make_duty(world.own.section, person=world.own.officer)
        with django_assert_num_queries(len(few)):
            client.get(reverse("duties:all"))


def _all(as_user: Any, world: World, role: Role) -> Any:
    return as_user(world.own.people[role]).get(reverse("duties:all"))


def test_lists_sort_and_filter_by_indexes() -> None:
    assert [listing.unindexed() for listing in (MINE, ALL, MOVED)] == [[], [], []]


def test_every_address_has_its_sample_and_its_roles() -> None:
    names = {f"duties:{pattern.name}" for pattern in urlpatterns}
    assert set(SAMPLES) == set(ALLOWED) == names


@pytest.mark.browser
def test_how_it_looks(browser_page: Any, world: World) -> None:
    with clock.at(NOW):
        duty = paused(world)
        plain = make_duty(world.own.section)
        make_duty(world.own.section, title="政府信息公开年度报告", limit=on_date(date(2026, 3, 5)))
    browser_page.sign_in(world.own.officer)
    assert browser_page.look(reverse("duties:why", args=[duty.pk]), "duties-why-paused") == []
    assert browser_page.look(reverse("duties:why", args=[plain.pk]), "duties-why") == []
    assert browser_page.look(reverse("duties:mine"), "duties-mine") == []
    assert browser_page.look(reverse("duties:all"), "duties-all") == []
    assert browser_page.look(reverse("duties:moved", args=[1]), "duties-moved") == []


@pytest.mark.parametrize("few", [0, 2_000])
def test_naming_the_units_one_by_one_keeps_the_same_rows(
    world: World, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    mine = make_duty(world.own.section, title="本科室的事")
    make_duty(world.other.section, title="别人的事")
    monkeypatch.setattr(queries.lists, "FEW", few)
    assert list(queries.mine(world.own.officer)) == [mine]


def test_what_is_open_has_no_moment_of_closing(world: World) -> None:
    duty = make_duty(world.own.section, title="本科室的事")
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(closed_at=NOW)
