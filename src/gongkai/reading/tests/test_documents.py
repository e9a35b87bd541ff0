"""What must come out of five real documents, and out of five of our own of the same shapes."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from gongkai.reading.clean import lines
from gongkai.reading.read import read
from gongkai.reading.result import Clause, Reading, Task
from gongkai.reading.source import Source, load, paste

REAL = Path(__file__).parents[4].parent / "shared" / "documents"
OWN = Path(__file__).parent / "fixtures"


@cache
def source(name: str) -> Source:
    """Load a real document by its number, or one of our own by its name."""
    if not name.isdigit():
        return load((OWN / f"{name}.txt").read_bytes(), f"{name}.txt")
    if not REAL.is_dir():
        pytest.skip("the folder of real documents is not beside the project")
    found = list(REAL.glob(f"{name}_*"))
    assert len(found) == 1, f"{REAL} is there but has no document {name}"
    return load(found[0].read_bytes(), found[0].name)


@cache
def reading(name: str) -> Reading:
    return read(source(name))


def numbered(name: str) -> list[Clause]:
    return [one for one in reading(name).clauses if one.path]


def parts(name: str) -> list[int]:
    """Return how many clauses stand right below each part."""
    paths = [one.path for one in numbered(name)]
    tops = [path for path in paths if "/" not in path]
    return [sum(path.rpartition("/")[0] == top for path in paths) for top in tops]


def task(name: str, row: int) -> Task:
    (found,) = (one for one in reading(name).tasks if one.row == row)
    return found


def words(name: str) -> str:
    """Return all words that the reading gives, without where they stand."""
    return json.dumps(reading(name).as_json(), ensure_ascii=False)


def due_of(one: Task) -> tuple[str | None, str | None]:
    return (one.due.kind, one.due.on) if one.due else (None, None)


ALL = [
    ("000", "plan_with_brackets"),
    ("001", "page_of_work_points"),
    ("002", "items_with_limits"),
    ("003", "division_table"),
    ("004", "report_with_figures"),
]


@pytest.mark.parametrize("name", [name for pair in ALL for name in pair])
class TestEveryDocument:
    def test_spans_hold_what_they_speak_of(self, name) -> None:
        text = source(name).text
        for one in [*reading(name).clauses, *reading(name).tasks, *reading(name).figures]:
            assert 0 <= one.start < one.end <= len(text)
        for one in reading(name).citations:
            assert 0 <= one.start < one.end <= len(text)

    def test_the_source_of_a_clause_has_its_words(self, name) -> None:
        text = source(name).text
        for one in reading(name).clauses:
            assert plain(one.text) in cleaned(text[one.start : one.end])

    def test_clauses_and_tasks_stand_in_order(self, name) -> None:
        for found in (reading(name).clauses, reading(name).tasks):
            starts = [one.start for one in found]
            assert starts == sorted(starts)

    def test_paths_are_half_width_labels(self, name) -> None:
        for one in numbered(name):
            assert not re.search(r"[（）、．。\s]|\.(/|$)", one.path)

    def test_a_task_names_a_clause_that_exists(self, name) -> None:
        paths = {one.path for one in reading(name).clauses}
        assert {one.clause for one in reading(name).tasks} <= paths

    def test_units_by_no_other_name_than_printed(self, name) -> None:
        text = cleaned(source(name).text)
        for one in reading(name).tasks:
            assert all(unit in text for unit in (*one.lead, *one.support))


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def cleaned(text: str) -> str:
    """Return a stretch of the source as the reader sees it, without white space."""
    return plain("".join(line.text for line in lines(paste(text))))


@pytest.mark.parametrize(
    ("name", "year", "rows", "empty", "above"),
    [("003", 2019, 24, 23, "局科技科"), ("division_table", 2026, 15, 14, "局科技科")],
)
class TestDivisionOfWorkTable:
    """Traditional characters, pinyin, one cell a line, heads repeated, a row of empty cells."""

    def test_rows(self, name, year, rows, empty, above) -> None:
        assert [one.row for one in reading(name).tasks] == list(range(1, rows + 1))

    def test_head(self, name, year, rows, empty, above) -> None:
        found = reading(name)
        assert found.issuer
        assert found.issuer.endswith("市交通运输局")
        assert found.title
        assert found.title.endswith(f"{year}年政务公开工作要点责任分工分解表")
        assert found.title.startswith(found.issuer)
        assert (found.year, found.number, found.published) == (year, None, None)
        assert found.date
        assert found.date.startswith(str(year))
        assert found.attachments == (found.title,)

    def test_simplified_without_pinyin(self, name, year, rows, empty, above) -> None:
        import opencc

        said = words(name)
        assert not re.search(r"\([a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ]+\)", said)
        assert opencc.OpenCC("t2s").convert(said) == said

    def test_no_share_bar(self, name, year, rows, empty, above) -> None:
        assert "分享" not in words(name)
        assert "|" not in words(name)

    def test_an_empty_row_is_kept_flagged_and_offered_the_row_above(
        self, name, year, rows, empty, above
    ) -> None:
        one = task(name, empty)
        assert "政务新媒体" in one.text
        assert (one.lead, one.support, one.due) == ((), (), None)
        assert {"empty-cells", "inherited", "no-unit", "no-deadline"} == set(one.flags)
        assert one.inherited["lead"] == (above,)
        assert one.inherited["due"].kind == "superior"
        assert task(name, empty - 1).lead == (above,)
        assert due_of(task(name, empty - 1)) == ("superior", None)

    def test_only_that_row_has_gaps(self, name, year, rows, empty, above) -> None:
        others = [one for one in reading(name).tasks if one.row != empty]
        assert all(one.lead and one.due and one.superior for one in others)
        assert not any("empty-cells" in one.flags or one.inherited for one in others)
        assert not any("guessed" in one.flags for one in others)

    def test_a_repeated_heading_starts_no_new_clause(self, name, year, rows, empty, above) -> None:
        paths = [one.path for one in numbered(name)]
        assert len(paths) == len(set(paths))
        assert paths.count("三/(二)") == 1
        assert {"三/(二)/1", "三/(二)/2", "三/(二)/3"} <= set(paths)

    def test_open_sets_of_units(self, name, year, rows, empty, above) -> None:
        for one in reading(name).tasks:
            vague = any("相关" in unit for unit in (*one.lead, *one.support))
            assert ("vague-set" in one.flags) == vague


PROMPT, STANDING, SUPERIOR = ("promptly", None), ("standing", None), ("superior", None)
END_OF_NOVEMBER = ("date", "2019-11-30")
DUES_003 = [
    ("month", "2019-06-30"),
    END_OF_NOVEMBER,
    SUPERIOR,
    SUPERIOR,
    STANDING,
    *[PROMPT] * 4,
    END_OF_NOVEMBER,
    *[PROMPT] * 9,
    STANDING,
    STANDING,
    SUPERIOR,
    (None, None),
    END_OF_NOVEMBER,
]
CLAUSES_003 = [
    *["一"] * 4,
    "二",
    *[f"三/(一)/{number}" for number in range(1, 6)],
    *["三/(二)/1"] * 5,
    "三/(二)/2",
    "三/(二)/3",
    *["三/(二)/4"] * 2,
    *["四"] * 2,
    *["五"] * 3,
]


def test_the_real_table_row_by_row() -> None:
    tasks = reading("003").tasks
    assert [due_of(one) for one in tasks] == DUES_003
    assert [one.clause for one in tasks] == CLAUSES_003
    assert task("003", 8).lead == ("局科技科",)
    assert task("003", 8).support == ("运输科", "水运科", "基建科")
    assert task("003", 4).lead == ("局人事科", "局办公室", "局科技科")
    assert task("003", 14).lead == ("局审批科",)
    assert task("003", 14).support == ("局机关相关科室", "局属各单位")
    assert task("003", 21).support == ("科技科", "局属各单位")


def test_our_own_table_row_by_row() -> None:
    assert [due_of(one) for one in reading("division_table").tasks] == [
        ("month", "2026-05-31"),
        ("date", "2026-11-30"),
        SUPERIOR,
        SUPERIOR,
        STANDING,
        *[PROMPT] * 6,
        STANDING,
        SUPERIOR,
        (None, None),
        ("date", "2026-11-30"),
    ]
    assert [one.clause for one in reading("division_table").tasks] == [
        *["一"] * 4,
        "二",
        "三/(一)/1",
        "三/(一)/2",
        *["三/(二)/1"] * 2,
        "三/(二)/2",
        "三/(二)/3",
        "四",
        *["五"] * 3,
    ]
    assert task("division_table", 7).lead == ("局科技科",)
    assert task("division_table", 7).support == ("运输科", "水运科", "基建科")


@dataclass(frozen=True)
class Plan:
    name: str
    counts: list[int]
    signed: str
    year_end: str
    cited: str
    attachment: str
    open_clause: str
    archive_clause: str


@pytest.mark.parametrize(
    "plan",
    [
        Plan(
            "000",
            [3, 2, 2, 2, 2],
            "2019-08-01",
            "2019-12-31",
            "长政公组〔2019〕1号",
            "市交通运输局重点任务分解表.pdf",
            "四/(八)",
            "五/(十一)",
        ),
        Plan(
            "plan_with_brackets",
            [2, 2, 2, 2, 2],
            "2026-03-18",
            "2026-12-31",
            "清政公组〔2026〕3号",
            "清江市交通运输局重点任务分解表.pdf",
            "四/(七)",
            "五/(十)",
        ),
    ],
    ids=lambda plan: plan.name,
)
class TestPlanWithBrackets:
    """（x） numbered on through all parts, units in a bracket at the end of each."""

    def test_clauses(self, plan) -> None:
        assert parts(plan.name) == plan.counts
        inner = [one.path.rpartition("/")[2] for one in numbered(plan.name) if "/" in one.path]
        numbers = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一"][
            : sum(plan.counts)
        ]
        assert inner == [f"({number})" for number in numbers]

    def test_head_says_only_what_the_document_says(self, plan) -> None:
        found = reading(plan.name)
        assert (found.title, found.issuer, found.number, found.published) == (None,) * 4
        assert found.date == plan.signed
        assert found.attachments == (plan.attachment,)

    def test_citation(self, plan) -> None:
        assert plan.cited in [one.number for one in reading(plan.name).citations]

    def test_bracketed_units_are_the_tasks_and_not_the_text(self, plan) -> None:
        tasks = {one.clause: one for one in reversed(reading(plan.name).tasks)}
        leaves = [one for one in numbered(plan.name) if "/" in one.path]
        for one in leaves:
            assert tasks[one.path].lead
            assert not one.text.endswith((")", "）"))
            assert "抓好相关工作" not in one.text + tasks[one.path].text

    def test_who_leads_and_who_does_a_part(self, plan) -> None:
        first = next(one for one in reading(plan.name).tasks if one.clause == "一/(二)")
        assert len(first.lead) == 2
        assert "各负其责" not in "".join((*first.lead, *first.support))
        assert first.support[-1] == "局属各单位"

    def test_dates(self, plan) -> None:
        found = {one.clause: one for one in reading(plan.name).tasks if one.due}
        assert due_of(found[plan.open_clause]) == ("date", plan.year_end)
        assert due_of(found[plan.archive_clause]) == ("quarterly", None)
        assert "档案馆" in found[plan.archive_clause].text
        assert set(found) == {plan.open_clause, plan.archive_clause}


@pytest.mark.parametrize(
    ("name", "counts", "signed", "published", "times"),
    [
        ("001", [3, 3, 7, 4, 3], "2019-07-25", "2019-07-26", 1),
        ("page_of_work_points", [3, 2, 2, 2, 2], "2026-03-05", "2026-03-06", 2),
    ],
)
class TestPageOfWorkPoints:
    """Copied from a web page: breadcrumb, share bar, letter, plan, name of the file."""

    def test_clauses(self, name, counts, signed, published, times) -> None:
        assert parts(name) == counts

    def test_head(self, name, counts, signed, published, times) -> None:
        found = reading(name)
        assert (found.date, found.published) == (signed, published)
        assert found.title
        assert found.title.endswith("政务公开工作要点的通知")
        assert found.issuer
        assert found.title.startswith(found.issuer)
        assert (found.number, found.attachments) == (None, ())

    @pytest.mark.parametrize(
        "clutter", ["您现在的位置", "首页 >", "字号", "•", "shtml", "附件", "\\u00a0"]
    )
    def test_clutter_is_nowhere(self, name, counts, signed, published, times, clutter) -> None:
        assert clutter not in words(name)

    def test_letter_and_closing_words_stand_alone(
        self, name, counts, signed, published, times
    ) -> None:
        alone = [one for one in reading(name).clauses if not one.path]
        assert [one.text[:4] for one in alone][-1] == "各级各部"
        assert "现予印发" in alone[0].text
        assert alone[1].heading.endswith("政务公开工作要点")

    def test_cadences_shares_and_dates(self, name, counts, signed, published, times) -> None:
        tasks = reading(name).tasks
        year_end = f"{signed[:4]}-12-31"
        yearly = [one.due.n for one in tasks if one.due and one.due.kind == "yearly"]
        assert yearly == [times, 1]
        assert sorted(one.clause for one in tasks if due_of(one) == ("date", year_end)) == [
            "二/(三)" if name == "001" else "二/(二)",
            "四/(一)",
            "四/(四)" if name == "001" else "四/(二)",
        ]
        targets = [(one.value, one.unit, one.op) for item in tasks for one in item.targets]
        assert (4, "%", ">=") in targets
        assert targets.count((100, "%", ">=")) == 3
        assert ("quarterly", None) in [due_of(one) for one in tasks]


@pytest.mark.parametrize(
    ("name", "counts", "signed"),
    [("002", [3, 4, 5, 4, 3], "2020-09-18"), ("items_with_limits", [3, 4, 3, 2, 2], "2026-04-09")],
)
class TestItemsWithLimits:
    """Items 1., 2. under parts, a stray 四是, limits in hours and working days."""

    def test_clauses(self, name, counts, signed) -> None:
        assert parts(name) == counts
        assert all(re.fullmatch("[一二三四五](/[1-5])?", one.path) for one in numbered(name))

    def test_head(self, name, counts, signed) -> None:
        found = reading(name)
        assert (found.title, found.issuer, found.number, found.published) == (None,) * 4
        assert found.date == signed

    def test_a_stray_item_stays_inside(self, name, counts, signed) -> None:
        (item,) = (one for one in reading(name).clauses if one.path == "一/3")
        assert "四是调整主动公开范围" in item.text
        assert "规范性文件" in item.heading
        assert sum(one.clause == "一/3" for one in reading(name).tasks) == 1

    def test_limits(self, name, counts, signed) -> None:
        tasks = reading(name).tasks
        assert [(one.n, one.unit) for item in tasks for one in item.limits] == [
            (5, "hour"),
            (24, "hour"),
            (48, "hour"),
            (5, "workday"),
        ]
        assert {one.clause for one in tasks if one.limits} == {"二/4", "三/2"}
        assert not any(one.due and one.due.kind == "within" for one in tasks)

    def test_the_signature_is_no_text(self, name, counts, signed) -> None:
        assert signed[:4] + "年" not in numbered(name)[-1].text


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        (
            "004",
            [("sum", 66, 66, True), ("sum", 47, 47, True), ("rate", 71.4, 28.6, False)],
        ),
        (
            "report_with_figures",
            [("sum", 53, 53, True), ("sum", 41, 41, True), ("rate", 80, 20, False)],
        ),
    ],
)
class TestReportWithFigures:
    """A report on what was done: sums that agree, a cut that does not."""

    def test_figures(self, name, figures) -> None:
        found = [(one.kind, one.stated, one.computed, one.agrees) for one in reading(name).figures]
        assert found == figures

    def test_figures_point_at_their_words(self, name, figures) -> None:
        for one in reading(name).figures:
            assert source(name).text[one.start : one.end] == one.text

    def test_items_are_clauses(self, name, figures) -> None:
        paths = [one.path for one in numbered(name)]
        assert {"一/(二)/一是", "一/(二)/二是", "三/(二)/1", "三/(二)/2"} <= set(paths)
        assert len(paths) == len(set(paths))

    def test_head_says_only_what_the_document_says(self, name, figures) -> None:
        found = reading(name)
        assert (found.title, found.issuer, found.number) == (None,) * 3
        assert (found.date, found.published) == (None, None)


def test_the_report_has_all_its_clauses() -> None:
    assert parts("004") == [12, 4, 2]
    assert parts("report_with_figures") == [4, 2, 2]
