"""A sheet goes out, is filled in beside the system, comes back, is compared and taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from gongkai.demo import documents
from gongkai.demo.city import City
from gongkai.outbox import api as outbox
from gongkai.programme import api as programme
from gongkai.progress import api as progress
from gongkai.progress.models import Entry
from gongkai.sheets.models import Sheet
from tests.journeys.journey import Journey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def bind(city: City) -> None:
    """Make the demo's division table binding, as its year begins."""
    zhou = city.people["zhoumin"]
    document = programme.receive_document(
        actor=zhou, body=city.bureau, upload=documents.table_docx(), name="责任分工表.docx"
    )
    outbox.drain()
    document.refresh_from_db()
    for name in document.names.filter(settled=False):
        units = [city.units["科技科"]]
        programme.settle_name(name, actor=zhou, units=units, expected=name.version)
    programme.accept_clear(document, actor=zhou)
    for proposal in document.proposals.filter(state="proposed"):
        programme.drop(proposal, actor=zhou, expected=proposal.version, reason="不单列")
    document.refresh_from_db()
    programme.bind(document, actor=zhou, expected=document.version, year=2026)


def send(journey: Journey, unit: str) -> Sheet:
    """Make a sheet for one unit on the page."""
    page = journey.page
    journey.visitor.go("/sheets/")
    page.get_by_role("link", name="发填报表").click()
    journey.look("send")
    page.get_by_label(unit).check()
    journey.press("生成填报表")
    return Sheet.objects.get()


def fill(journey: Journey, folder: Path, broken: bool) -> Path:
    """Download the workbook and fill it in as the unit does."""
    with journey.page.expect_download() as download:
        journey.page.get_by_role("link", name="下载空表").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    book = load_workbook(path)
    page = book.worksheets[0]
    page["E4"], page["F4"], page["H4"] = "已印发实施方案。", "人手不足", "是"
    page["E5"] = "=1+1" if broken else "已开展自查。"
    book.save(path)
    return path


def give_back(journey: Journey, path: Path) -> None:
    """Upload the filled-in workbook on the sheet's page."""
    page = journey.page
    form = page.locator("details", has_text="传交回的表").last
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    form.locator("input[type=file]").set_input_files(path)
    journey.press("传交回的表", within=form.locator("form"))


@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_a_sheet_goes_out_and_comes_back(
    browser_page: Any, city: City, sit: str, tmp_path: Path
) -> None:
    bind(city)
    getattr(browser_page, sit)()
    journey = Journey(browser_page, f"sheets-{sit}")
    page = journey.page
    journey.sign_in("zhoumin")
    sheet = send(journey, "清江市道路运输管理处")
    assert sheet.unit == city.units["运管处"]
    journey.look("sent")
    browser_page.expects(409)
    give_back(journey, fill(journey, tmp_path, broken=True))
    page.get_by_text("第5行：“进展情况”是公式，请改成文字。").wait_for()
    browser_page.check()
    journey.visitor.go(f"/sheets/{sheet.pk}/")
    give_back(journey, fill(journey, tmp_path, broken=False))
    assert page.get_by_role("heading", name="核对差异").is_visible()
    second = sheet.rows.get(order=2)
    progress.key_in_progress(  # meanwhile somebody wrote about the second task
        [progress.Said(second.task, "科室另填的进展。")],
        unit=sheet.unit,
        actor=city.people["zhoumin"],
    )
    page.reload()
    assert page.get_by_text("科室另填的进展。").is_visible()
    journey.look("differences")
    boxes = page.locator("input[name=rows]")
    assert [box.is_checked() for box in boxes.all()] == [True, False]
    journey.press("采用勾选的行")
    page.get_by_text("已采用，记入各项任务的进展。").wait_for()
    journey.look("taken")
    entry = Entry.objects.get(task=sheet.rows.get(order=1).task)
    assert (entry.unit, entry.progress) == (sheet.unit, "已印发实施方案。")
    journey.visitor.go(f"/programme/tasks/{entry.task_id}/")
    assert page.get_by_role("link", name=str(sheet)).is_visible()
    assert not journey.wrong, "\n".join(sorted(set(journey.wrong)))
