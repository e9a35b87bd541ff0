"""The pages of information: the whole way, what stays typed, how many questions, how they look."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.approvals import api as approvals
from gongkai.kernel.identifiers import subject_key
from gongkai.outbox import api as outbox
from gongkai.publications import actions, queries
from gongkai.publications.models import Edition, Item
from gongkai.publications.states import EditionState, Kind, WithdrawReason
from gongkai.publications.tests.factories import (
    SECRET,
    again,
    checked,
    drafted,
    published,
    sent,
    signed,
    with_file,
    withdrawn,
)

pytestmark = pytest.mark.django_db(transaction=True)


def url(name, pk=None):
    return reverse(f"publications:{name}", args=[pk] if pk else [])


def shown(client, name, pk=None):
    answer = client.get(url(name, pk))
    assert answer.status_code == 200
    return answer.content.decode()


TYPED = {
    "title": "关于春运安排的公告",
    "kind": "news",
    "issuers": "清江市交通运输局\n清江市公安局",
    "attribute": "proactive",
    "audience": "public",
    "abstract": "公布春运安排。",
    "source": "清江市交通运输局",
    "text": "第一段。\n第二段，联系电话13800138000。",
}


def test_the_whole_way_by_the_pages(client, side):
    client.force_login(side.officer)
    asked = {"unit": side.section.pk, "kind": "news", "title": "关于春运安排的公告"}
    answer = client.post(url("begin"), asked)
    edition = Edition.objects.get()
    assert answer["Location"] == url("edit", edition.pk)
    page = shown(client, "item", edition.item_id)
    assert "请填写内容概述，公开目录要用。" in page
    client.post(url("edit", edition.pk), {**TYPED, "version": edition.version})
    edition = again(edition)
    assert edition.text == "<p>第一段。</p>\n<p>第二段，联系电话13800138000。</p>"
    assert edition.issuers == ["清江市交通运输局", "清江市公安局"]
    client.post(url("ask_check", edition.pk), {"version": edition.version})
    assert "正在检查" in shown(client, "item", edition.item_id)
    outbox.drain()
    assert client.get(url("checking", edition.pk))["HX-Refresh"] == "true"
    edition = again(edition)
    page = shown(client, "item", edition.item_id)
    assert "138****8000" in page
    (finding,) = queries.findings_of(queries.check_of(edition))
    answer = client.post(url("send", edition.pk), {"version": edition.version})
    assert answer.status_code == 409
    assert "发布前检查还有1处没有处理" in answer.content.decode()
    data = {"version": finding.version, f"f{finding.pk}-reason": "公开的值班电话"}
    client.post(url("overrule", finding.pk), data)
    assert "公开的值班电话" in shown(client, "item", edition.item_id)
    client.post(url("send", edition.pk), {"version": edition.version})
    assert again(edition).state == EditionState.SENT
    page = shown(client, "item", edition.item_id)
    assert "取回修改" in page


def test_what_another_saved_is_shown_beside_what_was_typed(client, side):
    edition = drafted(side)
    seen = edition.version
    actions.save(
        edition,
        actor=side.section_head,
        what=actions.Draft(title="科长先改的", text="<p>科长的正文</p>"),
        expected=seen,
    )
    client.force_login(side.officer)
    answer = client.post(url("edit", edition.pk), {**TYPED, "version": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "科长的正文" in page
    assert "第一段。" in page
    assert f'value="{again(edition).version}"' in page, "saving again takes what was seen"
    assert again(edition).title == "科长先改的"


def test_the_openness_office_publishes_times_and_withdraws(client, side):
    edition = signed(side)
    client.force_login(side.openness_office)
    data = {"version": edition.version, "at_0": "2026-03-03", "at_1": "09:00"}
    client.post(url("schedule", edition.pk), data)
    assert again(edition).state == EditionState.SCHEDULED
    edition = again(edition)
    client.post(url("unschedule", edition.pk), {"version": edition.version})
    edition = again(edition)
    client.post(url("publish", edition.pk), {"version": edition.version})
    edition = again(edition)
    assert edition.state == EditionState.PUBLISHED
    assert edition.title in shown(client, "read", edition.item_id)
    assert edition.title in shown(client, "ledger")
    data = {"version": edition.version, "reason": "other", "note": ""}
    answer = client.post(url("withdraw", edition.pk), data)
    assert answer.status_code == 409
    assert "选“其他”要写明情况。" in answer.content.decode()
    client.post(url("withdraw", edition.pk), {**data, "note": "发错了"})
    assert again(edition).state == EditionState.WITHDRAWN
    assert client.get(url("read", edition.item_id)).status_code == 404


def test_files_are_added_and_taken_out(client, side):
    from django.core.files.uploadedfile import SimpleUploadedFile

    edition = drafted(side)
    client.force_login(side.officer)
    data = {
        "version": edition.version,
        "role": "attachment",
        "upload": SimpleUploadedFile("计划.txt", "养护计划".encode()),
    }
    client.post(url("add_file", edition.pk), data)
    (row,) = queries.files_of(edition)
    assert "计划.txt" in shown(client, "item", edition.item_id)
    client.post(url("remove_file", row.pk), {"version": again(edition).version})
    assert not queries.files_of(edition)
    bad = {
        "version": again(edition).version,
        "role": "attachment",
        "upload": SimpleUploadedFile("x.docx", b"MZ\x00"),
    }
    answer = client.post(url("add_file", edition.pk), bad)
    assert answer.status_code in (409, 422)
    assert not queries.files_of(edition)


def test_an_image_answers_its_address_or_why_not(client, side):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gongkai.publications.tests.test_taking import picture

    edition = drafted(side)
    client.force_login(side.officer)
    where = url("images", edition.pk)
    seen = edition.version
    answer = client.post(where, {"file": SimpleUploadedFile("图.png", picture())})
    src = answer.json()["src"]
    assert [one["src"] for one in client.get(where).json()["images"]] == [src]
    text = f'<figure><img src="{src}" alt="路线图"></figure><p>字</p>'
    client.post(url("edit", edition.pk), {**TYPED, "text": text, "version": seen})
    assert src in again(edition).text, "a picture put in meanwhile makes nobody's page stale"
    answer = client.post(where, {"file": SimpleUploadedFile("图.png", b"no image")})
    assert answer.status_code >= 400
    assert answer.json()["error"]


def test_a_word_document_is_dropped_in(client, side):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from gongkai.publications.tests.test_taking import LINES, word

    client.force_login(side.officer)
    asked = {"unit": side.section.pk, "kind": "policy"}
    assert "请填写标题，或选一个Word文件。" in client.post(url("begin"), asked).content.decode()
    upload = SimpleUploadedFile("通知.docx", word(*LINES))
    client.post(url("begin"), {**asked, "upload": upload})
    assert Edition.objects.get().document_number == "清交发〔2026〕8号"


def test_the_rule_of_index_numbers(client, side):
    client.force_login(side.openness_office)
    assert "{year}-{serial:5}" in shown(client, "grammar")
    answer = client.post(url("grammar"), {"pattern": "清江", "version": 0})
    assert "有且只有一处流水号" in answer.content.decode()
    client.post(url("grammar"), {"pattern": "QJ/{year}-{serial:3}", "version": 0})
    assert "QJ/{year}-{serial:3}" in shown(client, "grammar")
    edition = checked(side, drafted(side))
    assert edition.item.index_number == "QJ/2026-001"


def _questions(client, where):
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    return len(asked)


def test_lists_ask_as_much_for_many_rows_as_for_few(client, side):
    published(side)
    client.force_login(side.openness_office)
    register, ledger = _questions(client, url("register")), _questions(client, url("ledger"))
    for _ in range(4):
        published(side)
    drafted(side, kind=Kind.ANNOUNCEMENT)
    assert Item.objects.count() == 6
    assert _questions(client, url("register")) == register <= 10
    assert _questions(client, url("ledger")) == ledger <= 10


def test_who_only_looks_is_offered_nothing(client, side):
    edition = sent(side)
    client.force_login(side.auditor)
    page = shown(client, "item", edition.item_id)
    assert "由科技信息科办理，您可以查看。" in page
    assert "取回修改" not in page


def test_home_says_what_waits_for_whom(client, side):
    waits = signed(side, title="签完等发布的")
    back = sent(side, title="退回要改的")
    round_ = approvals.newest_round(subject_key(back))
    (step,) = approvals.ready_steps(round_)
    approvals.return_to_drafter(
        step, actor=side.section_head, digest=back.digest, reason="日期不对"
    )
    outbox.drain()
    late = drafted(side, title="快到期的", formed_on=date(2026, 1, 30))
    fresh = drafted(side, title="刚起草的")

    def told(user):
        client.force_login(user)
        page = client.get("/").content.decode()
        return [one.title for one in (waits, back, late, fresh) if one.title in page]

    assert told(side.officer) == [back.title, late.title]
    assert told(side.openness_office) == [waits.title]
    assert told(side.auditor) == []


@pytest.mark.browser
def test_axe_finds_nothing(browser_page, side):
    edition = checked(side, with_file(side, drafted(side, text=f"<p>{SECRET}</p>")))
    withdrawn(side, published(side), WithdrawReason.WRONG)
    out = published(side)
    browser_page.sign_in(side.openness_office)
    pages = [
        ("register", None),
        ("ledger", None),
        ("begin", None),
        ("grammar", None),
        ("item", edition.item_id),
        ("edition", edition.pk),
        ("edit", edition.pk),
        ("item", out.item_id),
        ("read", out.item_id),
    ]
    for name, pk in pages:
        assert browser_page.look(url(name, pk), f"publications_{name}") == [], name
