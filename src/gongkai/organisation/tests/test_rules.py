"""What a name in a document means, path by path; no database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.organisation import rules
from gongkai.organisation.rules import Bearer, Book, Stored, match
from gongkai.organisation.states import Resolved, SetRule, UnitKind

BODY, DEPARTMENT, SECTION, OFFICE = (
    UnitKind.BODY,
    UnitKind.DEPARTMENT,
    UnitKind.SECTION,
    UnitKind.OFFICE,
)


def book_of(
    rows: list[tuple[int, int | None, UnitKind, tuple[str, ...]]],
    *,
    sets: dict[str, Stored] | None = None,
    past: dict[str, tuple[int, ...]] | None = None,
) -> Book:
    """Make a book from (key, parent, kind, names); the first row is the body that reads."""
    bearers: dict[int, Bearer] = {}
    held: dict[str, list[int]] = {}
    for pk, parent, kind, names in rows:
        above = bearers.get(parent or 0)
        path = rules.path_under(above.path if above else "", pk)
        body = pk if kind is BODY or above is None else above.body
        bearers[pk] = Bearer(pk, path, kind, parent, body, names[0])
        for name in names:
            held.setdefault(rules.fold(name), []).append(pk)
    own = [rules.fold(name) for name in rows[0][3]]
    return Book(
        body=rows[0][0],
        bearers=bearers,
        names={name: tuple(pks) for name, pks in held.items()},
        own=rules.own_words(own),
        sets=sets or {},
        past=past or {},
    )


BUREAU = [
    (1, None, BODY, ("清江市交通运输局", "市交通局")),
    (2, 1, SECTION, ("办公室",)),
    (3, 1, SECTION, ("政策法规科", "法规科")),
    (4, 1, SECTION, ("科技信息科", "科技科")),
    (5, 1, SECTION, ("农村公路管理办公室", "农村办")),
    (6, 1, OFFICE, ("清江市公路事业发展中心", "公路中心")),
    (7, 1, OFFICE, ("清江市交通运输综合行政执法支队", "执法支队")),
    (8, 7, SECTION, ("办公室",)),
    (9, 7, SECTION, ("法制科",)),
    (10, 6, SECTION, ("法制科",)),
]
SECTIONS, OFFICES = (2, 3, 4, 5), (6, 7)
bureau = book_of(BUREAU)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("科技科", 4),
        ("局科技科", 4),
        ("市局科技科", 4),
        ("我局科技科", 4),
        ("局机关科技科", 4),
        ("市交通局科技科", 4),
        ("清江市交通运输局科技信息科", 4),
        ("市交通运输局科技科", 4),
        ("交通运输局法规科", 3),
        (" 局 科技科。", 4),
        ("“科技科”", 4),
        ("办公室", 2),
        ("局办公室", 2),
        ("局办", 2),
        ("办", 2),
        ("市局办公室", 2),
        ("局办公室(值班室)", 2),
        ("农村办", 5),
        ("局农村办公室", 5),
        ("公路中心", 6),
        ("市公路事业发展中心", 6),
        ("公路事业发展中心", 6),
        ("执法支队办公室", 8),
        ("市交通局执法支队法制科", 9),
        ("公路中心法制科", 10),
        ("局", 1),
        ("我局", 1),
        ("局机关", 1),
        ("市交通运输局", 1),
        ("本单位", 1),
    ],
)
def test_one_unit(text, unit):
    found = match(text, bureau)
    assert (found.kind, found.units, found.candidates) == (Resolved.UNIT, (unit,), ())


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("各科室", SECTIONS),
        ("局各科室", SECTIONS),
        ("局机关各科室", SECTIONS),
        ("各处室", SECTIONS),
        ("机关各处室", SECTIONS),
        ("各科", SECTIONS),
        ("各内设机构", SECTIONS),
        ("全体科室", SECTIONS),
        ("局属各单位", OFFICES),
        ("局属单位", OFFICES),
        ("各局属单位", OFFICES),
        ("各直属单位", OFFICES),
        ("下属单位", OFFICES),
        ("市局所属各单位", OFFICES),
        ("各事业单位", OFFICES),
        ("各单位", OFFICES),
        ("各部门", SECTIONS),
        ("各级各部门", (*SECTIONS, *OFFICES)),
        ("各科室各单位", (*SECTIONS, *OFFICES)),
        ("全局各单位", (*SECTIONS, *OFFICES)),
    ],
)
def test_sets_by_rule(text, members):
    found = match(text, bureau)
    assert (found.kind, found.units, found.candidates) == (Resolved.SET, members, ())


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("相关科室", SECTIONS),
        ("局相关科室", SECTIONS),
        ("局机关相关科室", SECTIONS),
        ("各相关处室", SECTIONS),
        ("责任科室", SECTIONS),
        ("局属相关单位", OFFICES),
        ("局属有关单位", OFFICES),
        ("有关单位", (*SECTIONS, *OFFICES)),
        ("各有关部门", (*SECTIONS, *OFFICES)),
        ("其他相关人员所在单位", (*SECTIONS, *OFFICES)),
    ],
)
def test_vague_names_offer_whom_to_choose_from(text, candidates):
    found = match(text, bureau)
    assert (found.kind, found.units, found.candidates) == (Resolved.VAGUE, (), candidates)


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("科枝科", 4),
        ("局法规处", 3),
        ("公路局", 6),
        ("局属执法单位", 7),
    ],
)
def test_unknown_names_offer_what_is_like_them(text, offered):
    found = match(text, bureau)
    assert (found.kind, found.units) == (Resolved.UNKNOWN, ())
    assert found.candidates[0] == offered


def test_a_narrowed_set_without_a_fit_offers_the_whole():
    assert match("局属监测单位", bureau).candidates[:2] == OFFICES


def test_a_name_two_bear_alike_is_asked_for_and_not_guessed():
    found = match("法制科", bureau)
    assert (found.kind, found.units) == (Resolved.UNKNOWN, ())
    assert set(found.candidates) == {9, 10}


@pytest.mark.parametrize("text", ["", "  ", "、", "“”", "火星管理处"])
def test_nothing_is_made_of_nothing(text):
    found = match(text, bureau)
    assert (found.kind, found.units) == (Resolved.UNKNOWN, ())


CITY = [
    (1, None, BODY, ("清江市人民政府", "市政府")),
    (2, 1, BODY, ("清江市教育局",)),
    (3, 1, BODY, ("清江市交通运输局", "市交通局")),
    (4, 3, SECTION, ("办公室",)),
    (5, 1, BODY, ("东山县人民政府", "东山县")),
    (6, 1, BODY, ("江北区人民政府", "江北区")),
    (7, 1, SECTION, ("办公室",)),
    (8, 3, SECTION, ("科技科",)),
    (9, 1, DEPARTMENT, ("研究室",)),
    (10, 9, OFFICE, ("信息中心",)),
    (11, 5, BODY, ("东山县交通运输局",)),
]
city = book_of(CITY)


@pytest.mark.parametrize(
    ("text", "kind", "units"),
    [
        ("教育局", Resolved.UNIT, (2,)),
        ("市教育局", Resolved.UNIT, (2,)),
        ("市交通局", Resolved.UNIT, (3,)),
        ("市政府办公室", Resolved.UNIT, (7,)),
        ("市交通局办公室", Resolved.UNIT, (4,)),
        ("东山县交通运输局", Resolved.UNIT, (11,)),
        ("交通运输局", Resolved.UNIT, (3,)),
        ("各县（市、区）", Resolved.SET, (5, 6)),
        ("各县（市、区）人民政府", Resolved.SET, (5, 6)),
        ("各县市区", Resolved.SET, (5, 6)),
        ("各县区", Resolved.SET, (5, 6)),
        ("县（市、区）", Resolved.SET, (5, 6)),
        ("市直各部门", Resolved.SET, (2, 3)),
        ("市直各单位", Resolved.SET, (2, 3)),
        ("市政府各部门", Resolved.SET, (2, 3)),
        ("各部门", Resolved.SET, (2, 3)),
        ("各直属单位", Resolved.SET, (10,)),
        ("科技科", Resolved.UNKNOWN, ()),
    ],
)
def test_a_government(text, kind, units):
    found = match(text, city)
    assert (found.kind, found.units) == (kind, units)


def test_kept_sets_go_before_rules_and_unit_names_before_sets():
    kept = {
        "局属执法单位": Stored(SetRule.LISTED, (7, 99)),
        "各科室": Stored(SetRule.LISTED, (2, 3)),
        "骨干科室": Stored(SetRule.LISTED, (3, 4), vague=True),
        "公开专班": Stored(SetRule.EVERYONE),
        "空的": Stored(SetRule.LISTED, (99,)),
    }
    book = book_of(BUREAU, sets=kept)
    assert match("局属执法单位", book).units == (7,)
    assert match("局各科室", book).units == (2, 3)
    assert match("局骨干科室", book) == rules.Match(Resolved.VAGUE, candidates=(3, 4))
    assert match("公开专班", book).units == (*SECTIONS, *OFFICES)
    assert match("空的", book).kind is Resolved.UNKNOWN
    assert match("科技科", book).units == (4,)
    assert match("相关各科室", book).candidates == (2, 3)


def test_a_name_of_old_leads_to_who_bears_it_now():
    book = book_of(BUREAU, past={"信息化科": (4,)})
    found = match("局信息化科", book)
    assert (found.kind, found.candidates[0]) == (Resolved.UNKNOWN, 4)


def test_a_hostile_name_is_answered_at_once():
    hostile = ("各县(" * 30_000 + "市")[:60_000]
    assert match(hostile[:400], bureau).kind is Resolved.UNKNOWN
    assert rules.set_rules(hostile) == ()


names = st.text(alphabet="综合计划财务审人事宣传安全监督", min_size=2, max_size=6).map(
    lambda stem: stem + "科"
)


PREFIXES = ("", "局", "市局", "本局", "我局", "局机关", "市交通局", "清江市交通运输局")


@given(st.lists(names, min_size=1, max_size=6, unique=True), st.data())
def test_a_section_is_found_with_every_prefix_of_its_body(found_names, data):
    rows = [BUREAU[0], *((i, 1, SECTION, (name,)) for i, name in enumerate(found_names, 2))]
    book = book_of(rows)
    name = data.draw(st.sampled_from(found_names))
    prefix = data.draw(
        st.sampled_from(
            ["", "局", "市局", "本局", "我局", "局机关", "市交通局", "清江市交通运输局"]
        )
    )
    expected = (found_names.index(name) + 2,)
    assert match(prefix + name, book) == rules.Match(Resolved.UNIT, expected)


@given(st.text(max_size=12))
def test_whatever_is_written_the_answer_is_of_the_body_and_never_a_guess(text):
    found = match(text, bureau)
    assert set(found.units) | set(found.candidates) <= set(bureau.bearers)
    assert (found.kind is Resolved.UNIT) == (len(found.units) == 1 and not found.candidates) or (
        found.kind is Resolved.SET
    )
    if found.kind in (Resolved.VAGUE, Resolved.UNKNOWN):
        assert found.units == ()
    if found.kind is Resolved.SET:
        assert found.units
        assert found.candidates == ()


@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text):
    assert rules.fold(rules.fold(text)) == rules.fold(text)


keys = st.lists(st.integers(1, 10_000), min_size=1, max_size=6, unique=True)


def path_of(chain):
    path = ""
    for key in chain:
        path = rules.path_under(path, key)
    return path


@given(keys)
def test_a_path_knows_what_stands_above(chain):
    path = path_of(chain)
    assert rules.keys_above(path) == chain[:-1]
    assert rules.depth(path) == len(chain) - 1
    assert all(rules.lies_under(path, path_of(chain[: i + 1])) for i in range(len(chain)))


@given(keys, keys)
def test_no_path_lies_under_one_that_is_not_above_it(chain, other):
    under = rules.lies_under(path_of(chain), path_of(other))
    assert under == (chain[: len(other)] == other)


@given(keys, keys)
def test_rehanging_keeps_what_is_below(chain, place):
    before, after = path_of(chain), rules.path_under(path_of(place), chain[-1])
    below = rules.path_under(before, 77_777)
    moved = rules.rehung(below, before, after)
    assert rules.lies_under(moved, after)
    assert rules.rehung(moved, after, before) == below


def test_rehanging_a_stranger_is_an_error():
    with pytest.raises(ValueError, match="does not lie under"):
        rules.rehung("/1/2/", "/3/", "/4/")


def test_a_unit_cannot_stand_under_itself():
    assert rules.would_turn_in_a_circle("/1/2/", "/1/2/")
    assert rules.would_turn_in_a_circle("/1/2/", "/1/2/3/")
    assert not rules.would_turn_in_a_circle("/1/2/", "/1/22/")
