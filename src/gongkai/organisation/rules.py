"""How documents write names of units, as rules on text; no tables."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence

VAGUE = re.compile(r"相关|有关|各自|涉及")
"""Words that make a name mean "some of them": the office has to say which."""

_OWN = ("本局", "我局", "市局", "县局", "区局", "局机关", "局", "委机关", "委", "本", "我")
"""What documents put before a section's name to say that it is the body's own."""

_EVERY = re.compile(
    r"^(?:局|委)?(?:机关)?各?(?:所属|局属|委属|直属|下属)?(?:各)?(?:科室|处室|股室|单位|部门)$"
)

NEAR = 0.6
"""Names at least this alike (0–1) are offered as candidates."""


def fold(text: str) -> str:
    """Fold a name for comparison: half-width, no spaces or quotes, lower case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in plain if not c.isspace() and c not in "“”\"'《》")


def spellings(folded: str, bodies: Iterable[str]) -> list[str]:
    """Return the ways to look a folded name up: as written, then without its body's name.

    ``bodies`` are the folded names of the body: 局科技科 and 科技科 are one.
    """
    found = [folded]
    prefixes = sorted({*bodies, *_OWN}, key=len, reverse=True)
    for prefix in prefixes:
        if folded.startswith(prefix) and len(folded) > len(prefix) + 1:
            found.append(folded[len(prefix) :])
    return list(dict.fromkeys(found))


def is_vague(folded: str) -> bool:
    """Say whether the name leaves open which units are meant (局机关相关科室)."""
    return bool(VAGUE.search(folded))


def without_vagueness(folded: str) -> str:
    """Return the name of the whole set a vague name picks from: 局机关相关科室 → 局机关科室."""
    return VAGUE.sub("", folded)


def is_every(folded: str) -> bool:
    """Say whether the name means every section or every subordinate unit of the body."""
    return bool(_EVERY.match(folded))


def means_subordinates(folded: str) -> bool:
    """Say whether a name of a set means subordinate units and not sections."""
    return "单位" in folded or "属" in folded


def near(folded: str, known: Sequence[str], *, most: int = 3) -> list[str]:
    """Return the known names most like this one, best first."""
    return difflib.get_close_matches(folded, known, n=most, cutoff=NEAR)


def path_under(parent: str, pk: int) -> str:
    """Return a unit's path: its parent's path and its own key, between slashes."""
    return f"{parent or '/'}{pk}/"


def would_turn_in_a_circle(path: str, new_parent: str) -> bool:
    """Say whether a unit at ``path`` would come to stand under itself."""
    return new_parent.startswith(path)
