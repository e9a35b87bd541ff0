"""Encodings of plain text: found, never guessed into nonsense; what is no text is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.source import Unreadable, load
from gongkai.reading.tests import builders

TEXT = builders.as_txt() + "\r\n局屬各單位：按規定公開。\n"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_each_encoding_gives_the_same_text(encoding) -> None:
    source = load(TEXT.encode(encoding), "x.txt")
    assert source.text == TEXT
    builders.assert_honest(source)


def test_utf16_big_endian_with_its_mark() -> None:
    assert load(b"\xfe\xff" + TEXT.encode("utf-16-be"), "x").text == TEXT


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_short_texts_too(encoding) -> None:
    assert (
        load("各科室：请于6月底前报送。".encode(encoding), "x").text == "各科室：请于6月底前报送。"
    )


def test_letters_only_in_gb18030_with_four_bytes() -> None:
    text = "龘𠮷野路段，㙍镇公路站负责养护。" * 3
    assert load(text.encode("gb18030"), "x").text == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_cut_in_the_middle_of_a_character_is_still_read(encoding) -> None:
    cut = TEXT.encode(encoding)
    cut = cut[: cut.rindex("公开".encode(encoding)) + 1]
    text = load(cut, "x").text
    assert text[:-1] == TEXT[: len(text) - 1]
    assert text[-1] == "\ufffd"


def test_one_broken_byte_does_not_turn_the_rest_into_nonsense() -> None:
    data = bytearray(TEXT.encode())
    data[30] = 0xFF
    text = load(bytes(data), "x").text
    assert "局办公室、局属各单位" in text
    assert text.count("\ufffd") <= 3


def test_zero_bytes_at_the_end_are_kept_storable() -> None:
    text = load(TEXT.encode() + b"\x00", "x").text
    assert text == TEXT + "\ufffd"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b" \r\n\t", "empty"),
        ("\u3000\n".encode(), "empty"),
        (b"\x00" * 4096, "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not_a_document"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "not_a_document"),
        (b"\x7fELF" + bytes(range(256)) * 9, "not_a_document"),
        (bytes(range(256)) * 40, "not_a_document"),
        (b"MZ\x90\x00\x03" + bytes(range(256)) * 9, "not_a_document"),
        (b"{\\rtf1\\ansi abc}", "old_format"),
        (b"<?xml version='1.0'?><data><a>1</a></data>", "not_a_document"),
    ],
)
def test_what_is_no_text_is_refused(data, code) -> None:
    with pytest.raises(Unreadable) as caught:
        load(data, "x.txt")
    assert caught.value.code == code
    assert caught.value.sentence.endswith("。")
    assert "\n" not in caught.value.sentence


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cn", "Co"]), min_size=1
    )
)
def test_any_utf8_text_comes_back(text) -> None:
    try:
        source = load(("各科室：" + text).encode(), "x")
    except Unreadable:
        # U+FFFD in numbers is what undecodable bytes look like.
        assert text.count("\ufffd") > 1
        return
    assert source.text == "各科室：" + text
    builders.assert_honest(source)
