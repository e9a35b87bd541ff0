"""A training is recorded with its material and stands as evidence on the page of its task."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from gongkai.demo import documents
from gongkai.demo.year import bind_document
from gongkai.programme.models import Task
from gongkai.records.models import Record
from tests.journeys.journey import Journey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_a_training_is_recorded_and_proves_its_task(
    browser_page: Any, city: Any, sit: str, tmp_path: Path
) -> None:
    bind_document(city, documents.table_docx(), "2026年责任分工表.docx", date(2026, 2, 27))
    task = Task.objects.get(text__contains="条例培训")
    getattr(browser_page, sit)()
    journey = Journey(browser_page, "record")
    page = journey.page
    journey.sign_in("zhoumin")
    journey.visitor.go("/records/year/")
    journey.look("owed")
    journey.press("列入时限")
    page.get_by_text("已列入3件时限。").wait_for()
    journey.visitor.go("/records/")
    page.locator("summary", has_text="登记").click()
    page.get_by_role("link", name="培训", exact=True).click()
    journey.look("write")
    page.locator("[name=title]").fill("政府信息公开条例培训（第一期）")
    page.locator("[name=count]").fill("46")
    page.locator("[name=said]").fill("条例释义")
    page.locator("[name=people]").fill("李建华｜局党组｜局长\n周敏｜办公室")
    journey.press("登记")
    page.get_by_text("已登记。").wait_for()
    page.locator("summary", has_text="补充材料").click()
    sheet = tmp_path / "签到表.txt"
    sheet.write_text("李建华\n周敏")
    page.locator("details[open] input[name=file]").set_input_files(sheet)
    journey.press("补充材料", within=page.locator("details[open]"))
    page.get_by_role("link", name="签到表.txt").wait_for()
    page.locator("summary", has_text="作为任务的佐证").click()
    page.locator("details[open] select[name=task]").select_option(str(task.pk))
    journey.press("作为任务的佐证", within=page.locator("details[open]"))
    page.get_by_text("已作为佐证。").wait_for()
    journey.look("record")
    page.get_by_role("link", name=task.text).click()
    record = Record.objects.get()
    expect(page.locator(f"main a[href='/records/{record.pk}/']")).to_be_visible()
    journey.look("task")
    journey.visitor.go("/records/year/")
    assert page.get_by_text("已有").is_visible()
    assert not journey.wrong, "\n".join(sorted(set(journey.wrong)))
