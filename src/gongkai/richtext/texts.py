"""Runs of text brought to one form: spaces, marks, breaks, indents. Knows no tree."""

from __future__ import annotations

import re

from gongkai.richtext.nodes import (
    ALIGNED,
    INDENT,
    PARAGRAPH_CLASSES,
    Numbered,
    Paragraph,
    Run,
)

_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
# Editors wrap the lines of their HTML; between Chinese characters that is no space.
_WRAPPED = re.compile(rf"(?<={_CJK})[ \t]*[\r\n][ \t\r\n]*(?={_CJK})")
# Invisible or made to turn the reading order: nothing that an official text says.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    r"\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"[ \t\r\n\f\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f]+")
_BLANK = " \u3000"
_INDENTED = re.compile(r"[ \t\r\n]*(?:\u3000|[\u00a0\u2000-\u200a][ \t]*[\u00a0\u2000-\u200a])")
_BULLET = re.compile(r"[·•●▪◆■➢‣][ \u3000]+(?=\S)")


def plain_text(text: str) -> str:
    """Return a text node's words on one line; spaces that indent are still there."""
    return _UNSEEN.sub("", _WRAPPED.sub("", text)).replace("\n", " ").replace("\r", " ")


def one_line(text: str) -> str:
    """Return words with single spaces and none at the ends."""
    return _SPACES.sub(" ", plain_text(text)).strip(_BLANK)


def paragraphs(raw: Paragraph) -> list[Paragraph]:
    """Return what a paragraph says: none if it is empty, several if blank lines part it."""
    parts: list[list[Run]] = [[]]
    for index, run in enumerate(raw.runs):
        if run.text == "\n" and _parts(raw.runs, index):
            parts.append([])
        else:
            parts[-1].append(run)
    made = (_paragraph(raw, runs, first=i == 0) for i, runs in enumerate(parts))
    return [paragraph for paragraph in made if paragraph is not None]


def _parts(runs: list[Run], index: int) -> bool:
    """Tell whether a break ends a paragraph: an empty line or an indent follows."""
    rest: list[str] = []
    for at in range(index + 1, len(runs)):
        text = runs[at].text
        if text == "\n":
            return True
        rest.append(text)
        if text.strip(_BLANK + "\u00a0\t"):
            break
    return bool(_INDENTED.match("".join(rest)))


def _paragraph(raw: Paragraph, runs: list[Run], *, first: bool) -> Paragraph | None:
    classes = set(raw.classes) & set(PARAGRAPH_CLASSES)
    if _INDENTED.match("".join(run.text for run in runs)):
        classes.add(INDENT)
    if raw.tag != "p" or classes & set(ALIGNED):
        classes.discard(INDENT)
    if raw.tag != "p":
        classes.discard("note")
    kept = joined(_spaced(runs, heading=raw.tag != "p"))
    if not kept:
        return None
    ordered = tuple(name for name in PARAGRAPH_CLASSES if name in classes)
    return Paragraph(raw.tag, ordered, kept, raw.numbered if first else None)


def _spaced(runs: list[Run], *, heading: bool) -> list[Run]:
    """Collapse spaces over the borders of runs and take them off around breaks."""
    out: list[Run] = []
    ends = " "
    for run in runs:
        if run.text == "\n":
            _strip_end(out)
            if out:
                out.append(Run("\n"))
            ends = " "
            continue
        text = _SPACES.sub(" ", run.text)
        if ends == " ":
            text = text.lstrip(" ")
        if not out or out[-1].text == "\n":
            text = text.lstrip(_BLANK)
        if text:
            ends = text[-1]
            out.append(Run(text, _marks(run.marks, heading), run.href))
    _strip_end(out)
    while out and out[-1].text == "\n":
        out.pop()
        _strip_end(out)
    return out


def _strip_end(runs: list[Run]) -> None:
    while runs and runs[-1].text != "\n":
        last = runs.pop()
        if text := last.text.rstrip(_BLANK):
            runs.append(Run(text, last.marks, last.href))
            return


def _marks(marks: frozenset[str], heading: bool) -> frozenset[str]:
    off = {"strong"} if heading else set()
    if "sup" in marks:
        off.add("sub")
    return marks - off


def joined(runs: list[Run]) -> list[Run]:
    """Join neighbours that look the same; a space between them takes the look of the first."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        same = last and (last.marks, last.href) == (run.marks, run.href)
        if last and same and "\n" not in (last.text, run.text):
            out[-1] = Run(last.text + run.text, last.marks, last.href)
        else:
            out.append(run)
    return out


def without_bullet(paragraph: Paragraph) -> Paragraph | None:
    """Return a paragraph that starts with a typed bullet as a list's; None if it has none."""
    found = _BULLET.match(paragraph.text)
    if paragraph.tag != "p" or paragraph.numbered or not found:
        return None
    left, runs = found.end(), []
    for run in paragraph.runs:
        cut = min(left, len(run.text))
        left -= cut
        if run.text[cut:]:
            runs.append(Run(run.text[cut:], run.marks, run.href))
    classes = tuple(name for name in paragraph.classes if name != INDENT)
    return Paragraph("p", classes, runs, Numbered("ul", 1))
