"""Two texts side by side: nothing that changed is folded away, what stayed is counted."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from gongkai.ui.compared import WORDS, shown, summary
from gongkai.ui.gallery.specimens import Pair, Words
from gongkai.ui.tests.test_components import show


def row(kind: str) -> Pair:
    left = [] if kind == "added" else [Words("same" if kind == "same" else "deleted", "旧")]
    right = [] if kind == "removed" else [Words("same" if kind == "same" else "inserted", "新")]
    return Pair(kind, left, right)


@given(st.lists(st.sampled_from(sorted(WORDS))))
def test_every_change_is_shown_and_every_row_counted(kinds):
    rows = [row(kind) for kind in kinds]
    found = shown(rows)
    assert sum(one.skipped or 1 for one in found) == len(rows)
    changes = [one.word for one in found if one.word and one.word != "没有变化"]
    assert changes == [WORDS[kind][0] for kind in kinds if kind != "same"]
    assert len(shown(rows, whole=True)) == len(rows)


def test_long_stretches_are_folded_with_a_row_at_the_edge():
    found = shown([*[row("same")] * 5, row("changed"), *[row("same")] * 5])
    assert [one.skipped for one in found] == [4, 0, 0, 0, 4]


def test_a_summary_says_how_many_and_how():
    assert summary([row("same"), row("changed"), row("changed"), row("added")]) == (
        "修改2处，新增1处"
    )
    assert summary([row("same")]) == "文字完全相同"


@dataclass
class Evil:
    how: str = "deleted"
    text: str = "<b onclick=x>"


def test_words_are_escaped():
    html = show("{% compared r 'c' %}", r=shown([Pair("changed", [Evil()], [Evil("same")])]))
    assert "<b" not in html
    assert "&lt;b onclick=x&gt;" in html
