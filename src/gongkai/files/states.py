"""The life of a stored file, the kinds of file that are known, and the app's events, as data."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class State(Worded):
    """Where a file stands; only an accepted one is ever served."""

    QUARANTINED = "quarantined", "检查中"
    ACCEPTED = "accepted", "已接收"
    REFUSED = "refused", "未接收"


# verb: (from, to); "store" begins at nothing
MOVES: dict[str, tuple[frozenset[State], State]] = {
    "accept": (frozenset({State.QUARANTINED}), State.ACCEPTED),
    "refuse": (frozenset({State.QUARANTINED}), State.REFUSED),
    "attach": (frozenset({State.ACCEPTED}), State.ACCEPTED),
}


class Kind(Worded):
    """What a file is by its content; named by the extension it is served under."""

    DOCX = "docx", "Word 文档"
    XLSX = "xlsx", "Excel 表格"
    PDF = "pdf", "PDF"
    HTML = "html", "网页"
    TXT = "txt", "纯文本"
    CSV = "csv", "CSV 表格"
    PNG = "png", "PNG 图片"
    JPG = "jpg", "JPG 图片"

    @property
    def extensions(self) -> tuple[str, ...]:
        """Endings under which such a file may arrive, the usual one first."""
        return {Kind.HTML: ("html", "htm"), Kind.JPG: ("jpg", "jpeg")}.get(self, (self.value,))


EVENTS: dict[str, str] = {
    "files.accepted": "接收文件",
    "files.refused": "未接收文件",
    "files.attached": "文件归入记录",
}
