"""The door of standards: what the demo and other apps may use."""

from gongkai.standards.actions import (
    assign_items,
    discard_catalogue,
    end_assignment,
    note_evidence,
    read_catalogue,
    share_practice,
    take_catalogue,
    write_practice,
)
from gongkai.standards.models import Assignment, Catalogue, Evidence, Item, Matter, Practice
from gongkai.standards.queries import Coverage, coverage

__all__ = [
    "Assignment",
    "Catalogue",
    "Coverage",
    "Evidence",
    "Item",
    "Matter",
    "Practice",
    "assign_items",
    "coverage",
    "discard_catalogue",
    "end_assignment",
    "note_evidence",
    "read_catalogue",
    "share_practice",
    "take_catalogue",
    "write_practice",
]
