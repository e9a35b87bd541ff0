"""What helps to judge a material: checklist, repetition, the policy clause by clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.accounts.api import user_of
from gongkai.comparing import Pair, Run, compare_clauses, overlap, parts_of
from gongkai.comparing.runs import How
from gongkai.interpretations import queries
from gongkai.interpretations.rules import repeats_too_much
from gongkai.publications import api as publications
from gongkai.publications.api import Edition
from gongkai.reading.coverage import POINTS, coverage
from gongkai.reading.source import Source, Unreadable, paste
from gongkai.richtext.api import plain
from gongkai.ui.compared import shown, summary
from gongkai.ui.parts import Crumb, Mark

NO_TEXT = "正文没有文字，不能对照。视频、图表类的解读请在正文里附文字说明。"


@dataclass(frozen=True)
class Point:
    """A point of the checklist: whether the material speaks of it, and the words that show it."""

    label: str
    state: str
    tone: str
    words: str = ""


@dataclass(frozen=True)
class Repeated:
    """A passage that stands in the policy as well; its key leads to its place in the material."""

    key: str
    words: str


def _read(edition: Edition) -> Source | None:
    """Return the body as the reader takes it; None where it holds no words."""
    try:
        return paste(plain(edition.text))
    except Unreadable:
        return None


def _points(material: Source) -> Iterator[Point]:
    found = {one.point: one for one in coverage(material).shown}
    for point, label in POINTS.items():
        one = found.get(point)
        if one is None:
            yield Point(label, "没有找到", "off")
        elif one.is_thin:
            yield Point(label, "只有标题", "wait", one.text)
        else:
            yield Point(label, "写到了", "good", one.text[:80])


@require_GET
def material(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what of the checklist a material covers, and what of it repeats its policy (C3)."""
    user = user_of(request)
    found = queries.material_or_none(user, pk)
    if found is None or not publications.works_on(user, found.item):
        raise Http404
    mine, theirs = publications.newest(found.item), publications.newest(found.policy)
    written, policy = _read(mine), _read(theirs)
    context = {
        "material": found,
        "edition": mine,
        "policy": theirs,
        "crumbs": _crumbs(mine),
        "written": written,
        "points": list(_points(written)) if written else [],
        "no_text": NO_TEXT,
        **(_repetition(written, policy) if written and policy else {"percent": None}),
    }
    return render(request, "interpretations/material.html", context)


def _repetition(written: Source, policy: Source) -> dict[str, object]:
    found = overlap(written.text, policy.text)
    passages = [
        Repeated(f"p{n}", written.text[one.start : one.end])
        for n, one in enumerate(found.passages, 1)
    ]
    marks = [
        Mark(one.start, one.end, f"p{n}", f"第{n}处") for n, one in enumerate(found.passages, 1)
    ]
    return {
        "percent": round(found.share * 100),
        "too_much": repeats_too_much(found.share, settings.INTERPRETATION_REPEATS),
        "passages": passages,
        "text": written.text,
        "marks": marks,
    }


def _crumbs(edition: Edition) -> list[Crumb]:
    return [
        Crumb("信息公开", reverse("publications:register")),
        Crumb(edition.title, reverse("publications:item", args=[edition.item_id])),
    ]


@require_GET
def clauses(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a policy clause by clause beside what it replaces (C7; ``?with=``, ``?whole=1``)."""
    user = user_of(request)
    item = publications.item_or_none(user, pk)
    if item is None:
        raise Http404
    edition = publications.newest(item)
    earlier = queries.earlier_of(user, edition)
    asked = request.GET.get("with", "")
    chosen = next((one for one in earlier if one.key == asked), None)
    if chosen is None and asked:
        raise Http404
    chosen = chosen or (earlier[0] if earlier else None)
    pairs = _pairs(chosen.edition, edition) if chosen else []
    whole = request.GET.get("whole") == "1"
    context = {
        "edition": edition,
        "crumbs": _crumbs(edition),
        "earlier": earlier,
        "chosen": chosen,
        "whole": whole,
        "rows": shown(pairs, whole=whole),
        "summary": summary(pairs),
    }
    return render(request, "interpretations/clauses.html", context)


@dataclass(frozen=True)
class Clause:
    """A pair of clauses as it is shown: each side with its number before its words."""

    kind: str
    left: tuple[Run, ...]
    right: tuple[Run, ...]


def _pairs(old: Edition, new: Edition) -> list[Clause]:
    was, now = _read(old), _read(new)
    found = compare_clauses(parts_of(was) if was else (), parts_of(now) if now else ())
    return [_clause(pair) for pair in found]


def _clause(pair: Pair) -> Clause:
    was, now = (part.label if part else "" for part in (pair.old, pair.new))
    how: tuple[How, How] = ("same", "same") if was == now else ("deleted", "inserted")
    left = (Run(how[0], f"{was}　"), *pair.left) if was else pair.left
    right = (Run(how[1], f"{now}　"), *pair.right) if now else pair.right
    return Clause(pair.kind, left, right)
