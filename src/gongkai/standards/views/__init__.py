"""Pages of standard catalogues, their items, and good practice."""

from gongkai.standards.views.catalogues import (
    assign,
    catalogue,
    catalogue_list,
    discard,
    read,
    report,
    take,
)
from gongkai.standards.views.items import end_assignment, item, note_evidence
from gongkai.standards.views.practices import (
    practice,
    practice_list,
    share_practice,
    write_practice,
)

__all__ = [
    "assign",
    "catalogue",
    "catalogue_list",
    "discard",
    "end_assignment",
    "item",
    "note_evidence",
    "practice",
    "practice_list",
    "read",
    "report",
    "share_practice",
    "take",
    "write_practice",
]
