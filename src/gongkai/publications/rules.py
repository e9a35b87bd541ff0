"""Numbers, completeness and the exact version as pure code; no tables, no clock."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from gongkai.publications.states import Attribute, Audience, Change, Ground, Kind
from gongkai.reading.document_number import number_problems

MOST_TITLE = 300
_SERIAL = re.compile(r"\{serial(?::(\d))?\}")
_FIELD = re.compile(r"\{(year|serial(?::\d)?)\}")
_FIXED = re.compile(r"[0-9A-Za-z/_.\-]*")


class BadPattern(ValueError):
    """A grammar of index numbers that cannot be used; the message says why, in Chinese."""


@dataclass(frozen=True)
class IndexGrammar:
    """How index numbers are written: fixed text with ``{year}`` and ``{serial:5}`` (9.1).

    ``11450000MB0001/{year}-{serial:5}`` gives 11450000MB0001/2026-00001.
    """

    pattern: str

    def __post_init__(self) -> None:
        """Raise ``BadPattern`` for a pattern by which numbers could not be told apart."""
        if len(_SERIAL.findall(self.pattern)) != 1:
            raise BadPattern("规则里要有且只有一处流水号，例如{serial:5}。")
        fixed = _FIELD.sub("", self.pattern)
        if not _FIXED.fullmatch(fixed):
            raise BadPattern("除{year}、{serial:5}外，只能用字母、数字和 / - _ . 。")
        if len(self.pattern) > 100:
            raise BadPattern("规则太长，请控制在100个字符以内。")

    def scope(self, year: int) -> str:
        """Return what the serial counts within: all that stands beside it."""
        return _SERIAL.sub("#", self.pattern.replace("{year}", str(year)))

    def number(self, year: int, serial: int) -> str:
        """Write a number; a serial longer than its width is written in full."""
        width = int(_SERIAL.findall(self.pattern)[0] or 1)
        return _SERIAL.sub(str(serial).zfill(width), self.pattern.replace("{year}", str(year)))


def is_document_number(text: str) -> bool:
    """Say whether a document number is written as it must be (GB/T 9704–2012 7.2.5, decrees)."""
    return not number_problems(text)


@dataclass(frozen=True)
class FileFact:
    """What of a file is bound by a signature: what it is to the text, its name, its exact bytes."""

    role: str
    title: str
    sha256: str
    copy_sha256: str = ""


@dataclass(frozen=True)
class Content:
    """All of an edition that is signed: what its readers get, and who they are."""

    index_number: str
    kind: str
    change: str
    change_note: str
    title: str
    document_number: str
    issuers: tuple[str, ...]
    attribute: str
    ground: str
    reason: str
    audience: str
    readers: tuple[int, ...]
    formed_on: str
    """"" where the day of signing is the day of forming."""
    effective_on: str
    lapses_on: str
    topic: str
    column: str
    keywords: str
    abstract: str
    source: str
    source_url: str
    text: str
    files: tuple[FileFact, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the content as plain JSON."""
        return asdict(self)


def content_from(kept: Mapping[str, Any]) -> Content:
    """Return the content that ``as_json`` wrote, read back from the store."""
    lists = {
        "issuers": tuple(kept["issuers"]),
        "readers": tuple(kept["readers"]),
        "files": tuple(FileFact(**one) for one in kept["files"]),
    }
    return Content(**{**kept, **lists})


def digest(content: Content) -> str:
    """Return the SHA-256 of the content: any change of text, file or reader gives another."""
    plain = json.dumps(content.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields that differ, in the order of ``after``."""
    return [name for name, value in after.items() if before.get(name) != value]


@dataclass(frozen=True)
class Missing:
    """Something without which an edition may not be signed: a code, a sentence."""

    code: str
    sentence: str


def missing(content: Content) -> Iterator[Missing]:
    """Yield what a draft still lacks before it may be sent for signature.

    A draft may be saved without any of it (loose); a signature wants all (strict, B2).
    """
    yield from _missing_elements(content)
    yield from _missing_attribute(content)
    yield from _wrong_days(content)


def _missing_elements(content: Content) -> Iterator[Missing]:
    if not content.title.strip():
        yield Missing("title", "请填写标题。")
    if not content.issuers:
        yield Missing("issuers", "请填写发文机关，联合发文的牵头机关写在最前。")
    if content.kind in (Kind.NORMATIVE, Kind.POLICY, Kind.DOCUMENT) and not content.document_number:
        yield Missing("document_number", "公文要有发文字号，例如清卫发〔2026〕8号。")
    if content.document_number and not is_document_number(content.document_number):
        yield Missing(
            "document_number_form",
            f"发文字号“{content.document_number}”写法不对：年份用六角括号〔〕，序号不加“第”、"
            "不补0，例如清卫发〔2026〕8号。",
        )
    if not content.source.strip():
        yield Missing("source", "请填写信息来源；本机关制作的写本机关名称。")
    if not content.text.strip() and not any(f.role == "attachment" for f in content.files):
        yield Missing("text", "正文和附件都是空的，请至少填写一项。")
    if not content.abstract.strip():
        yield Missing("abstract", "请填写内容概述，公开目录要用。")
    if content.change == Change.CORRECTION and not content.change_note.strip():
        yield Missing("change_note", "更正要写明更正了什么，会随文公布。")


def _missing_attribute(content: Content) -> Iterator[Missing]:
    attribute = Attribute(content.attribute)
    if attribute is Attribute.CLOSED and content.ground not in set(Ground):
        yield Missing("ground", "不予公开要选定条例的条款依据。")
    if attribute in (Attribute.CLOSED, Attribute.ON_REQUEST) and not content.reason.strip():
        yield Missing("reason", f"{attribute.label}要写明理由。")
    originals = [f for f in content.files if f.role == "original"]
    if attribute.has_closed_original and not originals:
        yield Missing(
            "original", f"{attribute.label}要登记不公开的原件，正文和附件放可公开的内容。"
        )
    if originals and not attribute.has_closed_original and attribute.is_published:
        yield Missing("attribute_original", "已登记不公开的原件，属性应为脱密后公开或删减后公开。")
    if content.audience == Audience.NAMED and not content.readers:
        yield Missing("readers", "一定范围内公开要选定哪些单位可以看。")


def _wrong_days(content: Content) -> Iterator[Missing]:
    formed, effective = _day(content.formed_on), _day(content.effective_on)
    lapses = _day(content.lapses_on)
    if lapses and (start := effective or formed) and lapses <= start:
        yield Missing("lapses_on", "有效期截止日要晚于施行日期，请核对。")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def clean_names(text: str) -> list[str]:
    """Split names written on lines or with 、 into a list without repeats, order kept."""
    parts = [part.strip() for part in re.split(r"[\n、;；]", text)]
    return list(dict.fromkeys(part for part in parts if part))


def version_words(order: int, change: str) -> str:
    """Name an edition: 第2版（修订）."""
    return f"第{order}版（{Change(change).label}）" if order > 1 else "第1版"


def labels_of(fields: Sequence[str]) -> str:
    """Name changed fields in Chinese."""
    return "、".join(FIELD_LABELS.get(name, name) for name in fields)


FIELD_LABELS = {
    "title": "标题",
    "kind": "类型",
    "change_note": "更正或修订说明",
    "document_number": "发文字号",
    "issuers": "发文机关",
    "attribute": "公开属性",
    "ground": "不公开依据",
    "reason": "理由",
    "audience": "公开范围",
    "readers": "可看单位",
    "formed_on": "成文日期",
    "effective_on": "施行日期",
    "lapses_on": "有效期截止",
    "topic": "主题分类",
    "column": "栏目",
    "keywords": "关键词",
    "abstract": "内容概述",
    "source": "信息来源",
    "source_url": "来源网址",
    "text": "正文",
    "files": "附件",
    "index_number": "索引号",
    "change": "版次",
}
