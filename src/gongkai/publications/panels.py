"""What apps above bring to an item's page: sections, for those who work on it and for readers.

Publications know none of these apps; each says at start what it brings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.ui.parts import Panel

PanelSource = Callable[[Any, Any], "Panel | None"]
"""Asked with the user and the edition; None where the user is shown nothing."""

PANELS: dict[str, PanelSource] = {}
READER_PANELS: dict[str, PanelSource] = {}


def add_panel(name: str, source: PanelSource, *, for_readers: bool = False) -> None:
    """Bring a section to the pages of items, or to what readers get; again replaces it."""
    (READER_PANELS if for_readers else PANELS)[name] = source


def panels(user: Any, edition: Any, *, for_readers: bool = False) -> list[Panel]:
    """Return the sections of an item's page for a user, in their order."""
    sources = READER_PANELS if for_readers else PANELS
    found = (source(user, edition) for source in sources.values())
    return sorted((panel for panel in found if panel), key=lambda panel: panel.order)
