"""Two databases of their own, side by side: the scale asked for and the small one beside it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.utils import load_backend

ALIAS = "default"


@dataclass
class Side:
    """A database and what the loader says stands in it."""

    name: str
    duties: int
    wrapper: Any
    marks: dict[str, Any] = field(default_factory=dict)

    @contextmanager
    def open(self) -> Iterator[None]:
        """Let every query inside the block go to this side."""
        before = connections[ALIAS]
        connections[ALIAS] = self.wrapper
        try:
            yield
        finally:
            connections[ALIAS] = before


@contextmanager
def sides(folder: Path, scales: dict[str, int]) -> Iterator[dict[str, Side]]:
    """Make an empty migrated database for each name, and take them away at the end."""
    outer = connections[ALIAS]
    name_before = settings.DATABASES[ALIAS]["NAME"]
    made: dict[str, Side] = {}
    try:
        for name, duties in scales.items():
            made[name] = Side(name, duties, _made(folder, name, outer.settings_dict))
            settings.DATABASES[ALIAS]["NAME"] = name_before
        yield made
    finally:
        for side in made.values():
            with side.open():
                side.wrapper.creation.destroy_test_db(str(name_before), verbosity=0)
        connections[ALIAS] = outer


def _made(folder: Path, name: str, given: dict[str, Any]) -> Any:
    """Create and migrate one database; on SQLite a file in the folder."""
    wanted = deepcopy(given)
    sqlite = wanted["ENGINE"] == "django.db.backends.sqlite3"
    wanted["TEST"]["NAME"] = str(folder / f"{name}.sqlite3") if sqlite else f"gongkai_bench_{name}"
    wrapper = load_backend(wanted["ENGINE"]).DatabaseWrapper(wanted, ALIAS)
    before = connections[ALIAS]
    connections[ALIAS] = wrapper
    try:
        with redirect_stdout(sys.stderr):  # standard output is for the measures
            wrapper.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connections[ALIAS] = before
    return wrapper
