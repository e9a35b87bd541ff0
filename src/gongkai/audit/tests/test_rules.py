"""The one form that is hashed, and what follows from it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.audit import rules
from gongkai.audit.queries.keys import digest_with

SHA256 = digest_with("sha256")
AT = datetime(2026, 3, 18, 1, 30, tzinfo=UTC)


class Light(StrEnum):
    RED = "red"


@pytest.mark.parametrize(
    ("fact", "plain"),
    [
        (date(2026, 3, 18), "2026-03-18"),
        (AT, "2026-03-18T01:30:00+00:00"),
        (Decimal("28.60"), "28.60"),
        (Light.RED, "red"),
        ((1, None, True), [1, None, True]),
        ({"b", "a"}, ["a", "b"]),
        ({1: {"x": date(2026, 1, 1)}}, {"1": {"x": "2026-01-01"}}),
    ],
)
def test_facts_become_plain_json(fact: object, plain: object) -> None:
    assert rules.plain(fact) == plain


@pytest.mark.parametrize("fact", [object(), b"bytes", {"a": object()}])
def test_what_is_not_plain_is_refused(fact: object) -> None:
    with pytest.raises(TypeError, match="plain JSON"):
        rules.plain(fact)


def test_the_hash_is_a_fixed_function_of_the_content() -> None:
    """Written down: a later version of the program must still verify what this one recorded."""
    content = rules.Content(
        "foi.extended",
        AT,
        (1, "张三"),
        (None, ""),
        (5, "/1/5/", "科技科"),
        ("a.b:1",),
        '{"days":5}',
    )
    text = (
        '["foi.extended","2026-03-18T01:30:00.000000+00:00",[1,"张三"],[null,""],'
        '[5,"/1/5/","科技科"],["a.b:1"],"{\\"days\\":5}"]'
    )
    assert rules.event_hash(content, SHA256) == SHA256(text.encode())
    assert rules.event_hash(content, SHA256) == (
        "800de2ae22ad32af65b1c287c308244c45d6e955b70038f8013f2ad8b1b48bcc"
    )


def test_the_moment_is_hashed_in_utc_whatever_the_zone() -> None:
    assert rules.moment(AT.astimezone(ZoneInfo("Asia/Shanghai"))) == rules.moment(AT)


@pytest.mark.parametrize("changed", [(2, "h", "p"), (1, "i", "p"), (1, "h", "q")])
def test_a_link_depends_on_number_event_and_the_link_before(changed: tuple[int, str, str]) -> None:
    link = rules.link_hash(1, "h", "p", AT, SHA256)
    assert rules.link_hash(*changed, AT, SHA256) != link
    assert rules.link_hash(1, "h", "p", AT.replace(second=1), SHA256) != link


def test_sm3_gives_the_value_of_the_standard() -> None:
    expected = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert digest_with("sm3")(b"abc") == expected  # GB/T 32905 附录 A.1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(JSON)
def test_canonical_text_is_stable_when_read_and_written_again(value: object) -> None:
    import json

    text = rules.canonical(value)
    assert rules.canonical(json.loads(text)) == text


@pytest.mark.parametrize(
    ("paths", "top"),
    [([""], True), (["/1/"], True), (["/1/5/"], False), (["/1/5/", "/2/"], True), ([], False)],
)
def test_only_a_scope_from_the_top_reaches_what_has_no_unit(paths: list[str], top: bool) -> None:
    assert rules.widest(paths) is top
