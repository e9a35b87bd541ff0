"""What needs a person: what burns first, then in order of time left, each thing once."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from gongkai.desk import gather
from gongkai.ui.parts import Need, Sign

SHANGHAI = ZoneInfo("Asia/Shanghai")


def need(title: str, code: str = "green", due=None, **more) -> Need:
    return Need(title, f"/{title}/", Sign(code, "灯", due=due), "原因", "办理", **more)


@pytest.fixture
def ask(monkeypatch):
    def ask(**sources) -> list[str]:
        monkeypatch.setattr(
            gather, "NEED_SOURCES", {k: lambda u, v=v: v for k, v in sources.items()}
        )
        return [n.title for n in gather.needs(SimpleNamespace(user=None))]

    return ask


def test_the_least_time_left_comes_first_and_no_day_last(ask):
    a = [need("无", "grey"), need("后", due=date(2026, 4, 1)), need("先", due=date(2026, 3, 1))]
    assert ask(a=a, b=[need("中", due=date(2026, 3, 9))]) == ["先", "中", "后", "无"]


def test_hours_come_before_the_end_of_their_day(ask):
    noon = datetime(2026, 3, 18, 12, tzinfo=SHANGHAI)
    morrow = datetime(2026, 3, 19, 9, tzinfo=SHANGHAI)
    needs = [need("明早", due=morrow), need("今天", due=date(2026, 3, 18)), need("中午", due=noon)]
    assert ask(a=needs) == ["中午", "今天", "明早"]


def test_on_one_day_what_burns_comes_first(ask):
    on = date(2026, 3, 18)
    needs = [need("绿", "green", on), need("红", "red", on), need("黄", "amber", on)]
    assert ask(a=needs) == ["红", "黄", "绿"]


def test_the_needs_own_day_counts_before_the_lights(ask):
    needs = [need("甲", due=date(2026, 3, 1)), need("乙", due=date(2026, 5, 1))]
    late = need("丙", due=date(2026, 1, 1))
    moved = Need(late.title, late.url, late.sign, "原因", "办理", due=date(2026, 4, 1))
    assert ask(a=[*needs, moved]) == ["甲", "丙", "乙"]


def test_one_thing_named_by_two_apps_is_shown_once(ask):
    assert ask(a=[need("甲", key="x")], b=[need("乙", key="x")]) == ["甲"]
    assert ask(a=[need("甲")], b=[need("甲")]) == ["甲"]


def test_what_others_wait_for_stands_before_what_has_time(ask):
    needs = [need("有时间", due=date(2026, 12, 31)), need("等审核", "amber"), need("被退回", "red")]
    assert ask(a=needs) == ["被退回", "等审核", "有时间"]
