"""Recognises the elements of a document for its draft; proposes, and says what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from gongkai.reading.clean import Line
from gongkai.reading.document_number import judge
from gongkai.reading.elements import genres, marks, places
from gongkai.reading.elements.effect import Force, find_force
from gongkai.reading.elements.issuers import find_issuers
from gongkai.reading.elements.relations import find_relations
from gongkai.reading.elements.values import Attribute, Elements, Found, Relation, RelationKind
from gongkai.reading.header import words
from gongkai.reading.opening import Opened, open_up
from gongkai.reading.source import Source

__all__ = ["Attribute", "Elements", "Found", "Relation", "RelationKind", "document_elements"]


def document_elements(source: Source) -> Elements:
    """Return what a document says of itself, each element with its words and its doubts.

    Raises nothing for any text; what the document does not say stays empty.
    """
    opened = open_up(source)
    header, prose = opened.header, opened.prose
    title = _title(opened)
    formed, published = _day(opened, "date"), _day(opened, "published")
    force = find_force(
        prose,
        own=header.own_names,
        formed=formed.value if formed else None,
        published=published.value if published else None,
    )
    force = _with_fields(opened, force)
    found = Elements(
        title=title,
        genre=_genre(title),
        number=_number(opened),
        index_number=_field(opened, "index"),
        register_number=_field(opened, "register"),
        issuers=find_issuers(opened),
        formed_on=formed,
        published_on=published,
        effective_on=force.effective,
        lapses_on=force.lapses,
        term=force.term,
        trial=_trial(title, force),
        attribute=marks.find_attribute(prose, _field(opened, "attribute")),
        recipients=_each(opened, "addressees", header.addressees),
        copied=marks.find_copied(prose),
        attachments=_each(opened, "attachments", header.attachments),
        secrecy=marks.find_secrecy(prose) or _graded(opened),
        urgency=marks.find_urgency(prose) or _field(opened, "urgency"),
        relations=find_relations([*prose, *opened.layout.cells()], header),
    )
    return replace(found, doubts=tuple(_doubts(found, opened)))


def _title(opened: Opened) -> Found | None:
    text = opened.header.title
    if text is None:
        return None
    unfinished = genres.unfinished_in(text)
    doubts = [f"标题里有“{unfinished}”，看来还不是正式文件。"] if unfinished else []
    lines = places.lines_of(opened, "title")
    if len(lines) == 1:
        return places.named(lines, text, *doubts)
    return places.whole(lines, text, *doubts)


def _genre(title: Found | None) -> Found | None:
    found = genres.genre_of(title.value) if title else None
    if title is None or found is None:
        return None
    genre, *_ = found
    doubts = []
    if genre in ("请示", "议案"):
        doubts.append(f"{genre}属于办文过程中的文件，一般不公开，请核对（条例第十六条）。")
    return Found(genre, title.text, title.start, title.end, tuple(doubts))


def _number(opened: Opened) -> Found | None:
    value = opened.header.number
    if value is None:
        return None
    lines = places.lines_of(opened, "number")
    raw = _raw_number(lines, value)
    verdict = judge(raw.text)
    right = verdict.right or judge(value).right or value
    doubts = verdict.problems and (
        *verdict.problems, *((f"应写作“{verdict.right}”。",) if verdict.right else ())
    )  # fmt: skip
    return Found(right, raw.text, raw.start, raw.end, tuple(doubts))


def _raw_number(lines: Sequence[Line], value: str) -> Found:
    """Return the number as it is written."""
    for line in lines:
        half = line.text.translate(words.HALF_DIGITS)
        match = words.NUMBER.search(half) or words.ORDER.search(half)
        if match:
            return places.part(line, *match.span())
    if len(lines) > 1:  # a decree over two lines has no other writing
        return replace(places.whole(lines, value), text=value)
    return places.named(lines, value)


def _day(opened: Opened, kind: str) -> Found | None:
    value: str | None = getattr(opened.header, kind)
    return places.day(places.lines_of(opened, kind), value) if value else None


def _field(opened: Opened, kind: str) -> Found | None:
    value = places.said(opened, kind)
    return places.named(places.lines_of(opened, kind), value) if value else None


def _graded(opened: Opened) -> Found | None:
    """Return what a data field says of secrecy, when it says that there is some."""
    found = _field(opened, "secrecy")
    if found is None or not found.value.startswith(("绝密", "机密", "秘密", "内部")):
        return None
    doubt = f"密级写着“{found.value}”：国家秘密和内部文件不得公开，请先办理解密或保密审查。"
    return replace(found, doubts=(doubt,))


def _with_fields(opened: Opened, force: Force) -> Force:
    """Take from data fields (施行日期, 有效期至) what the words do not say."""
    for kind, name in (("effective", "effective"), ("lapse", "lapses")):
        known: Found | None = getattr(force, name)
        value = places.said(opened, kind)
        if not value:
            continue
        told = places.day(places.lines_of(opened, kind), value)
        if known is None or not known.value:
            force = replace(force, **{name: told})
        elif known.value != value:
            doubt = f"正文写的是“{known.text}”，页面上填的是{value}，请核对。"
            force = replace(force, **{name: replace(known, doubts=(*known.doubts, doubt))})
    return force


def _trial(title: Found | None, force: Force) -> Found | None:
    word = genres.trial_in(title.value) if title else None
    if title is None or word is None:
        return None
    missing = force.lapses is None and force.term is None
    doubts = (f"标题有“{word}”，文中没有写有效期，请核对后补填。",) if missing else ()
    return Found(word, title.text, title.start, title.end, doubts)


def _each(opened: Opened, kind: str, values: Sequence[str]) -> tuple[Found, ...]:
    lines = places.lines_of(opened, kind)
    return tuple(places.named(lines, value) for value in values)


def _doubts(found: Elements, opened: Opened) -> Iterator[str]:
    """Yield what speaks against publishing it, and what does not fit together."""
    if found.secrecy:
        yield from found.secrecy.doubts
    if found.title and found.genre is None:
        yield "标题里没有十五种公文的文种（通知、意见、决定等），请核对标题是否完整。"
    formed, effective, lapses = (
        one.value if one else "" for one in (found.formed_on, found.effective_on, found.lapses_on)
    )
    if formed and effective and effective < formed:
        yield f"施行日期{effective}早于成文日期{formed}，请核对。"
    if effective and lapses and lapses < effective:
        yield f"失效日期{lapses}早于施行日期{effective}，请核对。"
    published = found.published_on.value if found.published_on else ""
    if formed and published and published < formed:
        yield f"发布日期{published}早于成文日期{formed}，请核对。"
    if not formed:
        yield from _impossible_signing(opened)


def _impossible_signing(opened: Opened) -> Iterator[str]:
    for line in opened.prose:
        if len(line.text) > 40 or "。" in line.text:
            continue
        for first, last, iso in places.days_in(line.text):
            if iso is None and last - first > len(line.text.strip()) - 8:
                yield f"日期“{line.text[first:last]}”不存在，请核对成文日期。"
