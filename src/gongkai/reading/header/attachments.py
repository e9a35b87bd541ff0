"""The attachments that a document names, and where an attached paper begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.reading.header import words

_NO = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})?"
_NAMED = re.compile(rf"附\s*[件表]?\s*{_NO}\s*[:：]\s*(?P<rest>.*)$", re.S)
_MARKER = re.compile(rf"附\s*[件表录]\s*{_NO}\s*$")
_ITEM = re.compile(
    r"(?:(?:附件)?\d{1,2}\s*[.．、:：]|[（(]\d{1,2}[)）]|附件\s*[一二三四五六七八九十]\s*[:：])\s*(?=\S)"
)
_NEXT_ITEM = re.compile(r"\s+(?=\d{1,2}\s*[.．、]\s*[^\d\s])")
FILE = re.compile(
    r"^.{1,100}\.(?:pdf|docx?|xlsx?|wps|et|zip|rar|ofd|ceb|tiff?)(?:\s*[（(\[]?\s*[\d.]+\s*[KMG]B?\s*[)）\]]?)?$",
    re.I,
)
_SIZE = re.compile(
    r"\s*(?:[（(\[]?\s*[\d.]+\s*[KMG]B?\s*[)）\]]?|[（(](?:点击)?下载[)）]|[（(]略[)）])\s*$", re.I
)
_LONGEST = 120
_MOST = 40


@dataclass
class Attachments:
    """The names in order, the lines they stand in, and where attached papers begin."""

    names: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    begins: set[int] = field(default_factory=set)

    def add(self, text: str) -> None:
        """Keep one name without its number, size and stops."""
        name = _SIZE.sub("", _ITEM.sub("", text.strip(), count=1)).strip(" 。.；;，,、|\n")
        name = name[1:-1] if name.startswith("《") and name.find("》") == len(name) - 1 else name
        if len(name) > 1 and name not in self.names:
            self.names.append(name)


def find_attachments(texts: Sequence[str], taken: set[int]) -> Attachments:
    """Find 附件：…, the lines under it that go on with the list, and names of files."""
    found = Attachments()
    for index, text in enumerate(texts):
        if index in found.used or index in taken:
            continue
        named = _NAMED.match(text) if len(text) <= _LONGEST * 4 else None
        if named and not _is_sentence(named["rest"]):
            found.used.add(index)
            _add_list(found, texts, index, named["rest"].strip(), taken)
        elif _MARKER.fullmatch(text):
            found.used.add(index)
            found.begins.add(index)
        elif FILE.match(text) and not re.search(r"[。，；]", text):
            found.used.add(index)
            found.add(text)
    return found


def _is_sentence(rest: str) -> bool:
    return len(rest) > 6 and rest.endswith("。") and "，" in rest


def _add_list(
    found: Attachments, texts: Sequence[str], index: int, first: str, taken: set[int]
) -> None:
    for name in _NEXT_ITEM.split(first):
        found.add(name)
    numbered = bool(_ITEM.match(first))
    for at in _below(texts, index, first, taken, numbered=numbered):
        found.used.add(at)
        if (
            found.names
            and not numbered
            and first
            and not _ITEM.match(texts[at])
            and not FILE.match(texts[at])
        ):
            found.names[-1] += texts[at].strip()
        else:
            found.add(texts[at])


def _below(
    texts: Sequence[str], index: int, first: str, taken: set[int], *, numbered: bool
) -> Iterator[int]:
    """Yield the lines that go on with the list: numbered on, files, or the first name's rest."""
    for at in range(index + 1, min(index + 1 + _MOST, len(texts))):
        text = texts[at]
        if at in taken or len(text) > _LONGEST or _MARKER.fullmatch(text) or text.endswith("。"):
            return
        goes_on = _ITEM.match(text) if numbered or not first else None
        if goes_on or FILE.match(text):
            numbered = numbered or bool(goes_on)
            yield at
        elif not first and at == index + 1 and words.ends_title(text):
            yield at
        else:
            return
