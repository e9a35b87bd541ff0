"""For the walk over every address: what each address is called with, who sees it."""

from __future__ import annotations

from typing import Any

from gongkai.accounts.api import SEES_WORK, Role
from gongkai.columns import actions
from gongkai.columns.actions.watching import take_in
from gongkai.columns.models import Pair, Proposal, Review, Source, Upkeep
from gongkai.columns.rules import Entry
from gongkai.columns.states import Rhythm, SourceKind
from gongkai.columns.tests.factories import kept
from gongkai.fetching import Fetched
from gongkai.kernel import clock
from gongkai.publications.actions import define_chains_if_missing
from gongkai.publications.tests.factories import published


def _upkeep(world: Any, own: bool) -> Upkeep:
    side = world.own if own else world.other
    found = Upkeep.objects.filter(body=side.body).first()
    return found or kept(side, name="收费", rhythm=Rhythm.CHANGES, amount=20)


def _nothing(world: Any, own: bool) -> dict[str, Any]:
    return {}


def _upkeep_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _upkeep(world, own).pk}


def _pair_pk(world: Any, own: bool) -> dict[str, Any]:
    side, first = (world.own if own else world.other), _upkeep(world, own)
    found = Pair.objects.filter(first=first).first()
    if found is None:
        found = actions.pair(first, kept(side, name="绩效"), actor=side.openness_office)
    return {"pk": found.pk}


def _source(world: Any, own: bool) -> Source:
    side = world.own if own else world.other
    found = Source.objects.filter(body=side.body).first()
    if found is not None:
        return found
    what = actions.Watch("省政府", SourceKind.FEED, "https://example.org/feed.xml", side.section)
    return actions.watch(side.body, actor=side.openness_office, what=what)


def _source_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _source(world, own).pk}


def _proposal_pk(world: Any, own: bool) -> dict[str, Any]:
    source = _source(world, own)
    found = Proposal.objects.filter(source=source).first()
    if found is None:
        entry = Entry("k", "通知", "https://example.org/1.html", issued_at=clock.now())
        take_in(source, Fetched(b"", source.url), [entry])
        found = Proposal.objects.get(source=source)
    return {"pk": found.pk}


def _review(world: Any, own: bool) -> Review:
    side = world.own if own else world.other
    found = Review.objects.filter(item__unit=side.section).first()
    if found is None:
        define_chains_if_missing()
        item = published(side).item
        found = actions.set_review(item, actor=side.officer, months=12, expected=0)
    return found


def _item_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _review(world, own).item_id}


def _review_pk(world: Any, own: bool) -> dict[str, Any]:
    return {"pk": _review(world, own).pk}


OFFICE = {Role.OPENNESS_OFFICE}
OFFICE_VERBS = ("set", "retire", "resume", "pair")
SAMPLES: dict[str, Any] = {
    **{f"columns:{name}": _nothing for name in ("overview", "take_over", "keep")},
    **{f"columns:{name}": _upkeep_pk for name in ("upkeep", "change", *OFFICE_VERBS)},
    "columns:unpair": _pair_pk,
    "columns:standard": _nothing,
    "columns:set_review": _item_pk,
    "columns:enter_review": _review_pk,
    **{f"columns:{name}": _nothing for name in ("proposals", "sources", "watch")},
    **{f"columns:{name}": _source_pk for name in ("source", "look", "end_source")},
    **{f"columns:{name}": _proposal_pk for name in ("proposal", "repost", "decline", "reopen")},
}
ALLOWED: dict[str, Any] = {
    **{f"columns:{name}": set(SEES_WORK) for name in ("overview", "upkeep")},
    **{f"columns:{name}": OFFICE for name in ("take_over", "keep", "unpair", *OFFICE_VERBS)},
    **{f"columns:{name}": set(SEES_WORK) for name in ("proposals", "proposal", "sources")},
    "columns:standard": set(SEES_WORK),
    **{
        f"columns:{name}": {Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE}
        for name in ("set_review", "enter_review")
    },
    "columns:source": set(SEES_WORK),
    "columns:watch": OFFICE,
    "columns:end_source": OFFICE,
    **{
        f"columns:{name}": {Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE}
        for name in ("look", "repost", "decline", "reopen")
    },
    "columns:change": {Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE},
}
