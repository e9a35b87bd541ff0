"""The life of a stored file, the kinds of file that are known, and the app's events, as data."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a file stands; only an accepted one is ever served."""

    QUARANTINED = "quarantined"
    ACCEPTED = "accepted"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        """The word on screens."""
        return {"quarantined": "检查中", "accepted": "已接收", "refused": "未接收"}[self.value]


# verb: (from, to); "store" begins at nothing
MOVES: dict[str, tuple[frozenset[State], State]] = {
    "accept": (frozenset({State.QUARANTINED}), State.ACCEPTED),
    "refuse": (frozenset({State.QUARANTINED}), State.REFUSED),
    "attach": (frozenset({State.ACCEPTED}), State.ACCEPTED),
}


class Kind(StrEnum):
    """What a file is by its content; named by the extension it is served under."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    HTML = "html"
    TXT = "txt"
    CSV = "csv"
    PNG = "png"
    JPG = "jpg"

    @property
    def label(self) -> str:
        """The word on screens."""
        return _LABELS[self]

    @property
    def extensions(self) -> tuple[str, ...]:
        """Endings under which such a file may arrive, the usual one first."""
        return {Kind.HTML: ("html", "htm"), Kind.JPG: ("jpg", "jpeg")}.get(self, (self.value,))


_LABELS = {
    Kind.DOCX: "Word 文档",
    Kind.XLSX: "Excel 表格",
    Kind.PDF: "PDF",
    Kind.HTML: "网页",
    Kind.TXT: "纯文本",
    Kind.CSV: "CSV 表格",
    Kind.PNG: "PNG 图片",
    Kind.JPG: "JPG 图片",
}

EVENTS: dict[str, str] = {
    "files.accepted": "接收文件",
    "files.refused": "未接收文件",
    "files.attached": "文件归入记录",
}
