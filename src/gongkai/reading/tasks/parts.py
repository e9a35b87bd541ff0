"""What every task is put together from: units, flags, inherited offers; knows no layout."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.reading.result import Due, Flag
from gongkai.reading.units import UnitPhrase

NOBODY = UnitPhrase()


def merged(lead: UnitPhrase, support: UnitPhrase, plain: UnitPhrase) -> UnitPhrase:
    """Put the cells of leading, supporting and plainly named units together.

    Beside a leading unit the plainly named ones are support.
    """
    if not lead.lead and not lead.support and not support.lead:
        return plain
    leads = _once([*lead.lead, *lead.support]) or plain.lead
    others = [*plain.lead, *plain.support] if leads is not plain.lead else [*plain.support]
    helpers = [*others, *support.lead, *support.support]
    vague = lead.vague or support.vague or plain.vague
    return UnitPhrase(leads, _once(unit for unit in helpers if unit not in leads), vague)


def flags_of(units: UnitPhrase, due: Due | None, *more: Flag) -> tuple[Flag, ...]:
    """Return what a person has to look at: no unit, an open set of units, no time, and more."""
    flags: list[Flag] = []
    if not units.lead and not units.support:
        flags.append("no-unit")
    if units.vague:
        flags.append("vague-set")
    if due is None:
        flags.append("no-deadline")
    return (*flags, *more)


def _once(units: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(units))
