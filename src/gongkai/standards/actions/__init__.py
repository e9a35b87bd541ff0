"""Every change to catalogues, their matters and practice. One verb, one transaction."""

from gongkai.standards.actions.importing import discard_catalogue, read_catalogue, take_catalogue
from gongkai.standards.actions.working import (
    assign_items,
    end_assignment,
    note_evidence,
    share_practice,
    write_practice,
)

__all__ = [
    "assign_items",
    "discard_catalogue",
    "end_assignment",
    "note_evidence",
    "read_catalogue",
    "share_practice",
    "take_catalogue",
    "write_practice",
]
