"""The door of records: what reports and the demo may use."""

from gongkai.records.actions import Written, add_file, amend, link, open_year, withdraw, write
from gongkai.records.models import Record
from gongkai.records.queries import Cited, records_of
from gongkai.records.rules import Person
from gongkai.records.states import Kind

__all__ = [
    "Cited",
    "Kind",
    "Person",
    "Record",
    "Written",
    "add_file",
    "amend",
    "link",
    "open_year",
    "records_of",
    "withdraw",
    "write",
]
