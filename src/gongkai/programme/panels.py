"""What apps above bring to a task's page: sections and buttons.

The programme knows none of these apps; each says at start what it brings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from gongkai.ui.parts import Panel

__all__ = ["Panel", "acts", "add_acts", "add_panel", "panels"]

PanelSource = Callable[[Any, Any], "Panel | None"]
"""Asked with the user and the task; None where the user is shown nothing."""


ActSource = Callable[[Any, Any], "Sequence[Any]"]
"""Asked with the user and the task; the buttons, the most pressing first."""

PANELS: dict[str, PanelSource] = {}
ACTS: dict[str, ActSource] = {}


def add_panel(name: str, source: PanelSource) -> None:
    """Bring a section to the pages of tasks; ``name`` is the app's, asking again replaces it."""
    PANELS[name] = source


def add_acts(name: str, source: ActSource) -> None:
    """Bring buttons to the pages of tasks, above the programme's own."""
    ACTS[name] = source


def panels(user: Any, task: Any) -> list[Panel]:
    """Return the sections of a task's page for a user, in their order."""
    found = (source(user, task) for source in PANELS.values())
    return sorted((panel for panel in found if panel), key=lambda panel: panel.order)


def acts(user: Any, task: Any) -> list[Any]:
    """Return the buttons that apps above bring to a task's page for a user."""
    return [act for source in ACTS.values() for act in source(user, task)]
