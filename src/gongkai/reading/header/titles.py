"""Which lines at the head of a document are its title, and which head an attached paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.kernel.chinese import fold
from gongkai.reading.clean import Line
from gongkai.reading.header import words
from gongkai.reading.labels import find_label

_LONGEST_TITLE = 120
_SITE = re.compile(r"\s*(?:[-_|—–－]+\s*[^-_|—–－]{2,40})+$")


@dataclass(frozen=True)
class Title:
    """A title and the indexes of its lines."""

    text: str
    at: tuple[int, ...]


def find_title(
    lines: Sequence[Line], texts: Sequence[str], end: int, taken: set[int]
) -> Title | None:
    """Find the title before line ``end``: what the file marks as one, else by its words."""
    region = [index for index in range(end) if index not in taken]
    return _marked(lines, texts, region) or _worded(texts, region)


def _marked(lines: Sequence[Line], texts: Sequence[str], region: Sequence[int]) -> Title | None:
    def mark(index: int) -> str | None:
        block = lines[index].block
        if find_label(texts[index]) or not words.is_titleish(texts[index]):
            return None
        return "title" if block.kind == "title" else f"h{block.level}" if block.level else None

    marked = [index for index in region if mark(index) in ("title", "h1")]
    marked = marked or [index for index in region if mark(index)]
    if not marked:
        return None
    run = [marked[0]]
    for index in marked[1:]:
        if index == run[-1] + 1 and mark(index) == mark(run[0]) and not _is_whole(texts, run):
            run.append(index)
    text = _joined(texts, run)
    return Title(text, tuple(run)) if len(text) >= 4 and not words.is_organ(text) else None


def _is_whole(texts: Sequence[str], run: Sequence[int]) -> bool:
    return words.ends_title(texts[run[-1]]) and words.stands_alone(_joined(texts, run))


def _worded(texts: Sequence[str], region: Sequence[int]) -> Title | None:
    for place, index in enumerate(region):
        if not words.ends_title(texts[index]):
            continue
        first = place
        while first and _opens(texts, region, first, place):
            first -= 1
        run = list(region[first : place + 1])
        run += _tail(texts, run[-1], region)
        text = _joined(texts, run)
        if 6 <= len(text) <= _LONGEST_TITLE and words.stands_alone(text):
            return Title(text, tuple(run))
    return None


def _opens(texts: Sequence[str], region: Sequence[int], first: int, last: int) -> bool:
    """Say whether the line before goes into the title that so far begins at ``first``."""
    before, here = texts[region[first - 1]], texts[region[first]]
    so_far = "".join(texts[index] for index in region[first : last + 1])
    if region[first - 1] != region[first] - 1 or len(before) + len(so_far) > _LONGEST_TITLE:
        return False
    if not words.is_titleish(before) or find_label(before) or len(before) < 4:
        return False
    if here.startswith("关于"):
        return words.is_organ(before) or not words.ends_title(before)
    if words.stands_alone(so_far) and words.is_organ(before):
        return False
    return not words.stands_alone(so_far) or not words.ends_title(before)


def _tail(texts: Sequence[str], last: int, region: Sequence[int]) -> list[int]:
    """Return the lines right below that belong to the title: 责任分工分解表, （试行）."""
    after = last + 1
    if after not in region or after >= len(texts):
        return []
    text = texts[after]
    if words.TITLE_TAIL.match(text):
        return [after]
    short = words.ends_title(text) and not words.stands_alone(text) and not find_label(text)
    return [after] if short else []


def _joined(texts: Sequence[str], run: Sequence[int]) -> str:
    return "".join(words.close_up(texts[index].strip()) for index in run)


def inner_titles(
    texts: Sequence[str], begin: int, taken: set[int], known: Sequence[str]
) -> list[Title]:
    """Find titles of attached or forwarded papers after line ``begin``.

    ``known`` are names that the document gives them (attachments, 《…》 in its title).
    """
    found: list[Title] = []
    names = {fold(name) for name in known}
    used: set[int] = set()
    for index in range(begin, len(texts)):
        if index in taken or index in used or find_label(texts[index]):
            continue
        title = _inner(texts, index, taken, names)
        if title:
            used.update(title.at)
            found.append(title)
    return found


def _inner(texts: Sequence[str], index: int, taken: set[int], names: set[str]) -> Title | None:
    region = [at for at in range(index, min(index + 3, len(texts))) if at not in taken]
    run: list[int] = []
    for at in region:
        if at != index + len(run) or not words.is_titleish(texts[at]) or find_label(texts[at]):
            break
        run.append(at)
        text = _joined(texts, run)
        if fold(text) in names or (words.ends_title(text) and words.stands_alone(text)):
            run += _tail(texts, at, region)
            return Title(_joined(texts, run), tuple(run))
    return None


def page_title(meta: Sequence[Line]) -> str | None:
    """Return the title that the head of a page gives its article, without the site's name."""
    named = {line.block.tag.lower(): line.text for line in reversed(meta)}
    own = named.get("articletitle") or named.get("og:title") or ""
    if len(own) >= 4:
        return words.close_up(own)
    title = named.get("title", "")
    for text in (title, _SITE.sub("", title), re.split(r"[-_|—–－]", title)[0].strip()):
        if words.ends_title(text) and words.stands_alone(text):
            return words.close_up(text)
    return None
