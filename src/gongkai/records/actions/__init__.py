"""The verbs of records: nothing else writes them."""

from gongkai.records.actions.owing import OWED, open_year
from gongkai.records.actions.writing import (
    PURPOSE,
    REVIEW,
    Written,
    add_file,
    amend,
    link,
    unlink,
    withdraw,
    write,
)

__all__ = [
    "OWED",
    "PURPOSE",
    "REVIEW",
    "Written",
    "add_file",
    "amend",
    "link",
    "open_year",
    "unlink",
    "withdraw",
    "write",
]
