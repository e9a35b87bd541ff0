"""Names as they are kept and served."""

import pytest

from gongkai.files.names import clean_name, served_name
from gongkai.files.states import Kind


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026年政务公开工作要点.docx", "2026年政务公开工作要点.docx"),
        ("C:\\Users\\办公室\\要点.docx", "要点.docx"),
        ("../../etc/passwd", "passwd"),
        ("a\nb\x00c.txt", "abc.txt"),
        ("图\u202egnp.exe", "图gnp.exe"),
        ("零\u200b宽.txt", "零宽.txt"),
        ('问?号"引号*.txt', "问_号_引号_.txt"),
        ("  首尾. ", "首尾"),
        ("..", ""),
        ("", ""),
        ("e\u0301.txt", "é.txt"),
    ],
)
def test_a_name_is_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    kept = clean_name("长" * 300 + ".docx")
    assert len(kept) == 150
    assert kept.endswith("长.docx")


@pytest.mark.parametrize(
    ("name", "kind", "served"),
    [
        ("要点", Kind.DOCX, "要点.docx"),
        ("图.JPEG", Kind.JPG, "图.JPEG"),
        ("v1.2 说明", Kind.TXT, "v1.2 说明.txt"),
    ],
)
def test_the_served_name_ends_as_the_content(name: str, kind: Kind, served: str) -> None:
    assert served_name(name, kind) == served
