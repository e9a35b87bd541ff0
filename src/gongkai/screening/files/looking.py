"""What one look at a file gathers: findings, lengths of text, sizes unpacked. Opens no file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from gongkai.screening.findings import Code, Finding, Severity, beside, unspoken
from gongkai.screening.lexicon import Lexicon
from gongkai.screening.personal import personal
from gongkai.screening.text import screen_text

Where = Callable[[int], str]
"""From an offset in a text to the words that say where it stands there: "，第3段"."""

Opener = Callable[["Look", str, bytes, str, int], None]
"""Looks into a file: its name, its bytes, its place, how many files it stands in."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of one file is looked at; what lies beyond is said to be not looked at."""

    depth: int = 4
    """Files in files: an archive in an archive in a document."""
    files: int = 1_000
    unpacked: int = 400 * 1024 * 1024
    ratio: int = 400
    """Unpacked over packed size of a member of more than a few megabytes."""
    characters: int = 5_000_000


@dataclass
class Look:
    """One look at a file and all that stands in it."""

    lexicon: Lexicon
    day: date
    secret: bytes = b""
    limits: Limits = field(default_factory=Limits)
    opener: Opener | None = None
    findings: list[Finding] = field(default_factory=list)
    text_length: int = 0
    files: int = 0
    unpacked: int = 0
    opened: bool = True
    pictures: dict[str, list[bytes]] = field(default_factory=dict)
    """Pictures whose words nobody has read yet, by place."""

    def text(self, text: str, place: str, where: Where | None = None) -> None:
        """Look at a text that people read: personal numbers, words, forms."""
        room = self.limits.characters - self.text_length
        if len(text) > room:
            says = f"文字超过{self.limits.characters // 10_000}万字，后面的没有查，请分成几份。"
            self.say(Code.NOT_LOOKED_AT, Severity.ASK, place, says)
            text = text[: max(room, 0)]
        self.text_length += len(text)
        found = screen_text(
            text, place=place, lexicon=self.lexicon, day=self.day, secret=self.secret
        )
        self._place(found, place, where)

    def aside(self, text: str, place: str, where: Where | None = None) -> None:
        """Look at a text that is not part of what people read: for personal numbers only."""
        text = text[: self.limits.characters]
        self.text_length += len(text)
        self._place(personal(text, place, self.day, self.secret), place, where)

    def _place(self, found: Iterable[Finding], place: str, where: Where | None) -> None:
        for one in found:
            spot = place + where(one.start) if where else place
            self.findings.append(replace(one, place=spot, within=place))

    def say(self, code: Code, severity: Severity, place: str, says: str, excerpt: str = "") -> None:
        """Say something of a file as a whole; another excerpt is another finding."""
        shown = unspoken(excerpt)[:120]
        around = beside("", 0, 0, secret=self.secret, value=excerpt) if excerpt else ""
        self.findings.append(
            Finding(code, severity, place, 0, 0, shown, says, around=around, within=place)
        )

    def properties(self, found: dict[str, str], place: str) -> None:
        """Say which properties a file carries, and look at them for personal numbers."""
        if not found:
            return
        words = "、".join(f"{name}“{value[:40]}”" for name, value in found.items())
        says = "文件属性里还有这些内容，不宜公开的请在文件属性里删去。"
        self.say(Code.METADATA, Severity.ASK, place, says, words)
        self.aside("\n".join(found.values()), f"{place}，文件属性")

    def inside(self, name: str, data: bytes, place: str, depth: int) -> None:
        """Look into a file that stands in another."""
        if self.opener is not None:
            self.opener(self, name, data, place, depth)

    def takes(self, size: int) -> bool:
        """Say whether one more file of so many bytes is looked at, and count it."""
        self.files += 1
        self.unpacked += size
        return self.files <= self.limits.files and self.unpacked <= self.limits.unpacked
