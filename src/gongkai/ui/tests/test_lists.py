"""Lists: every row once whichever way one pages, filters, order, indexes, exports."""

import csv
import io
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from gongkai.ui.lists import REGISTRY, Begins, Between, Choice, Column, Listing, keyset
from gongkai.ui.lists.export import harmless
from gongkai.ui.parts import Empty, Sign
from gongkai.ui.tests.parcels import Parcel, table

pytestmark = pytest.mark.django_db


def listing(**changed) -> Listing:
    given = {
        "name": "parcels",
        "caption": "包裹",
        "sort": "due_on",
        "per_page": 3,
        "columns": [
            Column("title", "名称", sort=True, url=lambda p: f"/p/{p.pk}/"),
            Column("weight", "重量", kind="number", sort=True),
            Column("due_on", "到期", kind="date", sort=True),
            Column("light", "灯", value=lambda p: Sign("red", "逾期") if p.weight > 5 else None),
        ],
        "filters": [
            Choice("weight", "重量", [(1, "一"), (2, "二")]),
            Between("due", "到期", field="due_on"),
            Begins("title", "名称"),
        ],
        "empty": Empty("还没有包裹"),
    } | changed
    made = Listing(**given)
    del REGISTRY[made.name]
    return made


@pytest.fixture
def parcels(db):
    with table():
        yield Parcel.objects


def fill(days: list[int | None]) -> None:
    start = date(2026, 3, 1)
    Parcel.objects.all().delete()
    Parcel.objects.bulk_create(
        Parcel(
            pk=pk,
            title=f"包裹{pk:03}",
            weight=pk % 3,
            due_on=None if day is None else start + timedelta(days=day),
        )
        for pk, day in enumerate(days, start=1)
    )


def page(rf, query: str = "", **changed):
    return listing(**changed).page(rf.get(f"/parcels/{query}"), Parcel.objects.all())


def keys(shown) -> list[int]:
    return [int(line.key) for line in shown.lines]


def walk(rf, first: str, step: str) -> list[list[int]]:
    """Follow ``following`` or ``previous`` from a first page to the end."""
    shown = page(rf, first)
    pages = [keys(shown)]
    while getattr(shown, step):
        shown = page(rf, getattr(shown, step))
        pages.append(keys(shown))
        assert len(pages) < 50
    return pages


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    days=st.lists(st.one_of(st.none(), st.integers(0, 4)), max_size=17),
    sort=st.sampled_from(["due_on", "-due_on", "weight", "-weight", "title"]),
)
def test_paging_shows_every_row_once_in_order(rf, parcels, days, sort):
    fill(days)
    pages = walk(rf, f"?sort={sort}", "following")
    seen = [pk for part in pages for pk in part]
    field = sort.lstrip("-")
    rows = list(Parcel.objects.order_by("pk"))
    full = [row for row in rows if getattr(row, field) is not None]
    # Python's sort keeps equal rows in their order (by key) also when reversed, as a list must.
    full.sort(key=lambda row: getattr(row, field), reverse=sort.startswith("-"))
    empty = [row for row in rows if getattr(row, field) is None]
    assert seen == [row.pk for row in full + empty]


def test_going_back_shows_the_same_pages(rf, parcels):
    fill([3, None, 1, 1, 2, None, 0, 4, 4, 1])
    forth = walk(rf, "?sort=due_on", "following")
    shown = page(rf, "?sort=due_on")
    while shown.following:
        shown = page(rf, shown.following)
    back = [keys(shown)]
    while shown.previous:
        shown = page(rf, shown.previous)
        back.append(keys(shown))
    assert back == forth[::-1]


def test_rows_that_vanish_meanwhile_leave_the_first_page(rf, parcels):
    fill([1, 2, 3, 4])
    following = page(rf).following
    Parcel.objects.filter(pk__gte=3).delete()
    assert keys(page(rf, following)) == [1, 2]


def test_a_place_that_cannot_be_read_means_the_first_page(rf, parcels):
    fill([1, 2, 3, 4])
    for bad in ("x", "%E4%B8%AD", "W10", "bnVsbA"):
        assert keys(page(rf, f"?after={bad}")) == [1, 2, 3]


def test_a_place_of_another_order_is_not_used(rf, parcels):
    fill([1, 2, 3, 4])
    after = parse_qs(urlsplit(page(rf).following).query)["after"][0]
    assert keys(page(rf, f"?sort=-due_on&after={after}")) == [4, 3, 2]


def test_only_declared_orders_are_taken(rf, parcels):
    fill([2, 1])
    assert keys(page(rf, "?sort=note")) == [2, 1]
    assert keys(page(rf, "?sort=-pk")) == [2, 1]


def test_filters_narrow_and_are_remembered_in_every_address(rf, parcels):
    fill([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    shown = page(rf, "?weight=1")
    assert keys(shown) == [1, 4, 7]
    assert "weight=1" in shown.following
    assert "weight=1" in shown.csv
    assert shown.narrowed
    assert keys(page(rf, "?due_from=2026-03-03&due_to=2026-03-04")) == [3, 4]
    assert keys(page(rf, "?title=包裹01")) == [10, 11, 12]


def test_a_choice_that_is_not_offered_counts_as_none(rf, parcels):
    fill([0, 1])
    assert keys(page(rf, "?weight=7")) == [1, 2]


@pytest.mark.parametrize("query", ["due_from=2026-02-30", "due_from=2026-03-09&due_to=2026-03-01"])
def test_an_impossible_day_is_said_and_narrows_nothing(rf, parcels, query):
    fill([0, 1])
    shown = page(rf, f"?{query}")
    assert shown.filters[1].wrong
    assert keys(shown) == [1, 2]


def test_empty_says_whether_nothing_is_there_or_nothing_fits(rf, parcels):
    assert page(rf).empty.title == "还没有包裹"
    assert page(rf, "?weight=1").empty.title == "没有符合条件的记录"


def test_a_page_asks_one_question_and_counts_nothing(rf, parcels):
    fill(list(range(10)))
    with CaptureQueriesContext(connection) as asked:
        page(rf)
    assert len(asked) == 1
    assert "COUNT" not in asked[0]["sql"].upper()


def test_total_is_shown_only_while_nothing_is_filtered(rf, parcels):
    fill([1])
    made = listing()
    rows = Parcel.objects.all()
    assert made.page(rf.get("/"), rows, total=lambda: 7).total == 7
    assert made.page(rf.get("/?weight=1"), rows, total=7).total is None


def test_head_turns_the_order_round(rf, parcels):
    fill([1])
    heads = {h.text: h for h in page(rf, "?sort=weight").heads}
    assert heads["重量"].way == "ascending"
    assert heads["重量"].url == "?sort=-weight"
    assert heads["灯"].url == ""


def test_export_has_the_rows_of_the_list_and_no_others(rf, parcels):
    fill(list(range(8)))
    scope = Parcel.objects.exclude(pk=4)
    response = listing().answer(rf.get("/?export=csv&weight=1"), scope, "unused.html")
    data = b"".join(response.streaming_content)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows == [
        ["名称", "重量", "到期", "灯"],
        ["包裹001", "1", "2026-03-01", ""],
        ["包裹007", "1", "2026-03-07", ""],
    ]
    assert "attachment" in response["Content-Disposition"]


def test_export_stops_at_its_limit_and_says_so(rf, parcels):
    fill(list(range(8)))
    made = listing(export_limit=5)
    response = made.answer(rf.get("/?export=csv"), Parcel.objects.all(), "unused.html")
    rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert len(rows) == 7
    assert rows[-1].startswith('"只导出了前5条') or rows[-1].startswith("只导出了前5条")


def test_xlsx_keeps_days_numbers_and_dangerous_text_as_they_are(rf, parcels):
    Parcel.objects.create(pk=1, title="=1+1\x07", weight=9, due_on=date(2026, 3, 18))
    response = listing().answer(rf.get("/?export=xlsx"), Parcel.objects.all(), "unused.html")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    response.file_to_stream.close()
    title, weight, due, light = sheet[2]
    assert (title.value, title.data_type) == ("=1+1", "s")
    assert weight.value == 9
    assert due.value.date() == date(2026, 3, 18)
    assert light.value == "逾期"
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", " =1", "\t=1", "＝1", "\r1"])
def test_formulas_are_disarmed_in_csv(text):
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("value", ["三、1+1", "2026", -5, None, "交通=运输"])
def test_what_is_no_formula_stays(value):
    assert harmless(value) == value


def test_place_survives_its_trip(parcels):
    order = keyset.Order("due_on", nullable=True)
    for place in (keyset.Place(date(2026, 3, 1), 5), keyset.Place(None, 7)):
        assert keyset.decode(keyset.encode(place, order), order, Parcel) == place


def test_no_index_is_found_out():
    from gongkai.ui.lists.listing import _stands_in_index

    assert _stands_in_index(Parcel, "weight")
    assert _stands_in_index(Parcel, "title")
    assert _stands_in_index(Parcel, "shelf")
    assert _stands_in_index(Parcel, "pk")
    assert not _stands_in_index(Parcel, "note")


def test_every_list_of_the_house_sorts_and_filters_by_indexes():
    from django.urls import get_resolver

    assert get_resolver().url_patterns  # imports every view, and with them their lists
    found = {name: made.unindexed() for name, made in REGISTRY.items()}
    assert {name: fields for name, fields in found.items() if fields} == {}


def test_an_empty_list_offers_no_filters_unless_one_is_on(rf, parcels):
    from django.template import engines

    template = engines["django"].from_string("{% listing page %}")
    assert "<form" not in template.render({"page": page(rf)})
    assert "清除" in template.render({"page": page(rf, "?weight=1")})
