"""Duties as lights, cards, piles and needs; no decisions."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.duties import api as duties
from gongkai.programme import queries
from gongkai.ui import parts as ui
from gongkai.ui.parts import Need, Pile, Sign, Stripe


def sign_of(duty: duties.Duty) -> Sign:
    """The light of a duty with the rule and the day behind it."""
    rule = duty.rule
    return Sign(duty.light, rule.label, rule.sentence, duty.due_on)


def stripes(counts: Mapping[str, int], *, listed_for: queries.Board | None = None) -> list[Stripe]:
    """Counts by light, what burns first; each leads to its list where the board is given."""
    burning = (duties.Light.RED, duties.Light.AMBER)
    unit = listed_for.unit if listed_for else None
    programme = listed_for.programme_id if listed_for else None
    return [
        Stripe(
            light.value,
            light.label,
            counts[light.value],
            queries.tasks_url(programme, light=light.value, unit=unit.pk if unit else "")
            if listed_for
            else "",
        )
        for light in (*burning, *(other for other in duties.Light if other not in burning))
        if counts.get(light.value)
    ]


def shown_card(card: queries.Card, *, under: str = "") -> ui.Card:
    """A card of the board; it does not repeat the word it stands ``under``."""
    who = " ".join(word for word in (card.unit, card.person) if word and word != under)
    lines = [line for line in (card.slot, who) if line]
    text = card.text if card.row is None else f"{card.row} {card.text}"
    return ui.Card(text, card.url, sign_of(card.duty), lines)


def pile(lane: queries.Lane) -> Pile:
    """A column of the board."""
    return Pile(
        lane.title,
        [shown_card(card, under=lane.title) for card in lane.cards],
        count=sum(lane.counts.values()) if lane.counts else None,
        more_url=lane.more_url if lane.has_more else "",
        stripes=stripes(lane.counts),
    )


def need(card: queries.Card, *, acts: bool) -> Need:
    """A thing that waits for somebody; who cannot move it on (``acts``) may look at it."""
    return Need(
        title=card.text,
        url=card.url,
        sign=sign_of(card.duty),
        reason=card.duty.rule.sentence,
        button="去办理" if acts else "查看",
        due=card.duty.due_on,
        unit=card.unit,
        key=f"duty:{card.duty.pk}",
    )
