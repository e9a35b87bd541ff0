"""Says which imports between apps go past the door; takes pairs of names, reads no files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

OPEN = frozenset({"kernel", "ui", "reading", "screening", "comparing", "fetching"})
"""What has no tables is used as a library: any of its modules may be imported."""
NAMED: dict[tuple[str, str], str] = {
    ("gongkai.cli", "gongkai.calendars.command"): "works without Django, which the api needs",
}


def past_the_door(
    pairs: Iterable[tuple[str, str]], *, apps: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield (importer, imported) where an app reaches into another past its ``api``.

    Tests may set up their scene with other apps' factories and look at their rows.
    """
    for importer, imported in pairs:
        home, away = _app(importer), _app(imported)
        if home == away or away in OPEN or away not in apps:
            continue
        at_the_door = imported == f"gongkai.{away}.api"
        if not at_the_door and ".tests" not in importer and (importer, imported) not in NAMED:
            yield importer, imported


def _app(module: str) -> str:
    return module.split(".")[1] if module.count(".") else ""
