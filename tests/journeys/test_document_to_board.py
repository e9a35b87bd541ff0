"""From a document to the board: an office drops in its table and its people work the tasks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from gongkai.demo.city import City
from gongkai.programme.models import Document, Programme, Task
from tests.journeys.journey import Journey, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OWN = Path(__file__).with_name("division_table.txt")
REAL = Path(__file__).resolve().parents[3] / "shared" / "documents"
OFFICERS = {
    1: {"办公室", "公路中心", "运管处", "水路中心", "执法支队"},
    8: {"科技科"},
    10: {"运输科", "运管处"},
    12: {"法规科"},
    13: {"审批科", "法规科"},
    22: {"科技科"},
    23: {"科技科"},
    24: {"审批科"},
}
"""Row → who leads it, alike in the real table and in our own of its shape."""

SUPPORT_OF_8 = {"运输科", "水运科", "基建科"}


def drop_in(journey: Journey, path: Path) -> Document:
    """Give the file to the page, watch it being read, and arrive at its review."""
    page = journey.page
    journey.visitor.go("/programme/receive/")
    journey.look("receive")
    page.locator("main input[name=file]").set_input_files(path)
    journey.press("开始读取")
    page.get_by_text("任务和原文").wait_for(timeout=20_000)
    journey.visitor.check()
    return Document.objects.get()


def settle_names(journey: Journey) -> int:
    """Say on the page who is meant by each name that the reader could not tell."""
    page = journey.page
    count = 0
    while (row := page.locator("#names table.names").first.locator("tbody tr")).count():
        if not row.first.locator("details").count():
            break
        first = row.first
        name = first.locator("th").inner_text()
        first.locator("summary").click()
        units = ["执法支队"] if "执法" in name else ["科技信息科", "政策法规科"]
        for unit in units:
            first.get_by_label(re.compile(unit)).check()
        journey.press("选定", within=first.locator("form.opened"))
        count += 1
    return count


def tasks_on_board(journey: Journey, programme: Programme) -> set[str]:
    """Follow every lane of the board to its end and return the addresses of all tasks."""
    page = journey.page
    found: set[str] = set()
    more: list[str] = []
    journey.visitor.go(f"/programme/board/?programme={programme.pk}")

    def take(links: str) -> list[str]:
        hrefs = page.locator(f"main {links}").evaluate_all("all => all.map(a => a.pathname)")
        return [href for href in hrefs if re.fullmatch(r"/programme/tasks/\d+/", href)]

    found.update(take("a"))
    urls = page.locator('main a[href*="/programme/tasks/?"]')
    more = [u for u in urls.evaluate_all("all => all.map(a => a.pathname + a.search)") if u]
    for where in more:
        journey.visitor.go(where)
        found.update(take("a"))
    return found


def lead(task: Task) -> set[str]:
    """The short names of the units that lead a task."""
    return {part.unit.short for part in task.parts.filter(part="lead").select_related("unit")}


def to_board(journey: Journey, path: Path) -> Programme:
    """The office's way: drop in, settle, fill row 23, accept, bind with new dates."""
    page = journey.page
    journey.sign_in("zhoumin")
    journey.visitor.go("/programme/")
    journey.look("documents-empty")
    document = drop_in(journey, path)
    assert document.proposals.count() == 24
    assert "(guān)" not in document.proposals.get(row=5).text
    journey.look("review")
    assert settle_names(journey) >= 2
    row23 = page.locator(f"#p{document.proposals.get(row=23).pk}")
    assert "还没有" in row23.inner_text()
    journey.press("照上一行填写", within=row23)
    assert "科技科" in row23.inner_text()
    journey.press("采纳没有疑问的")
    page.get_by_text("已采纳24条。", exact=True).wait_for()
    journey.look("review-accepted")
    page.get_by_role("link", name="下达").first.click()
    page.get_by_role("button", name="下达").wait_for()
    journey.look("bind")
    page.get_by_role("radio", name="按新的年份").check()
    journey.press("下达")
    page.get_by_text("已下达，共24项任务").wait_for()
    return Programme.objects.get()


def test_a_table_comes_to_the_board_and_is_worked(
    browser_page: Any, city: City, worker: None
) -> None:
    journey = Journey(browser_page, "table")
    page = journey.page
    programme = to_board(journey, OWN)
    tasks = {task.row: task for task in programme.tasks.all()}
    assert sorted(tasks) == list(range(1, 25))
    assert {row: lead(tasks[row]) for row in OFFICERS} == OFFICERS
    assert programme.year == 2027
    for by in ("unit", "person", "part", "week"):
        browser_page.go(f"/programme/board/?programme={programme.pk}&by={by}")
        journey.look(f"board-{by}")
    assert len(tasks_on_board(journey, programme)) == 24
    browser_page.go(f"/programme/tasks/?programme={programme.pk}")
    journey.look("tasks")
    browser_page.go(f"/programme/documents/{programme.document_id}/")
    journey.look("document-bound")

    browser_page.narrow()
    journey.sign_in("lijianhua")
    browser_page.go("/programme/board/")
    journey.look("leader-board")
    page.locator(".board summary").first.click()
    page.locator(".board a[href^='/programme/tasks/']").first.click()
    page.get_by_role("heading", name=re.compile(r"^第\d+项")).wait_for()
    journey.look("leader-task")
    expect(page.get_by_text("登记佐证")).to_have_count(0)

    browser_page.narrow()
    journey.sign_in("lintao")
    browser_page.go("/")
    journey.look("officer-home")
    browser_page.go(f"/programme/tasks/{tasks[23].pk}/")
    journey.look("officer-task")
    page.locator("summary", has_text="登记佐证").click()
    page.locator("details[open] textarea[name=note]").fill(
        "合并3个长期不更新的账号，留言当日答复。"
    )
    page.locator("details[open] input[name=file]").set_input_files(OWN)
    journey.press("登记佐证")
    page.get_by_text("佐证已登记。").wait_for()
    journey.look("officer-evidence")
    work_and_sign(journey, tasks[23])
    tasks[23].refresh_from_db()
    assert tasks[23].state == "done"
    assert tasks[23].evidence.get().file is not None
    assert not journey.wrong, "\n".join(sorted(set(journey.wrong)))


def work_and_sign(journey: Journey, task: Task) -> None:
    """The officer reports it done, the head signs, the openness office strikes it off."""
    page, visitor = journey.page, journey.visitor
    page.get_by_role("link", name="办理、报完成").click()
    page.locator("summary", has_text="填写进展").click()
    page.locator("details[open] textarea[name=progress]").fill("已清理2个账号。")
    page.locator("details[open] textarea[name=next_steps]").fill("月底前再清理1个。")
    journey.press("填写进展")
    page.get_by_text("进展已记。").wait_for()
    page.locator("summary", has_text="报完成").click()
    page.locator("details[open] textarea[name=text]").fill("3个账号都已合并，留言当日答复。")
    journey.press("报完成")
    page.get_by_text("已报完成。").wait_for()
    expect(page.get_by_text("等签认", exact=True)).to_have_count(1)
    expect(page.get_by_text("已经送签，正在等签认")).to_be_visible()
    journey.look("officer-reported")

    journey.sign_in("wujing")
    visitor.go("/")
    page.get_by_role("link", name=re.compile("去审核")).first.click()
    journey.look("head-signs")
    page.locator("summary", has_text="同意（审核）").first.click()
    journey.press("同意（审核）")
    wait_until(lambda: task.duties.get().duty.state == "met")

    visitor.wide()
    journey.sign_in("zhoumin")
    wait_until(lambda: Task.objects.get(pk=task.pk).state == "ready")
    visitor.go("/")
    page.locator(f"main a[href='/progress/tasks/{task.pk}/']").first.click()
    journey.look("office-strikes-off")
    page.locator("summary", has_text="销号").click()
    page.locator("details[open] textarea[name=note]").fill("已抽查3个账号。")
    journey.press("销号")
    page.get_by_text("已销号。").wait_for()
    journey.look("struck-off")


def test_the_real_table_comes_to_the_board(browser_page: Any, city: City, worker: None) -> None:
    if not REAL.is_dir():
        pytest.skip("the real documents are not beside this repository")
    (path,) = REAL.glob("003*")
    journey = Journey(browser_page, "real")
    journey.look = lambda name: None  # type: ignore[method-assign]  # looked at with our own table
    programme = to_board(journey, path)
    tasks = {task.row: task for task in programme.tasks.all()}
    assert sorted(tasks) == list(range(1, 25))
    expected = {row: units for row, units in OFFICERS.items() if row not in (10,)}
    assert {row: lead(tasks[row]) for row in expected} == expected
    supports = tasks[8].parts.filter(part="support").select_related("unit")
    assert {part.unit.short for part in supports} == SUPPORT_OF_8
    assert len(tasks_on_board(journey, programme)) == 24
