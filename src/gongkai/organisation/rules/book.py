"""Whom a name means, from a book of the units as they stood on a day; no tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from gongkai.organisation.rules import names, paths, sets
from gongkai.organisation.states import Resolved, SetRule, UnitKind

MOST_CANDIDATES = 8


@dataclass(frozen=True)
class Bearer:
    """A living unit of the body's tree: where it hangs, what it is, its body, its full name."""

    pk: int
    path: str
    kind: UnitKind
    parent: int | None
    body: int
    full: str


@dataclass(frozen=True)
class Stored:
    """A set that the office keeps: its rule, its members when they are listed, open or not."""

    rule: SetRule
    members: tuple[int, ...] = ()
    vague: bool = False


@dataclass(frozen=True)
class Book:
    """What the organisation knew on a day, seen from one body.

    ``names`` are the folded names that held, with who bore them; ``past`` are names of old with
    who to ask now; ``elsewhere`` are names of units outside the body. ``own`` is what the body
    calls itself (``names.own_words``).
    """

    body: int
    bearers: Mapping[int, Bearer]
    names: Mapping[str, tuple[int, ...]]
    own: tuple[str, ...] = ()
    sets: Mapping[str, Stored] = field(default_factory=dict)
    past: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    elsewhere: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def without_place(self) -> dict[str, list[int]]:
        """Names of bodies and subordinate units without their place: 教育局, 市教育局."""
        found: dict[str, list[int]] = {}
        for bearer in self.bearers.values():
            if bearer.kind in (UnitKind.BODY, UnitKind.OFFICE) and _is_own(bearer, self):
                for name in names.derived(names.fold(bearer.full)):
                    found.setdefault(name, []).append(bearer.pk)
        return found


@dataclass(frozen=True)
class Match:
    """The outcome: ``units`` when certain, ``candidates`` to choose from when not."""

    kind: Resolved
    units: tuple[int, ...] = ()
    candidates: tuple[int, ...] = ()


def match(text: str, book: Book) -> Match:
    """Say whom a name means.

    A unit's own name goes before a set's, a kept set before one by rule, what is certain before
    what is like it. Several units that bear the name alike are candidates, never a guess.
    """
    folded = names.fold(text)
    if not folded:
        return Match(Resolved.UNKNOWN)
    ways = names.spellings(folded, book.own)
    found = _unit(ways, book)
    if len(found) == 1:
        return Match(Resolved.UNIT, found)
    if found:
        return Match(Resolved.UNKNOWN, candidates=found)
    return _set(folded, ways, book) or Match(
        Resolved.UNKNOWN, candidates=_candidates(folded, ways, book)
    )


def _unit(ways: Iterable[str], book: Book) -> tuple[int, ...]:
    for way in ways:
        here = [pk for pk in book.names.get(way, ()) if _is_own(book.bearers[pk], book)]
        if here:
            return _nearest(here, book)
    for way in ways:
        if way in book.own:
            return (book.body,)
        if way in book.without_place:
            return _nearest(book.without_place[way], book)
        below = _qualified(way, book)
        if below:
            return below
    return ()


def _is_own(bearer: Bearer, book: Book) -> bool:
    """A section of another body is not meant by its bare name; a body below may be."""
    return bearer.body == book.body or bearer.kind is UnitKind.BODY


def _nearest(found: Iterable[int], book: Book) -> tuple[int, ...]:
    """Keep those highest in the tree: the bureau's own 办公室, not that of its unit."""
    keys = sorted(found, key=lambda pk: book.bearers[pk].path)
    top = min(paths.depth(book.bearers[pk].path) for pk in keys)
    return tuple(pk for pk in keys if paths.depth(book.bearers[pk].path) == top)


def _qualified(way: str, book: Book) -> tuple[int, ...]:
    """Find 执法支队办公室: the name of a unit and of one below it."""
    for cut in range(len(way) - 2, 1, -1):
        above = [pk for pk in book.names.get(way[:cut], ()) if pk != book.body]
        for pk in above:
            below = _below(book.bearers[pk], way[cut:], book)
            if below:
                return below
    return ()


def _below(above: Bearer, rest: str, book: Book) -> tuple[int, ...]:
    for way in names.spellings(rest, ()):
        found = [
            pk
            for pk in book.names.get(way, ())
            if pk != above.pk and paths.lies_under(book.bearers[pk].path, above.path)
        ]
        if found:
            return _nearest(found, book)
    return ()


def _set(folded: str, ways: Iterable[str], book: Book) -> Match | None:
    kept = next((book.sets[way] for way in ways if way in book.sets), None)
    if kept is not None:
        members = _members(kept, book)
        if kept.vague:
            return Match(Resolved.VAGUE, candidates=members)
        if members:
            return Match(Resolved.SET, members)
    if sets.is_vague(folded):
        return Match(Resolved.VAGUE, candidates=_picked_from(folded, book))
    members = _by_rule(ways, book)
    return Match(Resolved.SET, members) if members else None


def _members(kept: Stored, book: Book) -> tuple[int, ...]:
    if kept.rule is not SetRule.LISTED:
        return members_of(kept.rule, book)
    return _in_order((pk for pk in kept.members if pk in book.bearers), book)


def _by_rule(ways: Iterable[str], book: Book, *, loose: bool = False) -> tuple[int, ...]:
    for way in ways:
        for rule in sets.set_rules(way, loose=loose):
            found = members_of(rule, book)
            if found:
                return found
    return ()


def _picked_from(folded: str, book: Book) -> tuple[int, ...]:
    """Return the whole that a vague name picks from; everyone when it does not say."""
    whole = sets.without_vagueness(folded)
    ways = names.spellings(whole, book.own) if whole else []
    kept = next((book.sets[way] for way in ways if way in book.sets), None)
    found = _members(kept, book) if kept else ()
    return found or _by_rule(ways, book, loose=True) or members_of(SetRule.EVERYONE, book)


_BELONGS: dict[SetRule, Callable[[Bearer], bool]] = {
    SetRule.SECTIONS: lambda b: b.kind in (UnitKind.SECTION, UnitKind.DEPARTMENT),
    SetRule.SUBORDINATES: lambda b: b.kind is UnitKind.OFFICE,
    SetRule.DEPARTMENTS: lambda b: b.kind is UnitKind.BODY and not names.is_locality(b.full),
    SetRule.LOCALITIES: lambda b: b.kind is UnitKind.BODY and names.is_locality(b.full),
    SetRule.EVERYONE: lambda b: True,
    SetRule.LISTED: lambda b: False,
}


def members_of(rule: SetRule, book: Book) -> tuple[int, ...]:
    """Return the units directly under the body that a rule finds; subordinates also below its
    departments."""
    belongs = _BELONGS[rule]
    found = (b.pk for b in book.bearers.values() if belongs(b) and _counts(b, rule, book))
    return _in_order(found, book)


def _counts(bearer: Bearer, rule: SetRule, book: Book) -> bool:
    if bearer.parent == book.body:
        return True
    above = book.bearers.get(bearer.parent or 0)
    beside = rule in (SetRule.SUBORDINATES, SetRule.EVERYONE) and bearer.kind is UnitKind.OFFICE
    return beside and above is not None and above.kind is UnitKind.DEPARTMENT


def _in_order(found: Iterable[int], book: Book) -> tuple[int, ...]:
    """Sort as the tree is shown: by path, keys as numbers."""
    return tuple(sorted(set(found), key=lambda pk: _place(book.bearers[pk])))


def _place(bearer: Bearer) -> tuple[int, ...]:
    return (*paths.keys_above(bearer.path), bearer.pk)


def _candidates(folded: str, ways: list[str], book: Book) -> tuple[int, ...]:
    found: list[int] = []
    for way in ways:
        found += book.past.get(way, ())
        found += _narrowed(way, book)
        found += book.elsewhere.get(way, ())
    own = {
        name: pks
        for name, pks in book.names.items()
        if any(_is_own(book.bearers[pk], book) for pk in pks)
    }
    for way in ways[:4]:
        found += [pk for name in names.near(way, list(own)) for pk in own[name]]
    return tuple(dict.fromkeys(found))[:MOST_CANDIDATES]


def _narrowed(way: str, book: Book) -> tuple[int, ...]:
    """Offer for 局属执法单位 the subordinate units whose name says 执法, else all of them."""
    word = sets.qualifier(way)
    if not word:
        return ()
    every = members_of(SetRule.SUBORDINATES, book)
    return tuple(pk for pk in every if word in book.bearers[pk].full) or every
