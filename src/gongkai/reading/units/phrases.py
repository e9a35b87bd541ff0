"""From a list of units with their role words to who leads and who supports; finds no brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from gongkai.reading.folded import fold
from gongkai.reading.result import Flag
from gongkai.reading.units import roles
from gongkai.reading.units.names import is_unit, is_vague, pieces
from gongkai.reading.units.roles import Role

_NOTHING = re.compile(r"^[-/\\、。.,;·|无\s]*$")
_SPACE = re.compile(r"[^\S\n]|[\u200b\ufeff]")
_LONGEST_PIECE = 80
_WIDE = str.maketrans("()", "（）")
_COMMA = re.compile(r"[,;](?![^()]*\))")
_NUMBERED = re.compile(r"^(?:\(?[0-9]{1,2}[).、]|[一二三四五六七八九十]{1,2}、|[①-⑳])")
_ROLE_BRACKET = re.compile(r"\((?P<said>[^()]{1,12})\)$")
_PERSON_BRACKET = re.compile(r"\([^()]*(?:人(?![防社大民力才事武行工])|电话|[:0-9])[^()]*\)$")
_EDGES = " ,;、。.:()[]【】\"“”'"


@dataclass(frozen=True)
class UnitPhrase:
    """The units of a phrase. ``vague``: a set is named whose members the text does not give."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    vague: bool = False
    flags: tuple[Flag, ...] = ()
    """``no-unit`` and ``vague-set``, as a task shows them."""


@dataclass
class _Roll:
    """The names read so far by role; ``waiting`` have no role word behind them yet."""

    strict: bool
    named: list[tuple[str, Role]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    has_object: bool = False
    apart: int = 0
    """So many of those that wait stand before a comma: a 配合 behind it is not said of them."""

    def settle(self, role: Role) -> None:
        for place, name in enumerate(self.waiting):
            self.named.append((name, "named" if role == "support" and place < self.apart else role))
        self.waiting, self.apart = [], 0


def read_units(text: str, *, bracket: bool = False) -> UnitPhrase:
    """Read a unit column's cell, or what stands in a closing bracket (``bracket=True``).

    Where a unit is said to lead (牵头), all others are support; where none is, all lead but
    those that cooperate (配合) or do their part beside named ones (各负其责). In a cell every
    name is kept and behind a label (责任单位：), in a bracket only what looks like a unit.
    """
    folded = _SPACE.sub(" ", fold(text, spaces=True).text)
    if _NOTHING.match(folded):
        return phrase_of([])
    roll = _Roll(strict=bracket)
    for label, part in roles.labelled(folded):
        if label != "other":
            roll.strict = bracket and label is None
            for group in _groups(part, labelled=label is not None):
                roll.apart = len(roll.waiting)
                _read_list(roll, group)
            roll.settle(label or "named")
            roll.has_object = False
    phrase = phrase_of(roll.named)
    return widened(phrase) if "（" in text else phrase


def _groups(part: str, *, labelled: bool) -> list[str]:
    """Part 基建科，运输科配合 at its comma; without a label only where 、 joins others."""
    return _COMMA.split(part) if labelled or "、" in part else [part]


def widened(phrase: UnitPhrase) -> UnitPhrase:
    """Give the names back the full-width brackets of their text."""
    return replace(
        phrase,
        lead=tuple(name.translate(_WIDE) for name in phrase.lead),
        support=tuple(name.translate(_WIDE) for name in phrase.support),
    )


def read_roles(text: str) -> UnitPhrase:
    """Read only the names of a folded sentence that have a role word behind them."""
    roll = _Roll(strict=True)
    _read_list(roll, text)
    return phrase_of(roll.named)


def phrase_of(named: list[tuple[str, Role]]) -> UnitPhrase:
    """Decide who leads and who supports among names with their roles."""
    led = [name for name, role in named if role == "lead"]
    if not led:
        led = [name for name, role in named if role == "named"]
    if not led:
        led = [name for name, role in named if role == "part"]
    lead = tuple(dict.fromkeys(led))
    support = tuple(dict.fromkeys(name for name, _ in named if name not in lead))
    vague = any(is_vague(name) for name in lead + support)
    flags: tuple[Flag, ...] = ("vague-set",) if vague else ()
    return UnitPhrase(lead, support, vague, flags if lead or support else ("no-unit",))


def _read_list(roll: _Roll, text: str) -> None:
    for piece in pieces(text):
        _read_piece(roll, _NUMBERED.sub("", piece.replace(" ", "").strip(" 。.:\"“”'")))


def _read_piece(roll: _Roll, piece: str) -> None:
    piece = piece.removeprefix("由").removeprefix("请")
    if "为主" in piece:
        piece = piece.removeprefix("以")
    if len(piece) > _LONGEST_PIECE:
        return
    named = roles.part(piece)
    bracketed = _ROLE_BRACKET.search(piece)
    if bracketed and (own := roles.part(bracketed["said"]).role) and bracketed.start():
        _read_bracketed(roll, piece[: bracketed.start()], own, roles.part(bracketed["said"]).name)
        return
    if named.role is None:
        _wait(roll, piece)
    else:
        _take(roll, named, piece)


def _read_bracketed(roll: _Roll, name: str, role: Role, inside: str) -> None:
    """办公室（牵头）has the role itself; in 办公室（法规科配合）the name inside has it."""
    others = _clean(inside, strict=True)
    if others:
        _wait(roll, name)
        roll.settle("named")
        roll.named += [(other, role) for other in others]
    else:
        roll.named += [(each, role) for each in _clean(name, strict=roll.strict)]


def _take(roll: _Roll, named: roles.Named, piece: str) -> None:
    assert named.role is not None  # noqa: S101 - for the type checker
    names = _clean(named.name, strict=roll.strict)
    if named.name and not names and named.role in ("named", "support"):
        roll.has_object = True  # 认真做好解读: no name before the verb
        return
    roll.waiting += names
    if not named.name and not roll.waiting:
        _wait_behind(roll, named)
        return
    roll.settle(named.role)
    _go_on(roll, named)


def _wait_behind(roll: _Roll, named: roles.Named) -> None:
    """牵头 局办公室: the role word stands before its name."""
    names = [n for n in _clean(named.rest, strict=True) if named.role in ("lead", "support")]
    roll.named += [(name, named.role or "named") for name in names]
    roll.has_object = roll.has_object or not names


def _go_on(roll: _Roll, named: roles.Named) -> None:
    """Read what follows a role word: 牵头会同运输科, 牵头运输科配合, or the work itself."""
    others = roles.companion(named.rest)
    if others is not None:
        inner = roles.part(others)
        names = _clean(inner.name, strict=True)
        roll.named += [(name, "support") for name in names]
        roll.has_object = not names
        return
    inner = roles.part(named.rest)
    if inner.role is not None and inner.name and is_unit(roles.without_manner(inner.name)):
        _take(roll, inner, named.rest)
        return
    roll.has_object = len(named.rest) > 2


def _wait(roll: _Roll, piece: str) -> None:
    strict = roll.strict or roll.has_object
    roll.waiting += _clean(piece, strict=strict)


def _clean(name: str, *, strict: bool) -> list[str]:
    """Return the bare name, and the vague set that its 等相关科室 leaves; none when it is none."""
    name = roles.without_manner(_PERSON_BRACKET.sub("", name))
    name, others = roles.without_others(name)
    name = roles.without_manner(name).strip(" ,;、。.:\"“”'")
    if name.count("(") != name.count(")"):
        name = name.strip("()")
    names = [name] if name and (is_unit(name) or not strict) else []
    return names + ([others] if others and names else [])
