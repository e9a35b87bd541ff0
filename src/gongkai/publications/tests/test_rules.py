"""Numbers, completeness, the exact version: tables and properties without a database."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.publications import rules
from gongkai.publications.rules import BadPattern, Content, FileFact, IndexGrammar
from gongkai.publications.states import Attribute, Audience, Change, Ground, Kind

WHOLE = Content(
    index_number="11450000/2026-00001",
    kind=Kind.POLICY,
    change=Change.FIRST,
    change_note="",
    title="关于做好防汛工作的通知",
    document_number="清交发〔2026〕8号",
    issuers=("清江市交通运输局",),
    attribute=Attribute.PROACTIVE,
    ground="",
    reason="",
    audience=Audience.PUBLIC,
    readers=(),
    formed_on="2026-03-02",
    effective_on="",
    lapses_on="",
    topic="",
    column="",
    keywords="",
    abstract="部署防汛。",
    source="清江市交通运输局",
    source_url="",
    text="<p>各县区：</p>",
    files=(),
)
ORIGINAL = FileFact("original", "原件", "a" * 64)


def lacks(**how):
    return [one.code for one in rules.missing(replace(WHOLE, **how))]


def test_nothing_is_missing():
    assert lacks() == []


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({"title": " "}, "title"),
        ({"issuers": ()}, "issuers"),
        ({"document_number": ""}, "document_number"),
        ({"document_number": "清交发[2026]8号"}, "document_number_form"),
        ({"document_number": "清交发〔2026〕08号"}, "document_number_form"),
        ({"document_number": "清交发〔2026〕第8号"}, "document_number_form"),
        ({"source": ""}, "source"),
        ({"text": ""}, "text"),
        ({"abstract": ""}, "abstract"),
        ({"change": Change.CORRECTION}, "change_note"),
        ({"attribute": Attribute.CLOSED, "reason": "涉密"}, "ground"),
        ({"attribute": Attribute.CLOSED, "ground": Ground.STATE_SECRET}, "reason"),
        ({"attribute": Attribute.ON_REQUEST}, "reason"),
        ({"attribute": Attribute.DECLASSIFIED}, "original"),
        ({"attribute": Attribute.REDACTED}, "original"),
        ({"files": (ORIGINAL,)}, "attribute_original"),
        ({"audience": Audience.NAMED}, "readers"),
        ({"lapses_on": "2026-03-02"}, "lapses_on"),
        ({"effective_on": "2026-05-01", "lapses_on": "2026-04-30"}, "lapses_on"),
    ],
)
def test_what_a_signature_wants(how, code):
    assert lacks(**how) == [code]


@pytest.mark.parametrize(
    "how",
    [
        {"document_number": "国务院令第711号"},
        {"document_number": "国办公开办函〔2021〕30号"},
        {"document_number": "国办发明电〔2018〕15号"},
        {"kind": Kind.NEWS, "document_number": ""},
        {"text": "", "files": (FileFact("attachment", "表", "b" * 64),)},
        {"formed_on": ""},
        {"attribute": Attribute.REDACTED, "files": (ORIGINAL,)},
        {"audience": Audience.NAMED, "readers": (7,)},
        {"attribute": Attribute.CLOSED, "ground": Ground.INTERNAL, "reason": "内部人事安排"},
    ],
)
def test_what_may_be_signed(how):
    assert lacks(**how) == []


@given(st.sampled_from(list(WHOLE.as_json())), st.text(min_size=1, max_size=20))
def test_any_change_gives_another_digest(name, text):
    value = getattr(WHOLE, name)
    other = (*value, text) if isinstance(value, tuple) else f"{value}{text}"
    assert rules.digest(replace(WHOLE, **{name: other})) != rules.digest(WHOLE)


def test_the_bytes_and_the_copy_of_a_file_are_bound():
    one = replace(WHOLE, files=(FileFact("attachment", "表", "b" * 64),))
    assert rules.digest(one) != rules.digest(
        replace(WHOLE, files=(FileFact("attachment", "表", "c" * 64),))
    )
    assert rules.digest(one) != rules.digest(
        replace(WHOLE, files=(FileFact("attachment", "表", "b" * 64, "d" * 64),))
    )


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("000014349/{year}-{serial:5}", "000014349/2026-00007"),
        ("11441700007280420Y/{year}-{serial:5}", "11441700007280420Y/2026-00007"),
        ("{year}_{serial}", "2026_7"),
        ("QJ.{serial:3}", "QJ.007"),
    ],
)
def test_index_numbers(pattern, number):
    assert IndexGrammar(pattern).number(2026, 7) == number


@pytest.mark.parametrize(
    "pattern", ["", "{year}", "{serial}-{serial}", "清江/{serial}", "{yaer}{serial}", "a" * 101]
)
def test_patterns_that_are_refused(pattern):
    with pytest.raises(BadPattern):
        IndexGrammar(pattern)


@given(st.integers(1, 10**7), st.integers(1, 10**7), st.integers(2000, 2100))
def test_two_serials_are_two_numbers(one, other, year):
    rule = IndexGrammar("QJ/{year}-{serial:5}")
    assert (rule.number(year, one) == rule.number(year, other)) == (one == other)
    assert rule.scope(year) != rule.scope(year + 1)


def test_names_are_split():
    assert rules.clean_names("甲局\n乙局、丙局\n\n甲局") == ["甲局", "乙局", "丙局"]
