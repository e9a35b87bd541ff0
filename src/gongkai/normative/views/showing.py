"""How a normative document is shown: its standing, its relations drawn, the buttons; no law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import Form
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.normative import policies, queries
from gongkai.normative.forms import CorrectForm, DecideForm, RegisterForm, RelateForm
from gongkai.normative.queries import Relation, Standing
from gongkai.normative.states import TONES, RelationKind, Validity
from gongkai.publications import api as publications
from gongkai.publications.api import Edition, Item
from gongkai.ui.parts import Act, Fact, Panel, Status

Sent = Mapping[str, Form]
"""Forms that came back with errors, by verb."""
_BINDING = tuple(one for one in Validity if one.binds)
_BACK = {
    RelationKind.AMENDS: "被本文件修改",
    RelationKind.REPLACES: "被本文件替代",
    RelationKind.REPEALS: "被本文件废止",
}
_ON = {
    RelationKind.AMENDS: "修改了本文件",
    RelationKind.REPLACES: "替代了本文件",
    RelationKind.REPEALS: "废止了本文件",
}


@dataclass(frozen=True)
class Stop:
    """A document in the line from the oldest to the newest; ``here`` is the one of the page."""

    title: str
    number: str
    words: str
    on: date | None = None
    url: str = ""
    here: bool = False
    act: Act | None = None


def status_of(standing: Standing | None) -> Status | None:
    """Say whether a document is in force; None before it is out."""
    if standing is None or not standing.validity:
        return None
    validity = Validity(standing.validity)
    return Status(validity.label, TONES[validity])


def facts(standing: Standing | None, *, works: bool) -> Iterator[Fact]:
    """Say registration and validity; the office's own words only to those who work on it.

    What is typed here is signed by nobody and cleared by nobody: readers get none of it.
    """
    if standing is None:
        return
    number = standing.registration_number
    if works or number:
        yield Fact("登记号", number or "未登记", note=standing.why_unregistered if works else "")
    if standing.validity:
        yield Fact("有效性", Validity(standing.validity).label, note=_since(standing))
        yield Fact("施行", standing.in_force_on)
    until = standing.valid_until_on or ("不设有效期" if standing.why_unlimited else "")
    if until:
        yield Fact("有效期截止", until, note=standing.why_unlimited if works else "")


def _since(standing: Standing) -> str:
    day = standing.changed_on
    return f"自{day.year}年{day.month}月{day.day}日" if day else ""


def line(user: User | None, item: Item, *, works: bool) -> list[Stop]:
    """Return what a document changed, itself, and what changed it, in the order of time."""
    address = "publications:item" if works else "publications:read"
    earlier = queries.shown_to(user, queries.changes(item), works=works)
    later = queries.shown_to(user, queries.changed_by(item), works=works)
    if not works:  # what is only planned is no business of readers
        earlier, later = ([row for row in rows if row.effect_on] for rows in (earlier, later))
    if not earlier and not later:
        return []
    stops = [
        _stop(row, row.earlier, _BACK, address, works=works, act=_unrelate(user, row))
        for row in earlier
    ]
    stops.append(Stop(item.title, item.document_number, "本文件", here=True))
    return stops + [_stop(row, row.later, _ON, address, works=works) for row in later]


def _stop(
    row: Relation,
    other: Item,
    words: dict[RelationKind, str],
    address: str,
    *,
    works: bool,
    act: Act | None = None,
) -> Stop:
    said = words[RelationKind(row.kind)]
    if works and row.note:  # uncleared words, as above
        said += f"：{row.note}"
    if row.effect_on is None:
        said += "（发布施行后生效）"
    return Stop(
        other.title,
        other.document_number,
        said,
        row.effect_on,
        reverse(address, args=[other.pk]),
        act=act if works else None,
    )


def _unrelate(user: User | None, row: Relation) -> Act | None:
    if user is None or list(policies.why_not_unrelate(row, actor=user)):
        return None
    return Act(
        "取消",
        reverse("normative:unrelate", args=[row.pk]),
        hidden={"version": row.version},
        tone="quiet",
    )


def panel(user: User, edition: Edition) -> Panel | None:
    """Return the section for those who work on a document."""
    item = edition.item
    stops = line(user, item, works=True)
    if not policies.is_normative(item) and not stops:
        return None
    standing = queries.standing_of(item)
    context: dict[str, Any] = {
        "facts": list(facts(standing, works=True)),
        "state": status_of(standing),
        "duty": standing.duty if standing else None,
        "stops": stops,
        "assessments": queries.assessments_of(standing) if standing else [],
        "acts": list(acts(user, item, {})),
    }
    return Panel("normative", "规范性文件", "normative/_panel.html", context, 18)


def reader_panel(user: User | None, edition: Edition) -> Panel | None:
    """Return what readers are told: whether it is in force, and by what it was changed (B7)."""
    item = edition.item
    standing = queries.standing_of(item)
    stops = line(user, item, works=False)
    state = status_of(standing)
    if state is None and not stops:
        return None
    context = {"facts": list(facts(standing, works=False)), "state": state, "stops": stops}
    return Panel("normative", "有效性", "normative/_reader.html", context, 10)


def acts(user: User, item: Item, sent: Sent) -> Iterator[Act]:
    """Yield what may be done about a document's standing."""
    standing = queries.standing_of(item)
    hidden = {"version": standing.version if standing else 0}
    if publications.may_change(user, item):
        if policies.is_normative(item):
            yield Act(
                "改登记" if standing else "登记",
                _url("register", item),
                form=sent.get("register") or RegisterForm(initial=_initial(standing)),
                hidden=hidden,
                tone="plain" if standing else "primary",
            )
        form = sent.get("relate") or RelateForm(offered=queries.offered(user, item))
        yield Act("修改、替代、废止别的文件", _url("relate", item), form=form)
        if standing and standing.validity in _BINDING and standing.valid_until_on:
            form = sent.get("decide") or DecideForm()
            yield Act("到期前评估", _url("decide", item), form=form, hidden=hidden)
    if standing and standing.validity and publications.may_publish(user, item):
        form = sent.get("correct") or CorrectForm()
        yield Act("更正有效性", _url("correct", item), form=form, hidden=hidden, tone="quiet")


def _initial(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return {}
    return {
        "number": standing.registration_number or "",
        "why_unregistered": standing.why_unregistered,
        "why_unlimited": standing.why_unlimited,
    }


def _url(verb: str, item: Item) -> str:
    return reverse(f"normative:{verb}", args=[item.pk])
