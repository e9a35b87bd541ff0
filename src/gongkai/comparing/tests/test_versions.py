"""Two versions stand side by side: each paragraph once, none lost, in the order of the new one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.comparing import Run, compare_versions
from gongkai.comparing.aligning import Item, align
from gongkai.comparing.runs import runs

CLAUSES = [
    "申领企业应当在清江市登记注册，具有独立法人资格。",
    "每家企业每年最多申领二十万元，当年有效，过期作废。",
    "申请材料通过市科技服务平台提交，不收纸质件。",
    "市财政局负责安排专项资金，并监督使用情况。",
    "服务机构应当如实开具发票，保存服务合同五年。",
    "弄虚作假骗取资金的，追回资金，三年内不得申领。",
    "县（市、区）可以参照本办法，制定本地的具体规定。",
    "市科技局每年向社会公布上一年度的发放和使用情况。",
]


def kinds(old, new) -> list[str]:
    return [row.kind for row in compare_versions(old, new)]


def words(side: tuple[Run, ...]) -> str:
    return "".join(run.text for run in side)


def test_the_same_is_the_same():
    assert kinds(CLAUSES, CLAUSES) == ["same"] * len(CLAUSES)


def test_one_put_in_the_middle_changes_no_other():
    new = [*CLAUSES[:3], "鼓励银行为持券企业提供信用贷款。", *CLAUSES[3:]]
    assert kinds(CLAUSES, new) == ["same"] * 3 + ["added"] + ["same"] * 5


def test_one_taken_out_stands_where_it_stood():
    rows = compare_versions(CLAUSES, CLAUSES[:4] + CLAUSES[5:])
    assert [row.kind for row in rows] == ["same"] * 4 + ["removed"] + ["same"] * 3
    assert rows[4].old == 4
    assert rows[4].left == (Run("deleted", CLAUSES[4]),)


def test_a_changed_one_shows_what_changed():
    new = [*CLAUSES]
    new[1] = "每家企业每年最多申领30万元，两年有效，过期作废。"
    row = compare_versions(CLAUSES, new)[1]
    assert row.kind == "changed"
    assert row.left == (
        Run("same", "每家企业每年最多申领"),
        Run("deleted", "二十"),
        Run("same", "万元，"),
        Run("deleted", "当"),
        Run("same", "年有效，过期作废。"),
    )
    assert [run.text for run in row.right if run.how == "inserted"] == ["30", "两"]


def test_numbers_are_never_split():
    left, right = runs("补贴120万元", "补贴20万元")
    assert left == (Run("same", "补贴"), Run("deleted", "120"), Run("same", "万元"))
    assert right == (Run("same", "补贴"), Run("inserted", "20"), Run("same", "万元"))


def test_single_letters_that_happen_to_be_alike_do_not_cut_a_change():
    left, right = runs("由市科技局会同财政局审核", "由县工信局会办公室审核")
    assert [run.how for run in left] == ["same", "deleted", "same"]
    assert [run.how for run in right] == ["same", "inserted", "same"]


def test_one_that_moved_is_shown_where_it_is_now():
    new = [CLAUSES[6], *CLAUSES[:6], CLAUSES[7]]
    rows = compare_versions(CLAUSES, new)
    assert [row.kind for row in rows] == ["moved"] + ["same"] * 7
    assert (rows[0].old, rows[0].new) == (6, 0)


def test_nothing_in_common():
    assert kinds(CLAUSES[:2], ["天地玄黄，宇宙洪荒。"]) == ["removed", "removed", "added"]
    assert kinds([], []) == []
    assert kinds([], ["甲"]) == ["added"]


WORDS = st.text("一二三件。，0129甲乙\n", max_size=40) | st.sampled_from(CLAUSES)
LISTS = st.lists(WORDS, max_size=14)


@given(LISTS, LISTS)
def test_each_paragraph_stands_once_and_the_runs_join_to_it(old, new):
    rows = compare_versions(old, new)
    assert sorted(row.old for row in rows if row.old is not None) == list(range(len(old)))
    assert [row.new for row in rows if row.new is not None] == list(range(len(new)))
    staying = [row.old for row in rows if row.old is not None and row.kind != "moved"]
    assert staying == sorted(staying)
    for row in rows:
        assert words(row.left) == (old[row.old] if row.old is not None else "")
        assert words(row.right) == (new[row.new] if row.new is not None else "")
        assert (row.kind == "same") <= (row.left == row.right)
        assert not {run.how for run in row.left} & {"inserted"}
        assert not {run.how for run in row.right} & {"deleted"}
        both = [words(tuple(r for r in side if r.how == "same")) for side in (row.left, row.right)]
        assert both[0] == both[1]


@given(LISTS)
def test_a_version_beside_itself_is_the_same(old):
    assert all(row.kind == "same" and row.old == row.new for row in compare_versions(old, old))


@given(st.lists(st.integers(0, 999), min_size=1, max_size=40, unique=True), st.data())
def test_what_was_put_in_anywhere_is_found_and_no_more(numbers, data):
    old = [f"第{n}号窗口每天办理{n * 7}件不动产登记业务。" for n in numbers]
    places = data.draw(st.sets(st.integers(0, len(old)), max_size=5))
    new = []
    for at in range(len(old) + 1):
        new += ["鼓励银行为企业提供信用贷款，具体由金融部门另行规定。"] if at in places else []
        new += old[at : at + 1]
    assert kinds(old, new).count("added") == len(places)
    assert kinds(old, new).count("same") == len(old)


@pytest.mark.parametrize("size", [40, 400])
def test_a_big_gap_is_aligned_by_its_numbers(size):
    """Clauses that all say much the same share no rare words: their numbers are what is left."""
    old = [Item(f"公开第{n % 7}类重大建设项目的批准情况", f"第{n}条") for n in range(size)]
    new = [Item(f"公开第{n % 7}类重大建设项目的审批情况", f"第{n}条") for n in range(size)]
    assert [(step.old, step.new) for step in align(old, new)] == [(n, n) for n in range(size)]


def test_a_big_gap_without_numbers_is_aligned_by_its_places():
    old = ["公开重大建设项目的批准、招标和竣工情况" + "甲" * (n % 9) for n in range(300)]
    new = ["公开重大建设项目的审批、招标和竣工情况" + "乙" * (n % 7) for n in range(300)]
    assert kinds(old, new).count("changed") > 280
