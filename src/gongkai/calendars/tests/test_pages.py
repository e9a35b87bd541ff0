"""The pages of the calendar by role: showing, pasting, typing in, importing."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from gongkai.accounts.api import User
from gongkai.accounts.tests.world import World
from gongkai.calendars import queries
from gongkai.calendars.data.builtin import builtin_notices
from gongkai.calendars.forms import Unreadable, read_sheet
from gongkai.calendars.forms.sheet import LARGEST
from gongkai.calendars.rules import Entry, read_notice, spans
from gongkai.calendars.tests.scope import ALLOWED, SAMPLES
from gongkai.calendars.urls import urlpatterns
from gongkai.kernel import clock

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TITLE = "国务院办公厅关于2027年部分节假日安排的通知"
# Our own wording of an invented year, in the manner of the notices.
TEXT = """一、元旦：2026年12月31日（周四）至2027年1月2日（周六）放假调休。12月27日（周日）上班。
二、春节：2月5日（农历除夕、周五）至12日（周五）放假调休，共8天。1月31日（周日）、2月13日（周六）上班。
三、清明节：4月5日（周一）放假，与周末连休。
四、端午节：6月9日放假，6月10日（周四）补休。
鼓励各单位安排职工在除夕（2月4日）休息。"""


@pytest.fixture(autouse=True)
def _november() -> Any:
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


def test_a_year_shows_its_months_and_its_notice(world: World, as_user: Any) -> None:
    page = as_user(world.own.officer).get(reverse("calendars:year", args=[2026]))
    text = body(page)
    assert page.status_code == 200
    assert text.count('class="month"') == 12
    assert "国办发明电〔2025〕7号" in text
    assert text.count('<span class="month-note">上班</span>') == 6
    assert "国庆节" in text
    assert "2027年的放假调休安排还没有录入" in text
    assert reverse("calendars:edit", args=[2026]) not in text


def test_a_year_without_notice_says_it_is_guessed(world: World, as_user: Any) -> None:
    text = body(as_user(world.own.officer).get(reverse("calendars:year", args=[2027])))
    assert "暂按周一至周五推算" in text
    assert "provisional" in text


def test_the_index_is_the_running_year(world: World, as_user: Any) -> None:
    assert "2026年工作日历" in body(as_user(world.own.leader).get(reverse("calendars:index")))


@pytest.mark.parametrize("year", [1949, 2201])
def test_no_such_year(world: World, as_user: Any, year: int) -> None:
    client = as_user(world.own.openness_office)
    for name in ("year", "edit"):
        assert client.get(reverse(f"calendars:{name}", args=[year])).status_code == 404


@pytest.mark.parametrize("who", ["officer", "leader", "auditor"])
def test_who_may_not_enter_is_told_who_may(world: World, as_user: Any, who: str) -> None:
    client = as_user(getattr(world.own, who))
    for url in (reverse("calendars:edit", args=[2027]), reverse("calendars:import")):
        for page in (client.get(url), client.post(url, {})):
            assert page.status_code == 403
            assert "政务公开办或平台管理员" in body(page)


# -- pasting and typing in ---------------------------------------------------------------------


def rows_of(*rows: tuple[str, str, str, str], expected: int = 1) -> dict[str, Any]:
    data: dict[str, Any] = {
        "title": TITLE,
        "number": "",
        "issued_on": "2026-11-12",
        "reason": "",
        "expected": expected,
        "rows-TOTAL_FORMS": len(rows),
        "rows-INITIAL_FORMS": 0,
    }
    for i, row in enumerate(rows):
        for name, value in zip(("first", "last", "shift", "name"), row, strict=True):
            data[f"rows-{i}-{name}"] = value
    return data


def test_reading_a_pasted_notice() -> None:
    found = [(s.first, s.last, s.shift.value, s.name) for s in read_notice(TEXT, 2027)]
    assert found == [
        (date(2026, 12, 31), date(2027, 1, 2), "off", "元旦"),
        (date(2027, 12, 27), date(2027, 12, 27), "work", "元旦"),
        (date(2027, 2, 5), date(2027, 2, 12), "off", "春节"),
        (date(2027, 1, 31), date(2027, 1, 31), "work", "春节"),
        (date(2027, 2, 13), date(2027, 2, 13), "work", "春节"),
        (date(2027, 4, 5), date(2027, 4, 5), "off", "清明节"),
        (date(2027, 6, 9), date(2027, 6, 9), "off", "端午节"),
        (date(2027, 6, 10), date(2027, 6, 10), "off", "端午节"),
    ]


def test_what_is_no_notice_gives_no_days() -> None:
    assert read_notice("各单位要做好值班工作。1月1日放假。", 2027) == []
    assert read_notice("一、元旦：13月40日放假。", 2027) == []


def test_spans_put_days_together_and_apart_again() -> None:
    notice = builtin_notices()[-1]
    entries = [Entry(d.on, d.shift, d.name) for d in notice.days]
    whole = spans(entries)
    assert len(whole) == 13  # seven holidays, six shifted days
    assert sorted((e for s in whole for e in s.entries()), key=lambda e: e.on) == entries


def test_pasting_fills_the_rows_and_keeps_nothing(world: World, as_user: Any) -> None:
    client = as_user(world.own.openness_office)
    url = reverse("calendars:edit", args=[2027])
    text = body(client.post(url, {"read": "1", "text": TEXT}))
    assert "认出8段" in text
    assert 'value="2027-02-05"' in text
    assert queries.latest_number() == 1
    assert "没有认出" in body(client.post(url, {"read": "1", "text": "值班通知"}))


def test_typing_in_makes_a_version(world: World, as_user: Any) -> None:
    client = as_user(world.own.openness_office)
    url = reverse("calendars:edit", args=[2027])
    assert "录入2027年放假安排" in body(client.get(url))
    data = rows_of(
        ("2027-01-01", "2027-01-03", "off", "元旦"),
        ("2027-01-09", "", "work", "元旦"),
        ("", "", "", ""),
    )
    page = client.post(url, data, follow=True)
    assert page.redirect_chain[-1][0] == reverse("calendars:version", args=[2])
    text = body(page)
    assert "2027年安排已录入" in text
    assert "2027年1月9日" in text
    assert "上班（调休上班）" in text
    assert queries.working_calendar().is_working(date(2027, 1, 9))
    assert 'value="2027-01-09"' in body(client.get(url))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("2027-01-01", "", "", "元旦"), "请选择放假还是上班"),
        (("", "", "off", "元旦"), "请填写日期"),
        (("2027-01-01", "", "off", ""), "请写是哪个节日"),
        (("2027-01-03", "2027-01-01", "off", "元旦"), "结束要在开始之后"),
        (("2027-02-30", "", "off", "元旦"), "日期"),
    ],
)
def test_a_wrong_row_is_said_beside_it(
    world: World, as_user: Any, row: tuple[str, str, str, str], says: str
) -> None:
    url = reverse("calendars:edit", args=[2027])
    page = as_user(world.own.openness_office).post(url, rows_of(row))
    assert page.status_code == 422
    assert says in body(page)
    assert queries.latest_number() == 1


def test_what_somebody_else_entered_meanwhile_is_not_overwritten(
    world: World, as_user: Any
) -> None:
    client = as_user(world.own.openness_office)
    url = reverse("calendars:edit", args=[2027])
    first = rows_of(("2027-01-01", "", "off", "元旦"))
    assert client.post(url, first).status_code == 302
    page = client.post(url, rows_of(("2027-01-02", "", "off", "元旦"), expected=1))
    assert page.status_code == 409
    assert "别人刚刚改过日历" in body(page)
    assert 'value="2027-01-02"' in body(page)


def test_versions_are_listed(world: World, as_user: Any) -> None:
    client = as_user(world.own.officer)
    assert "第1版" in body(client.get(reverse("calendars:versions")))
    assert client.get(reverse("calendars:version", args=[1])).status_code == 200
    assert client.get(reverse("calendars:version", args=[9])).status_code == 404


# -- importing ---------------------------------------------------------------------------------

GOOD = "日期,安排,节日\n2027-01-01,放假,元旦\n2027/1/2,放假,元旦\n2027年1月9日,上班,元旦\n"


def upload(client: Client, name: str, data: bytes) -> Any:
    return client.post(
        reverse("calendars:import"),
        {
            "year": 2027,
            "title": TITLE,
            "number": "",
            "issued_on": "",
            "reason": "",
            "expected": 1,
            "file": SimpleUploadedFile(name, data),
        },
        follow=True,
    )


def xlsx(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", GOOD.encode()),
        ("a.csv", ("\ufeff" + GOOD).encode()),
        ("A.CSV", GOOD.encode("gb18030")),
        ("a.xlsx", xlsx(*(line.split(",") for line in GOOD.splitlines()))),
        (
            "a.xlsx",
            xlsx(
                (datetime(2027, 1, 1), "放假", "元旦"),
                (datetime(2027, 1, 2), "放假", "元旦"),
                (datetime(2027, 1, 9), "上班", "元旦"),
            ),
        ),
    ],
)
def test_importing_a_table(world: World, as_user: Any, name: str, data: bytes) -> None:
    client = as_user(world.own.openness_office)
    assert client.get(reverse("calendars:import")).status_code == 200
    page = upload(client, name, data)
    assert page.redirect_chain
    calendar = queries.working_calendar()
    assert {d for d in calendar.off if d.year == 2027} == {date(2027, 1, 1), date(2027, 1, 2)}
    assert {d for d in calendar.work if d.year == 2027} == {date(2027, 1, 9)}


def test_one_wrong_row_and_nothing_is_taken(world: World, as_user: Any) -> None:
    bad = GOOD + "2027-02-30,放假,春节\n2027-01-01,放假,元旦\n2027-01-11,上班,\n2027-03-01,也许,x\n"
    page = upload(as_user(world.own.openness_office), "a.csv", bad.encode())
    text = body(page)
    assert page.status_code == 422
    assert "7行中有4行不对，一行也没有录入" in text
    for says in ("不是日期", "重复", "没有写是哪个节日", "不是放假或上班"):
        assert says in text
    assert text.count("可以录入") == 3
    assert queries.latest_number() == 1


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", "日期,安排,节日\n".encode(), "没有一行"),
        ("a.csv", b"\xff\xfe\x00\x01\xff", "编码"),
        ("a.csv", b'2027-01-01,"x\n', "格式有误"),
        ("a.pdf", b"%PDF-1.4", "CSV或XLSX"),
        ("a.xlsx", b"PK\x03\x04 damaged", "打不开"),
        ("a.csv", b"2027-01-01,off,x\n" * 501, "行"),
    ],
)
def test_a_file_that_cannot_be_read(
    world: World, as_user: Any, name: str, data: bytes, says: str
) -> None:
    page = upload(as_user(world.own.openness_office), name, data)
    assert page.status_code == 422
    assert says in body(page)
    assert queries.latest_number() == 1


def test_too_large_a_file() -> None:
    with pytest.raises(Unreadable, match="1MB"):
        read_sheet(SimpleUploadedFile("a.csv", b"x" * (LARGEST + 1)), 2027)


def test_every_address_has_its_sample_and_its_roles() -> None:
    names = {f"calendars:{pattern.name}" for pattern in urlpatterns}
    assert set(SAMPLES) == set(ALLOWED) == names


@pytest.mark.browser
def test_how_it_looks(browser_page: Any, world: World) -> None:
    browser_page.sign_in(world.own.openness_office)
    for name, args in (("year", [2026]), ("year", [2027]), ("edit", [2026]), ("version", [1])):
        url = reverse(f"calendars:{name}", args=args)
        assert browser_page.look(url, f"calendars-{name}-{args[0]}") == []
    assert browser_page.look(reverse("calendars:import"), "calendars-import") == []
    assert browser_page.look(reverse("calendars:versions"), "calendars-versions") == []
