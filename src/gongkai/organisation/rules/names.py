"""How documents write the name of one unit: folding, prefixes, short forms; no tables."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

NEAR = 0.5
"""Names at least this alike (0–1) are offered as candidates."""

_QUOTES = frozenset("“”\"'‘’《》〈〉「」*")
_EDGES = "、，,。.；;：:·-—"
_ENDINGS = (
    ("人民政府", "政府"),
    ("委员会", "委"),
    ("办公室", "办"),
    ("中心", "中心"),
    *((c, c) for c in "局委厅院办部司署处"),
)
_PLACE = re.compile(r"^.{1,6}?([省市县区州旗盟])(.{2,})$")
_BRACKET = re.compile(r"^(.+)\(([^()]+)\)$")
_LOCALITY = re.compile(
    r"(?:县|区|市|旗|州|盟|乡|镇|街道|街道办事处|管委会|管理委员会)(?:人民政府|政府)?$"
)
_GENERIC_OWN = ("机关", "本机关", "本单位", "我单位", "本级")


def fold(text: str) -> str:
    """Fold a name for comparison: half-width, no spaces, quotes or edge marks, lower case."""
    folded = _fold_once(text)
    while (again := _fold_once(folded)) != folded:  # what stood apart may have joined
        folded = again
    return folded


def _fold_once(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if not c.isspace() and c not in _QUOTES).strip(_EDGES)


def heads(names: Iterable[str]) -> tuple[str, ...]:
    """Return what a body calls itself for short: 局 of 清江市交通运输局, 委, 政府 …"""
    found = []
    for name in names:
        word = next((short for end, short in _ENDINGS if name.endswith(end)), "")
        if word and word not in found:
            found.append(word)
    return tuple(found)


def own_words(body_names: Iterable[str]) -> tuple[str, ...]:
    """Return the folded ways a body names itself, the longest first.

    Its names; those names without the place (交通运输局, 市交通运输局); and 局, 我局, 市局,
    局机关 and their like.
    """
    names = list(body_names)
    found = {*names, *_GENERIC_OWN}
    for name in names:
        found.update(derived(name))
    for head in heads(names):
        found.update(f"{before}{head}" for before in ("", "本", "我", "省", "市", "县", "区", "州"))
        found.update(f"{before}{head}机关" for before in ("", "本", "市", "县", "区"))
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def derived(full: str) -> tuple[str, ...]:
    """Return a full name without its place: 清江市教育局 → 市教育局, 教育局."""
    found = _PLACE.match(full)
    if not found or found[2].endswith("人民政府") or len(found[2]) < 3:
        return ()
    return (found[1] + found[2], found[2])


def spellings(folded: str, own: Sequence[str]) -> list[str]:
    """Return the ways to look a folded name up, the most literal first.

    As written; without what the body calls itself (局科技科 → 科技科); 办 and 办公室 are one;
    a name with a bracket also without it. ``own`` is what ``own_words`` gives.
    """
    bare = [folded, *_without_bracket(folded)]
    stripped = [rest for name in bare for rest in without_own(name, own)]
    literal = [*bare, *stripped]
    return list(dict.fromkeys([*literal, *(v for name in literal for v in _office_variants(name))]))


def without_own(name: str, own: Sequence[str]) -> list[str]:
    """Return what is left of a name after each word for the body itself that it begins with."""
    return [name[len(word) :] for word in own if name.startswith(word) and len(name) > len(word)]


def _without_bracket(name: str) -> list[str]:
    found = _BRACKET.match(name)
    return [found[1], found[2]] if found else []


def _office_variants(name: str) -> list[str]:
    if name.endswith("办公室"):
        return [name[:-2]]
    return [name + "公室"] if name.endswith("办") else []


def is_locality(name: str) -> bool:
    """Say whether a body is a government of a place below (县、市、区、乡、镇、街道)."""
    return bool(_LOCALITY.search(name))


def near(folded: str, known: Sequence[str], *, most: int = 5) -> list[str]:
    """Return the known names most like this one, best first."""
    return difflib.get_close_matches(folded, known, n=most, cutoff=NEAR)
