"""Pages of documents and their review: who is let in, what is said, what is kept."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongkai.accounts.api import Role
from gongkai.kernel import clock
from gongkai.programme import actions
from gongkai.programme.jobs import read_document
from gongkai.programme.models import Document, Programme
from gongkai.programme.tests.factories import TABLE, accept_all, at, bound_now, read_now, row
from gongkai.programme.tests.scope import ALLOWED, SAMPLES
from gongkai.reading.tests.builders import as_pdf

pytestmark = pytest.mark.django_db


def encrypted_docx():
    """The head of the container in which Word keeps a document under a password."""
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1016 + name + b"\x00" * 512


TAKES_POST_ONLY = {
    f"programme:{name}"
    for name in (
        *("withdraw", "accept_clear", "merge", "create_unit", "accept", "inherit", "drop"),
        *("restore", "split", "add_evidence", "report_done", "record_trigger"),
        "set_superior_date",
    )
}


@pytest.fixture(autouse=True)
def in_march():
    with clock.at(at(date(2026, 3, 2))):
        yield


@pytest.fixture
def side(world):
    return world.own


@pytest.fixture
def office(client, side):
    """A browser at which the openness office is signed in."""
    client.force_login(side.openness_office)
    return client


@pytest.fixture
def document(side):
    return read_now(side)


def text_of(response):
    return response.content.decode()


def url(name, row):
    return reverse(f"programme:{name}", args=[row.pk])


def filled_in(proposal, **changes):
    """What the page of a proposal sends when a person changed some fields."""
    sent = {
        "version": proposal.version,
        "text": proposal.text,
        "lead": "、".join(proposal.lead),
        "support": "、".join(proposal.support),
        "clause": proposal.clause,
        "superior": proposal.superior,
        **(proposal.clock or {"kind": ""}),
    }
    return {k: v for k, v in (sent | changes).items() if not isinstance(v, list | tuple)}


# -- who is let in -----------------------------------------------------------------------------


@pytest.mark.parametrize("own", [True, False], ids=["own", "other"])
def test_each_address_lets_in_whom_it_should(client, world, own):
    wrong = []
    samples = {name: sample(world, own) for name, sample in SAMPLES.items()}
    for role, user in world.own.people.items():
        client.force_login(user)
        for name, words in samples.items():
            send = client.post if name in TAKES_POST_ONLY else client.get
            status = send(reverse(name, kwargs=words)).status_code
            allowed = ALLOWED[name] == "all" or role in ALLOWED[name]
            fits = (200, 302, 409, 422) if allowed else (403, 404)
            if not own and words:
                fits = (404,)
            if status not in fits:
                wrong.append(f"{role} {name}: {status}")
    assert wrong == []


def test_strangers_are_sent_to_sign_in(client, world):
    for name, sample in SAMPLES.items():
        answer = client.get(reverse(name, kwargs=sample(world, True)))
        assert answer.status_code == 302, name
        assert urlsplit(answer["Location"]).path == reverse("account_login"), name


def test_what_changes_something_is_no_link(client, world):
    client.force_login(world.own.openness_office)
    for name in TAKES_POST_ONLY:
        where = reverse(name, kwargs=SAMPLES[name](world, True))
        assert client.get(where).status_code == 405, name


def test_the_platforms_administrator_sees_no_work(client, side):
    bound_now(side)
    client.force_login(side.platform_admin)
    for name in ("documents", "tasks", "board"):
        assert "明确政务公开专职人员" not in text_of(client.get(reverse(f"programme:{name}")))


def test_who_only_looks_gets_no_buttons(client, side, document):
    client.force_login(side.leader)
    html = text_of(client.get(url("document", document)))
    assert "明确政务公开专职人员" in html
    for button in ("采纳没有疑问的", "照上一行填写", "合并勾选的任务", "撤回"):
        assert button not in html
    one = row(document, 1)
    assert not any(url(verb, one) in html for verb in ("accept", "drop", "split", "proposal"))
    name = document.names.get(text="科技科")
    html = text_of(client.get(url("settle_name", name)))
    assert "只有本单位政务公开办可以这样做" in html
    assert 'name="units"' not in html


# -- taking in ---------------------------------------------------------------------------------


def upload(browser, data, name, **more):
    sent = {"file": SimpleUploadedFile(name, data), **more}
    return browser.post(reverse("programme:receive"), sent)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "空.txt", "空"),
        (b"\x00\x01\x02" * 400, "乱.txt", "。"),
        (b"MZ" + b"\x90" * 400, "程序.exe", "。"),
        (encrypted_docx(), "加密.docx", "密码"),
        (b"PK\x03\x04" + b"x" * 300, "坏.docx", "。"),
        ("字" * 7_100_000, "太大.txt", "20"),
    ],
    ids=["empty", "binary", "program", "encrypted", "broken-docx", "too-large"],
)
def test_what_cannot_be_taken_says_why_and_leaves_no_document(office, data, name, says):
    response = upload(office, data.encode() if isinstance(data, str) else data, name)
    errors = response.context["form"].errors.get("file")
    assert errors, "no sentence at the field"
    assert says in "".join(errors)
    assert all(error in text_of(response) for error in errors)
    assert not Document.objects.exists()


def test_neither_or_both_of_file_and_text(office):
    for sent in ({}, {"file": SimpleUploadedFile("a.txt", TABLE.encode()), "pasted": TABLE}):
        response = office.post(reverse("programme:receive"), sent)
        assert "请选一个文件，或粘贴正文，二者取一。" in text_of(response)
    assert not Document.objects.exists()


def test_pasted_text_comes_in_and_waits_for_the_worker(office):
    response = office.post(reverse("programme:receive"), {"pasted": TABLE, "title": "分工表"})
    document = Document.objects.get()
    assert response["Location"] == url("document", document)
    html = text_of(office.get(url("document", document)))
    assert "正在读取" in html
    progress = office.get(url("progress", document))
    assert "HX-Refresh" not in progress.headers


def test_a_title_that_a_person_gave_stays(side):
    given = "2026年责任分工（局务会定稿）"
    document = actions.receive_document(
        actor=side.openness_office,
        body=side.body,
        upload=TABLE.encode(),
        name="a.txt",
        title=given,
    )
    read_document(f"programme.document:{document.pk}", set())
    document.refresh_from_db()
    assert (document.state, document.title) == ("read", given)


def test_progress_ends_when_the_document_is_read(office, document):
    assert office.get(url("progress", document))["HX-Refresh"] == "true"


@pytest.mark.parametrize(
    ("data", "says"),
    [(as_pdf(password="x"), "密码"), (b"%PDF-1.7\n" + b"broken" * 50, "损坏")],
    ids=["encrypted", "broken"],
)
def test_what_only_the_reader_finds_unreadable_says_why(office, data, says):
    """A .pdf shows what ails it only when it is parsed, which the worker does."""
    upload(office, data, "文件.pdf")
    document = Document.objects.get()
    read_document(f"programme.document:{document.pk}", set())
    document.refresh_from_db()
    assert document.state == "unreadable"
    html = text_of(office.get(url("document", document)))
    assert says in html
    assert "无法读取" in html
    assert not document.proposals.exists()


def test_withdrawing_without_a_reason_is_refused_in_words(office, document):
    version = document.version
    response = office.post(url("withdraw", document), {"version": version, "reason": ""})
    assert response.status_code == 409
    assert "撤回文件要写明原因" in text_of(response)
    office.post(url("withdraw", document), {"version": version, "reason": "传错了"})
    document.refresh_from_db()
    assert document.state == "withdrawn"
    assert "传错了" in text_of(office.get(url("document", document)))


# -- review ------------------------------------------------------------------------------------


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


# -- names -------------------------------------------------------------------------------------


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


# -- binding -----------------------------------------------------------------------------------


def test_binding_says_what_is_still_open(office, document):
    html = text_of(office.get(url("bind", document)))
    assert "还有7条拟任务待核对" in html
    assert "还没有采纳任何任务" in html


@pytest.mark.parametrize(
    ("sent", "year", "history"),
    [
        ({"mode": "moved", "year": "2027"}, 2027, None),
        ({"mode": "history"}, 2026, date(2026, 12, 31)),
    ],
)
def test_binding_in_each_way(office, side, sent, year, history):
    with clock.at(at(date(2027, 2, 1))):
        document = read_now(side)
        accept_all(side, document)
        page = text_of(office.get(url("bind", document)))
        assert "这是2026年的文件" in page
        response = office.post(url("bind", document), {"version": document.version, **sent})
        programme = Programme.objects.get()
        board = text_of(office.get(response["Location"]))
    assert (programme.year, programme.history_until) == (year, history)
    assert "已下达，共6项任务" in board


@pytest.mark.parametrize("year", ["", "1999", "二零二六", "99999"])
def test_new_dates_want_a_possible_year(office, side, document, year):
    accept_all(side, document)
    sent = {"version": document.version, "mode": "moved", "year": year}
    response = office.post(url("bind", document), sent)
    assert response.status_code == 200
    assert "year" in response.context["form"].errors
    assert not Programme.objects.exists()


def test_a_year_that_has_not_ended_is_no_history(office, side, document):
    accept_all(side, document)
    response = office.post(url("bind", document), {"version": document.version, "mode": "history"})
    assert response.status_code == 200
    assert "mode" in response.context["form"].errors
    assert not Programme.objects.exists()


def test_the_running_year_is_bound_with_its_own_dates(office, side, document):
    accept_all(side, document)
    sent = {"version": document.version, "mode": "current"}
    office.post(url("bind", document), sent)
    programme = Programme.objects.get()
    assert (programme.year, programme.history_until) == (2026, None)


def test_a_bound_document_opens_no_more_corrections(office, side):
    document = bound_now(side).document
    one = row(document, 1)
    html = text_of(office.get(url("proposal", one)))
    assert "文件已下达或已撤回" in html
    assert 'name="text"' not in html


# -- a later version ---------------------------------------------------------------------------


def test_a_later_version_shows_what_it_changes(office, side):
    programme = bound_now(side)
    text = TABLE.replace("2026年11月底前", "2026年10月底前").replace(
        "检查局网站", "培训全体信息员，讲解新规定的要求"
    )
    where = url("new_version", programme.document)
    assert "放进新版本" in text_of(office.get(where))
    office.post(where, {"file": SimpleUploadedFile("新分工表.txt", text.encode())})
    later = Document.objects.get(replaces=programme.document)
    read_document(f"programme.document:{later.pk}", set())
    later.refresh_from_db()
    html = text_of(office.get(url("changes", later)))
    assert "有改动 1项" in html
    assert "2026年11月30日前完成 → 2026年10月31日前完成" in html
    assert "培训全体信息员" in html
    assert "已删去" in html
    accept_all(side, later)
    sent = {"version": later.version, "mode": "current", "drop_removed": "on"}
    office.post(url("bind", later), sent)
    programme.refresh_from_db()
    assert programme.document == later
    assert office.get(where).status_code == 409


def test_a_document_without_an_earlier_one_changes_nothing(office, document):
    html = text_of(office.get(url("changes", document)))
    assert "没有原版本" in html
    assert "新版本没有的任务" not in text_of(office.get(url("bind", document)))


@pytest.mark.parametrize("role", [r for r in Role if r != Role.PLATFORM_ADMIN])
def test_each_role_reads_the_list_of_documents(client, side, document, role):
    client.force_login(side.people[role])
    html = text_of(client.get(reverse("programme:documents")))
    sees = role not in (Role.OFFICER, Role.SECTION_HEAD)
    assert (document.title in html) == sees
