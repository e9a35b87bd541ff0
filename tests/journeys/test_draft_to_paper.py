"""The year's report from its records to paper: a figure opened, one changed, mended, issued."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from docx import Document
from playwright.sync_api import expect

from gongkai.demo import documents
from gongkai.demo.year import bind_document
from gongkai.outbox import api as outbox
from gongkai.reports.models import Draft
from tests.journeys.journey import Journey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def start(journey: Journey) -> Draft:
    """Have the report drafted and arrive at it."""
    page = journey.page
    journey.visitor.go(reverse("reports:drafts"))
    journey.look("none")
    page.get_by_role("link", name="起草报告").click()
    journey.look("start")
    page.locator("[name=as_of]").fill("2026-11-20")
    page.locator("[name=recipient]").fill("清江市人民政府办公室")
    journey.press("起草")
    page.get_by_text("已按台账起草").wait_for()
    return Draft.objects.latest("pk")


def open_a_figure(journey: Journey, draft: Draft) -> None:
    """Open what the number of tasks counts and come back."""
    page = journey.page
    tie = draft.passages.get(heading="").ties.get(key="tasks")
    page.locator("a.tied", has_text=tie.value).first.click()
    assert len(tie.members) == int(tie.value)
    expect(page.locator(".members li")).to_have_count(len(tie.members))
    journey.look("figure")
    page.locator("main, header").get_by_role("link", name=draft.title).first.click()


def rewrite(journey: Journey, draft: Draft) -> None:
    """Write another number, be told beside the text before anything is kept, mend it, save."""
    page = journey.page
    passage = draft.passages.get(heading="总体情况")
    page.get_by_role("link", name="改“总体情况”这一段").click()
    box = page.locator("[name=text]")
    right = box.input_value()
    due = passage.ties.get(key="due").value
    box.fill(right.replace(f"事项{due}件", "事项99件", 1))
    beside = page.locator("#beside")
    beside.get_by_text("改成了“99”").wait_for()
    journey.visitor.shot(f"{journey.name}-doubt-{page.viewport_size['width']}")
    passage.refresh_from_db()
    assert "99" not in passage.text
    box.fill(f"{right}\n局党组两次听取汇报。")
    beside.get_by_text("数字未见疑问").wait_for()
    journey.press("保存")
    expect(page.get_by_text("局党组两次听取汇报。")).to_be_visible()


def issue(journey: Journey, draft: Draft) -> None:
    """Issue the report and open the paper that was made of it."""
    page = journey.page
    page.locator("summary", has_text="定稿").first.click()
    journey.press("定稿", within=page.locator("form[action$='/issue/']"))
    page.get_by_text("已定稿，正在生成").wait_for()
    outbox.drain()
    page.reload()
    journey.look("issued")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word", exact=True).click()
    words = Document(io.BytesIO(download.value.path().read_bytes()))
    assert words.paragraphs[0].text == draft.title


@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_the_report_is_drafted_rewritten_and_issued(browser_page: Any, city: Any, sit: str) -> None:
    bind_document(city, documents.table_docx(), "2026年责任分工表.docx", date(2026, 2, 27))
    getattr(browser_page, sit)()
    journey = Journey(browser_page, "draft")
    journey.sign_in("zhoumin")
    draft = start(journey)
    journey.look("drafted")
    open_a_figure(journey, draft)
    rewrite(journey, draft)
    issue(journey, draft)
    assert not journey.wrong, "\n".join(sorted(set(journey.wrong)))
