"""Marks printed on a document: disclosure attribute, secrecy, urgency, copies; no body text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongkai.reading.clean import Line
from gongkai.reading.elements import places
from gongkai.reading.elements.values import Attribute, Found
from gongkai.reading.header.frame import IMPRINT
from gongkai.reading.labels import find_label

_SHORT = 60
_HEAD = 15
_ATTRIBUTES: dict[str, Attribute] = {
    "主动公开": "proactive",
    "公开发布": "proactive",
    "依申请公开": "on_request",
    "依申请": "on_request",
    "不予公开": "closed",
    "免予公开": "closed",
    "不公开": "closed",
    "删减后公开": "redacted",
    "脱密后公开": "declassified",
    "公开": "proactive",
    "主动": "proactive",
}
_WORD = "|".join(_ATTRIBUTES)
_MARK = re.compile(rf"[（(]\s*(?:此|本)\s*件\s*(?P<word>{_WORD})\s*[)）]")
_NAMED = re.compile(
    r"(?:信息|政府信息|公文)?公开(?:方式|属性|选项|形式|类别|类型)\s*[】\]]?\s*[:：]\s*"
    rf"(?P<rest>\s*[■☑√✓●◉□☐○]?\s*(?:{_WORD}).{{0,60}})"
)
_BOX = re.compile(rf"(?P<box>[■☑√✓●◉□☐○])\s*(?P<word>{_WORD})")
_EMPTY = "□☐○"

_STARRED = re.compile(
    r"(?P<word>绝密|机密|秘密)\s*[★☆*]\s*(?P<for>\d{1,2}\s*(?:年|个月|月)|长期|启用前|解密前)?"
)
_GRADE = re.compile(r"(?:^|[\s:：])(?P<word>绝密|机密|秘密)(?=$|\s)")
_INTERNAL = re.compile(
    r"(?P<word>内部资料|内部文件|内部材料|内部使用|内部传阅|仅供内部|注意保存|不得外传|请勿外传|工作秘密)"
)
_SPEAKS = re.compile(r"[。，；《]")
"""A line with these is a sentence that speaks of marks, and no mark."""
_URGENT = re.compile(r"(?:^|[\s:：])(?P<word>特提|特急|加急|平急|急件)(?=$|\s)")

_COPIED = re.compile(r"抄\s*[送报]\s*[:：]\s*")
_COPIES_MOST = 6


def attribute_of(text: str) -> Attribute | None:
    """Return the attribute that a field's words mean: 主动公开, ☑主动公开 □不予公开 → proactive."""
    boxes = list(_BOX.finditer(text))
    ticked = [box for box in boxes if box["box"] not in _EMPTY]
    if boxes:
        return _ATTRIBUTES[ticked[0]["word"]] if len(ticked) == 1 else None
    return _ATTRIBUTES.get(re.sub(r"\s", "", text))


def find_attribute(lines: Sequence[Line], cell: Found | None) -> Found | None:
    """Find the printed mark (此件公开发布) or field; ``cell`` is that of a table of data fields."""
    value = attribute_of(cell.value) if cell else None
    found = [Found(value, cell.text, cell.start, cell.end)] if cell and value else []
    found += [one for line in lines if len(line.text) <= _SHORT for one in _attributes(line)]
    if not found:
        return None
    last = found[-1]
    others = dict.fromkeys(one.text for one in found if one.value != last.value)
    if others:
        said = "”和“".join([*others, last.text])
        doubt = f"文件上标了不同的公开属性：“{said}”，请选定一种。"
        return Found(last.value, last.text, last.start, last.end, (*last.doubts, doubt))
    return last


def _attributes(line: Line) -> Iterator[Found]:
    mark = _MARK.search(line.text)
    if mark:
        yield places.part(line, *mark.span(), _ATTRIBUTES[mark["word"]])
        return
    named = _NAMED.search(line.text)
    if not named or find_label(line.text):
        return
    boxes = list(_BOX.finditer(line.text, named.start("rest")))
    ticked = [box for box in boxes if box["box"] not in _EMPTY]
    if len(ticked) == 1:
        yield places.part(line, *ticked[0].span(), _ATTRIBUTES[ticked[0]["word"]])
    elif not boxes:
        word = re.compile(_WORD).search(line.text, named.start("rest"))
        if word:
            yield places.part(line, named.start(), word.end(), _ATTRIBUTES[word[0]])


def find_secrecy(lines: Sequence[Line]) -> Found | None:
    """Find 机密★1年, 秘密, 内部资料 where marks stand; its doubt says what that means."""
    for index, line in enumerate(lines):
        if len(line.text) > _SHORT or find_label(line.text) or _SPEAKS.search(line.text):
            continue
        at_head = index < _HEAD
        match = _STARRED.search(line.text) or (at_head and _GRADE.search(line.text)) or None
        if match:
            return places.part(
                line,
                match.start("word"),
                match.end(),
                re.sub(r"\s", "", match[0]),
                f"文件标有“{match[0].strip()}”：国家秘密不得公开，未解密前不要放到本平台。",
            )
        inside = _INTERNAL.search(line.text) if _is_mark(line.text, at_head=at_head) else None
        if inside:
            return places.part(
                line,
                *inside.span("word"),
                inside["word"],
                f"文件标有“{inside['word']}”：一般不得公开，请先做保密审查。",
            )
    return None


def _is_mark(text: str, *, at_head: bool) -> bool:
    """Say whether a line is a mark, and no sentence that speaks of one."""
    bare = text.strip("（）()【】[] \t★")
    return len(bare) <= (24 if at_head else 16)


def find_urgency(lines: Sequence[Line]) -> Found | None:
    """Find 特急, 加急 at the head of the paper."""
    for line in lines[:_HEAD]:
        match = _URGENT.search(line.text) if len(line.text) <= _SHORT else None
        if match:
            return places.part(line, *match.span("word"))
    return None


def find_copied(lines: Sequence[Line]) -> tuple[Found, ...]:
    """Find who gets a copy (抄送), over the lines that go on with the list."""
    found: list[Found] = []
    for index, line in enumerate(lines):
        head = _COPIED.match(line.text)
        if not head:
            continue
        found += _list_in(line, head.end())
        for more in lines[index : index + _COPIES_MOST]:
            if more is not line:
                if IMPRINT.fullmatch(more.text) or _COPIED.match(more.text):
                    break
                found += _list_in(more, 0)
            if more.text.rstrip().endswith("。") or len(more.text) > 4 * _SHORT:
                break
    return tuple(found)


def _list_in(line: Line, begin: int) -> Iterator[Found]:
    for match in re.finditer(r"[^，,、；;。]+", line.text[begin:]):
        name = match[0].strip()
        if len(name) > 1:
            first = begin + match.start() + len(match[0]) - len(match[0].lstrip())
            yield places.part(line, first, first + len(name), re.sub(r"\s", "", name))
