"""What a file is by its bytes, and the sentence for each that cannot be taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.files.content import identify, packages
from gongkai.files.states import Kind
from gongkai.files.tests import builders
from gongkai.kernel.refusal import Refused

FIXTURES = Path(__file__).parent / "fixtures"
CHINESE = "清江市交通运输局，政务公开。\r\n"
PAGE = "<!DOCTYPE html><html><body><p>通知</p></body></html>"


def _identify(path: Path, data: bytes, name: str, kinds: set[Kind] | None = None) -> Kind:
    file = path / "upload"
    file.write_bytes(data)
    return identify(file, name, kinds or set(Kind))


def _refusal(path: Path, data: bytes, name: str, kinds: set[Kind] | None = None):
    with pytest.raises(Refused) as refused:
        _identify(path, data, name, kinds)
    [why] = refused.value.refusals
    return why


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (builders.word(), "要点.docx", Kind.DOCX),
        (builders.word(), "要点", Kind.DOCX),
        (builders.word(), "要点.DOCX", Kind.DOCX),
        (builders.sheet(), "分工.xlsx", Kind.XLSX),
        (builders.pdf(), "报告.pdf", Kind.PDF),
        (b"\xef\xbb\xbf" + builders.pdf(), "报告.pdf", Kind.PDF),
        (builders.pdf(owner="o"), "只限制修改.pdf", Kind.PDF),
        (builders.png(), "图.png", Kind.PNG),
        (builders.jpg(), "图.jpg", Kind.JPG),
        (builders.jpg(), "图.JPEG", Kind.JPG),
        (CHINESE.encode(), "通知.txt", Kind.TXT),
        (CHINESE.encode("utf-8-sig"), "通知.txt", Kind.TXT),
        (CHINESE.encode("gb18030"), "通知.txt", Kind.TXT),
        (CHINESE.encode("utf-16"), "通知.txt", Kind.TXT),
        (b"\xfe\xff" + CHINESE.encode("utf-16-be"), "通知.txt", Kind.TXT),
        (CHINESE.encode(), "通知", Kind.TXT),
        (CHINESE.strip().encode()[:-1], "断在字中间.txt", Kind.TXT),
        (CHINESE.strip().encode("gb18030")[:-1], "断在字中间.txt", Kind.TXT),
        ("序号,任务\n1,公开\n".encode("gb18030"), "表.csv", Kind.CSV),
        (PAGE.encode(), "通知.html", Kind.HTML),
        (PAGE.encode("gb18030"), "通知.htm", Kind.HTML),
        (PAGE.encode(), "通知", Kind.HTML),
        (b"<div>part of a page</div>", "part.html", Kind.HTML),
        (PAGE.encode(), "源代码.txt", Kind.TXT),
    ],
)
def test_the_content_says_the_kind(tmp_path: Path, data: bytes, name: str, kind: Kind) -> None:
    assert _identify(tmp_path, data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "code", "says"),
    [
        (b"", "空.txt", "empty", "空的"),
        (builders.word(), "要点.pdf", "extension_mismatch", "内容却是Word 文档"),
        (builders.word(), "要点.doc", "extension_mismatch", ".docx"),
        (builders.pdf(), "报告.docx", "extension_mismatch", "内容却是PDF"),
        (builders.png(), "图.jpg", "extension_mismatch", "PNG"),
        (CHINESE.encode(), "要点.docx", "extension_mismatch", "纯文本"),
        (CHINESE.encode(), "脚本.exe", "extension_mismatch", ".txt"),
        (b"no tags here", "页.html", "extension_mismatch", ".txt"),
        (builders.old("WordDocument"), "旧.doc", "old_format", "另存为 .docx"),
        (builders.old("Workbook"), "旧.xls", "old_format", "另存为 .xlsx"),
        (builders.old("EncryptedPackage"), "密.docx", "encrypted", "去掉密码"),
        (builders.old("Other"), "什么.doc", "wrong_kind", "下列格式"),
        (builders.locked(), "密.docx", "encrypted", "去掉密码"),
        ((FIXTURES / "locked-word.docx").read_bytes(), "密.docx", "encrypted", "去掉密码"),
        ((FIXTURES / "locked-sheet.xlsx").read_bytes(), "密.xlsx", "encrypted", "去掉密码"),
        (builders.pdf(password="x"), "密.pdf", "encrypted", "去掉密码"),
        (builders.pdf()[:-40], "断.pdf", "damaged", "没有传完整"),
        (builders.pdf()[:200], "断.pdf", "damaged", "没有传完整"),
        (builders.sheet()[:-200], "断.xlsx", "damaged", "没有传完整"),
        (builders.corrupted(), "坏.docx", "damaged", "损坏"),
        (builders.word()[:-200], "断.docx", "damaged", "没有传完整"),
        (b"PK\x03\x04 and nothing more", "假.docx", "damaged", "损坏"),
        (builders.doubled(), "双.docx", "damaged", "损坏"),
        (builders.package({"../up": "x"}), "爬.docx", "damaged", "损坏"),
        (builders.package({"/etc/up": "x"}), "爬.docx", "damaged", "损坏"),
        (builders.package({"a.txt": "x"}), "包.zip", "wrong_kind", "压缩包"),
        (builders.package({"OFD.xml": "x"}), "版式.ofd", "wrong_kind", "OFD"),
        (builders.package({"content.xml": "x"}), "文.odt", "wrong_kind", "ODF"),
        (builders.package({"xl/workbook.bin": "x"}), "表.xlsb", "old_format", ".xlsx"),
        (
            builders.word_with_macros(),
            "宏.docx",
            "macros",
            "宏",
        ),
        (
            builders.sheet_with_macros(),
            "宏.xlsx",
            "macros",
            "宏",
        ),
        (b"Rar!\x1a\x07\x01\x00" + b"\0" * 60, "包.rar", "wrong_kind", "RAR"),
        (b"MZ\x90\x00" + b"\0" * 60, "程序.exe", "wrong_kind", "程序"),
        (b"{\\rtf1\\ansi text}", "文.rtf", "wrong_kind", "RTF"),
        (b"GIF89a" + b"\0" * 20, "动.gif", "wrong_kind", "GIF"),
        (bytes(range(256)), "什么.bin", "wrong_kind", "下列格式"),
        (b"text with \x00 zero", "通知.txt", "wrong_kind", "下列格式"),
    ],
)
def test_each_refusal_has_its_code_and_says_what_to_do(
    tmp_path: Path, data: bytes, name: str, code: str, says: str
) -> None:
    why = _refusal(tmp_path, data, name)
    assert why.code == f"files.{code}"
    assert says in why.sentence
    assert "请" in why.sentence


def test_a_macro_type_without_the_usual_part_is_found(tmp_path: Path) -> None:
    types = builders.PLAIN_TYPES.replace(
        "/>", '><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    )
    data = builders.package({builders.TYPES: types, "word/document.xml": "<x/>"})
    assert "macroEnabled" in types
    assert _refusal(tmp_path, data, "宏.docx").code == "files.macros"


def test_a_kind_that_is_not_wanted_is_refused_with_those_that_are(tmp_path: Path) -> None:
    why = _refusal(tmp_path, builders.png(), "图.png", {Kind.PDF, Kind.DOCX})
    assert why.code == "files.wrong_kind"
    assert why.sentence == (
        "这里不接收PNG 图片。请转成下列格式之一再上传：Word 文档（.docx）、PDF（.pdf）。"
    )


def test_what_unpacks_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = builders.bomb(3 * 2**20)
    assert _identify(tmp_path, data, "图多.docx") == Kind.DOCX
    monkeypatch.setattr(packages, "MAX_UNPACKED", 2 * 2**20)
    assert _refusal(tmp_path, data, "图多.docx").code == "files.unpacks_too_large"


def test_what_packs_too_well_is_refused(tmp_path: Path) -> None:
    data = builders.bomb(20 * 2**20)
    assert _refusal(tmp_path, data, "炸弹.docx").code == "files.unpacks_too_large"


def test_a_part_that_is_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    """The directory says a few bytes, the part holds more: what is unpacked ends there, damaged."""
    data = bytearray(builders.package({"word/media/a.bmp": b"\1" * 5000}, builders.word()))
    at = data.rfind(b"word/media/a.bmp") - 46  # its entry in the directory
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert _refusal(tmp_path, bytes(data), "谎.docx").code == "files.damaged"


def test_too_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "MAX_ENTRIES", 5)
    assert _refusal(tmp_path, builders.word(), "碎.docx").code == "files.unpacks_too_large"
