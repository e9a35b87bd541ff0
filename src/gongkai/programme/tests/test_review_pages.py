"""The page of review: proposals corrected, two people at once, split, merged; names settled."""

from __future__ import annotations

import pytest

from gongkai.programme.tests.factories import TABLE, read_now, row
from gongkai.programme.tests.pages import filled_in, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]


def test_the_review_shows_source_proposals_and_what_is_missing(office, document):
    html = text_of(office.get(url("document", document)))
    assert "明确政务公开专职人员" in html
    assert "还没有牵头单位" in html
    assert "照上一行填写" in html
    assert "待核对7条" in html


def test_the_review_asks_the_same_however_long_the_document(
    office, side, django_assert_max_num_queries
):
    short = read_now(side)
    rows = "".join(
        f"{n} |\n公开第{n}批重大交通建设项目的批准结果 |\n科技科 |\n2026年6月 |\n各部门 |\n||\n"
        for n in range(8, 88)
    )
    long = read_now(side, TABLE.replace("|||||\n", "科技科 |\n2026年6月 |\n各部门 |\n||\n") + rows)
    assert long.proposals.count() > 60
    asked = [queries_of(office, url("document", d)) for d in (short, long)]
    assert asked[1] <= asked[0] <= 40


def queries_of(browser, where):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(where)
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(where).status_code == 200
    return len(caught)


def test_the_empty_row_is_filled_like_the_row_above(office, document):
    seven = row(document, 7)
    response = office.post(url("inherit", seven), {"version": seven.version})
    assert response["Location"].endswith(f"#p{seven.pk}")
    seven.refresh_from_db()
    assert seven.lead == ["科技科"]
    assert seven.clock == {"kind": "cadence", "cadence": "quarterly"}
    assert seven.corrections.count() == 2
    office.post(url("accept", seven), {"version": seven.version})
    seven.refresh_from_db()
    assert seven.state == "accepted"


def test_a_step_leads_to_the_first_thing_that_waits(office, document):
    waiting = document.proposals.filter(state="proposed").order_by("order").first()
    page = text_of(office.get(url("document", document)))
    assert f'href="#p{waiting.pk}">核任务</a>' in page
    assert f'id="p{waiting.pk}"' in page


def test_accepting_what_has_gaps_is_refused_in_words(office, document):
    seven = row(document, 7)
    response = office.post(url("accept", seven), {"version": seven.version})
    assert response.status_code == 409
    assert "还没有牵头单位" in text_of(response)
    assert "还没有时限" in text_of(response)


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "date", "on": "2026-02-30"},
        {"kind": "date", "on": "2026-13-01"},
        {"kind": "date", "on": ""},
        {"kind": "date", "on": "明天"},
        {"kind": "within", "n": ""},
        {"kind": "within", "n": "0"},
        {"kind": "cadence", "cadence": "monthly", "day": "32"},
        {"kind": "none", "reason": ""},
        {"kind": "sometime"},
        {"text": "  "},
    ],
)
def test_impossible_clocks_are_said_at_their_field(office, document, changes):
    one = row(document, 1)
    response = office.post(url("proposal", one), filled_in(one, **changes))
    assert response.status_code == 200
    assert response.context["form"].errors
    one.refresh_from_db()
    assert one.corrections.count() == 0


def test_two_people_correct_one_proposal_and_nothing_is_lost(office, document):
    one = row(document, 1)
    first = filled_in(one, text="明确专职人员并报备", lead="局办公室")
    second = filled_in(one, text="明确分管领导和专职人员")
    assert office.post(url("proposal", one), first).status_code == 302
    response = office.post(url("proposal", one), second)
    assert response.status_code == 409
    shown = {d.label: (d.saved, d.typed) for d in response.context["theirs"]}
    assert shown["任务"] == ("明确专职人员并报备", "明确分管领导和专职人员")
    assert shown["牵头单位"] == ("局办公室", "局办公室、科技科")
    html = text_of(response)
    assert "别人刚刚改过这一条" in html
    assert "明确专职人员并报备" in html
    form = response.context["form"]
    assert form["text"].value() == "明确分管领导和专职人员"
    again = {**second, "version": form["version"].value()}
    assert office.post(url("proposal", one), again).status_code == 302
    one.refresh_from_db()
    assert one.text == "明确分管领导和专职人员"
    assert one.lead == ["局办公室", "科技科"]
    said = list(one.corrections.order_by("id").values_list("field", "after"))
    assert said[0] == ("text", "明确专职人员并报备")
    assert said[-2:] == [("text", "明确分管领导和专职人员"), ("lead", ["局办公室", "科技科"])]


def test_the_second_sees_the_third_too(office, document):
    """What came back is stale again when somebody saves before the second does."""
    one = row(document, 1)
    typed = filled_in(one, text="二")
    office.post(url("proposal", one), filled_in(one, text="一"))
    back = office.post(url("proposal", one), typed)
    one.refresh_from_db()
    office.post(url("proposal", one), filled_in(one, text="三"))
    typed["version"] = back.context["form"]["version"].value()
    response = office.post(url("proposal", one), typed)
    assert response.status_code == 409
    assert [d.saved for d in response.context["theirs"]] == ["三"]


def test_two_people_with_the_same_words_are_no_conflict_to_read(office, document):
    one = row(document, 1)
    typed = filled_in(one, text="明确专职人员并报备")
    office.post(url("proposal", one), typed)
    response = office.post(url("proposal", one), typed)
    assert response.status_code == 302
    one.refresh_from_db()
    assert one.corrections.count() == 1


def test_dropping_and_restoring(office, document):
    one = row(document, 1)
    response = office.post(url("drop", one), {"version": one.version, "reason": ""})
    assert response.status_code == 409
    assert "不列入任务要写明原因" in text_of(response)
    response = office.post(url("drop", one), {"version": one.version, "reason": "字" * 301})
    assert response.status_code == 409
    assert "原因：" in text_of(response)
    office.post(url("drop", one), {"version": one.version, "reason": "与第2项重复"})
    one.refresh_from_db()
    html = text_of(office.get(url("document", document)))
    assert "与第2项重复" in html
    office.post(url("restore", one), {"version": one.version})
    one.refresh_from_db()
    assert one.state == "proposed"


def test_splitting_and_merging(office, document):
    one, two = row(document, 1), row(document, 2)
    response = office.post(url("split", one), {"version": one.version, "texts": "只有一条"})
    assert response.status_code == 409
    response = office.post(url("split", one), {"version": one.version, "texts": "甲\n\n乙\n"})
    first, second = document.proposals.filter(text__in=["甲", "乙"]).order_by("id")
    assert response["Location"].endswith(f"#p{first.pk}")
    lone = office.post(url("merge", document), {"chosen": [f"{first.pk}:1"]})
    assert lone.status_code == 409
    assert "两条以上" in text_of(lone)
    chosen = [f"{first.pk}:1", f"{second.pk}:1", f"{two.pk}:{two.version}"]
    assert office.post(url("merge", document), {"chosen": chosen}).status_code == 302
    assert document.proposals.filter(text="甲\n乙\n修订信息公开指南", state="proposed").exists()
    assert office.post(url("merge", document), {"chosen": ["x"]}).status_code == 404


def test_an_old_page_is_refused_and_changes_nothing(office, document):
    one = row(document, 1)
    office.post(url("accept", one), {"version": one.version})
    response = office.post(url("drop", one), {"version": one.version, "reason": "旧"})
    assert response.status_code == 409
    assert "别人刚刚改过这一条" in text_of(response)
    one.refresh_from_db()
    assert one.state == "accepted"


def test_a_button_without_its_version_is_refused(office, document):
    one = row(document, 1)
    assert office.post(url("accept", one)).status_code == 409
    one.refresh_from_db()
    assert one.state == "proposed"


@pytest.fixture
def unknown(side):
    text = TABLE.replace("局办公室牵头", "信息中心牵头")
    return read_now(side, text).names.get(text="信息中心")


def test_a_name_is_settled_on_its_page(office, side, unknown):
    html = text_of(office.get(url("document", unknown.document)))
    assert "信息中心" in html
    response = office.post(url("settle_name", unknown), {"version": unknown.version})
    assert response.status_code == 409
    assert "选至少一个单位" in text_of(response)
    office.post(
        url("settle_name", unknown), {"version": unknown.version, "units": [side.section.pk]}
    )
    unknown.refresh_from_db()
    assert unknown.settled
    assert list(unknown.units.all()) == [side.section]


def test_a_unit_of_another_body_cannot_be_slipped_in(office, world, unknown):
    sent = {"version": unknown.version, "units": [world.other.section.pk]}
    assert office.post(url("settle_name", unknown), sent).status_code == 409
    unknown.refresh_from_db()
    assert not unknown.settled


def test_an_unknown_unit_is_created_from_its_name(office, unknown):
    office.post(url("create_unit", unknown), {"version": unknown.version})
    unknown.refresh_from_db()
    assert unknown.settled
    assert [unit.name for unit in unknown.units.all()] == ["信息中心"]
