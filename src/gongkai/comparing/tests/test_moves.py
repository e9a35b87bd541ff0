"""Two texts are compared: nothing is lost, and a long paragraph takes no longer than it is long."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gongkai.comparing import moves as comparing
from gongkai.comparing.moves import blocks, moves

TEXTS = st.text("一二件。，0129%\n", max_size=60)
SENTENCES = st.lists(
    st.sampled_from(["共12项任务。", "按时完成56件，", "逾期5件。\n", "都已督办", "共120项。"]),
    max_size=30,
).map("".join)


@given(old=TEXTS | SENTENCES, new=TEXTS | SENTENCES)
@example(old="", new="")
def test_the_stretches_join_to_both_texts(old, new):
    found = list(moves(old, new))
    assert "".join(old[one.start : one.end] for one in found) == old
    assert "".join(one.words for one in found) == new
    for one in found:
        assert new[one.at : one.at + len(one.words)] == one.words
        assert (one.how == "equal") == (old[one.start : one.end] == one.words)


@given(old=SENTENCES, new=SENTENCES, exact=st.sampled_from([0, 20, comparing.EXACT]))
def test_blocks_are_alike_and_in_order_however_they_were_found(old, new, exact):
    a = c = 0
    for i, j, size in blocks(old, new, exact=exact):
        assert a <= i
        assert c <= j
        assert size
        assert old[i : i + size] == new[j : j + size]
        a, c = i + size, j + size


@given(st.lists(st.integers(0, 99_999), min_size=2, max_size=12, unique=True), st.data())
def test_cut_at_long_runs_every_figure_of_an_untouched_sentence_stays(numbers, data):
    sentences = [f"第{n}号事项按规定的时限办结并已公开。" for n in numbers]
    changed = data.draw(st.integers(0, len(numbers) - 1))
    after = [*sentences[:changed], "另行报告，", *sentences[changed + 1 :]]
    found = blocks("".join(sentences), "".join(after), exact=0)
    kept = {n for i, _, size in found for n in range(i, i + size)}
    at = 0
    for n, sentence in enumerate(sentences):
        assert n == changed or kept.issuperset(range(at, at + len(sentence)))
        at += len(sentence)


@pytest.fixture
def weighed(monkeypatch):
    """Keep how many pairs of like pieces were weighed one by one."""
    found = []

    class Counting(comparing.SequenceMatcher):
        def __init__(self, junk, old, new, **more):
            found.append(sum(new.count(piece) for piece in old))
            super().__init__(junk, old, new, **more)

    monkeypatch.setattr(comparing, "SequenceMatcher", Counting)
    return found


def paragraph(characters):
    """Return a paragraph of sentences that say much the same, as reports do."""
    one = "第{n}项任务由第{k}科牵头，应当完成{m}件，已按时完成{m}件并在网站公开。"
    text = "".join(one.format(n=n, k=n % 7, m=n % 90) for n in range(characters // 20))
    return text[:characters]


def test_a_long_paragraph_changed_everywhere_is_compared_in_its_length(weighed):
    old = paragraph(20_000)
    new = old.replace("应当完成", "应完成").replace("公开。", "公布。")
    kept = {n for one in moves(old, new) if one.how == "equal" for n in range(one.start, one.end)}
    spans = [range(at, at + 2) for at in range(len(old)) if old.startswith("9项", at)]
    assert all(kept.issuperset(span) for span in spans)
    assert max(weighed) <= comparing.EXACT
    assert sum(weighed) <= 100 * len(old)


@pytest.mark.parametrize("piece", ["件", "完成5件，", "共12项任务。"])
def test_a_long_paragraph_that_repeats_itself_is_compared_in_its_length(weighed, piece):
    same = piece * (20_000 // len(piece))
    list(moves(f"甲{same}乙{same}丙", f"丁{same}{same}戊{piece}"))
    assert sum(weighed) <= 20 * comparing.EXACT
