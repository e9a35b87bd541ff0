"""A report comes in, its wrong figure stands with its sum, is set aside with a reason, taken up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.reports.models import Check
from tests.journeys.journey import Journey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OWN = Path(__file__).with_name("report_2026.txt")
DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "documents"
REASON = "压缩率按上级规定的口径计算，已与审批科核对。"


def hand_in(journey: Journey, path: Path) -> Check:
    """Give the file to the page, watch it being computed, and arrive at the result."""
    page = journey.page
    journey.visitor.go("/reports/checks/")
    page.get_by_role("link", name="上传报告").click()
    page.locator("main input[name=file]").set_input_files(path)
    journey.press("开始复核")
    page.get_by_role("heading", name="1处数字不符").wait_for()
    journey.visitor.check()
    return Check.objects.latest("pk")


def set_aside_and_take_up(journey: Journey, check: Check) -> None:
    """Note why the wrong figure may stand, as a person would press, and take the note back."""
    page, name = journey.page, f"report-{journey.page.viewport_size['width']}"
    wrong = check.findings.get(agrees=False)
    row = page.locator(f"#figure-{wrong.order + 1}")
    row.locator("summary", has_text="注明核实情况").click()
    row.locator("textarea").fill(REASON, timeout=5_000)
    journey.press("注明核实情况", within=row.locator("form"))
    page.get_by_text("已注明核实情况。").wait_for()
    assert page.url.endswith(f"#figure-{wrong.order + 1}")
    assert REASON in row.inner_text()
    assert page.get_by_role("heading", name="不符的1处都已注明核实情况").is_visible()
    assert page.get_by_text("〔已核实〕").count() == 1
    journey.look(f"{name}-noted")
    journey.press("恢复提示", within=row)
    page.get_by_text("已恢复提示。").wait_for()
    assert page.get_by_role("heading", name="1处数字不符").is_visible()
    wrong.refresh_from_db()
    assert wrong.reason == ""


def lead_to_each_other(journey: Journey, check: Check) -> None:
    """Go from the figure to its place in the text and from there back."""
    page = journey.page
    key = f"figure-{check.findings.get(agrees=False).order + 1}"
    page.locator(f"#{key}").get_by_role("link", name="看正文里的位置").click()
    mark = page.locator(f"mark[data-keys~='{key}']").first
    assert in_sight(mark)
    mark.get_by_role("link", name="不符").click()
    assert in_sight(page.locator(f"#{key}"))


def in_sight(part: Any) -> bool:
    """Say whether the part's top stands within the window."""
    return bool(
        part.evaluate(
            "one => { const top = one.getBoundingClientRect().top;"
            " return top >= -1 && top < window.innerHeight }"
        )
    )


@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_the_wrong_figure_is_seen_noted_and_taken_up(
    browser_page: Any, city: Any, worker: None, sit: str
) -> None:
    getattr(browser_page, sit)()
    journey = Journey(browser_page, "figures")
    page = journey.page
    journey.sign_in("zhoumin")
    journey.visitor.go("/reports/checks/receive/")
    journey.look("receive")
    check = hand_in(journey, OWN)
    assert page.locator("h1").inner_text().startswith("清江市交通运输局2026年政务公开工作")
    assert page.get_by_text("(200 − 150) ÷ 200 = 25 %").is_visible()
    assert page.get_by_text("文中写 75 %").is_visible()
    journey.look("checked")
    lead_to_each_other(journey, check)
    set_aside_and_take_up(journey, check)
    journey.visitor.go("/reports/checks/")
    journey.look("list")
    assert not journey.wrong, "\n".join(sorted(set(journey.wrong)))


@pytest.mark.parametrize("sit", ["wide", "narrow"])
def test_the_collected_report_goes_the_same_way(
    browser_page: Any, city: Any, worker: None, sit: str
) -> None:
    path = next(iter(DOCUMENTS.glob("004*")), None)
    if path is None:
        pytest.skip("the real documents are not beside this repository")
    getattr(browser_page, sit)()
    journey = Journey(browser_page, "collected")
    page = journey.page
    journey.sign_in("zhoumin")
    check = hand_in(journey, path)
    assert "落实情况报告" in page.locator("h1").inner_text()
    assert page.get_by_text("(322 − 230) ÷ 322 = 28.6 %").is_visible()
    journey.look("checked")
    lead_to_each_other(journey, check)
    set_aside_and_take_up(journey, check)
    assert not journey.wrong, "\n".join(sorted(set(journey.wrong)))
