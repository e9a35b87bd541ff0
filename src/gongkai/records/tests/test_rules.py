"""What records say and who stands in them, read and refused; no tables."""

import pytest

from gongkai.records.rules import SHAPES, Person, attended, facts_of, people_in, shown_facts
from gongkai.records.states import Kind


def test_people_are_read_as_they_are_pasted():
    typed = "李建华｜局党组｜局长｜组长\n\n周敏|办公室\n何涛\t科技科\t科员"
    people = people_in(typed)
    assert people == [
        Person("李建华", "局党组", "局长", "组长"),
        Person("周敏", "办公室"),
        Person("何涛", "科技科", "科员"),
    ]
    assert people_in("\n".join(person.line() for person in people)) == people


@pytest.mark.parametrize(
    ("typed", "said"),
    [("｜办公室", "没有姓名"), ("甲｜乙｜丙｜丁｜戊", "分隔太多"), ("甲\n" * 501, "最多填500人")],
)
def test_what_is_no_list_of_people_says_how_to_write_it(typed, said):
    with pytest.raises(ValueError, match=said):
        people_in(typed)


def test_every_kind_has_a_shape_and_shows_what_it_keeps():
    for kind in Kind:
        given = {f.name: max(f.least, 3) if f.number else "某" for f in SHAPES[kind].fields}
        kept = facts_of(kind, given | {"sly": "x"})
        assert kept == given
        assert [label for label, _ in shown_facts(kind, kept)] == [
            field.label for field in SHAPES[kind].fields
        ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"said": "条例"}, "请填写参加人次"),
        ({"count": -1, "said": "条例"}, "不小于0"),
        ({"count": "很多", "said": "条例"}, "要填整数"),
    ],
)
def test_what_is_missing_or_no_number_is_refused(given, said):
    with pytest.raises(ValueError, match=said):
        facts_of(Kind.TRAINING, given)


def test_a_record_counts_what_it_says_else_whom_it_names():
    assert attended({"count": 46}, 3) == 46
    assert attended({}, 3) == 3
