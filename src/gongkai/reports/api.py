"""The door of reports: what the faces and the demo may use."""

from gongkai.reports.actions import (
    receive_document,
    receive_report,
    rewrite,
    set_aside,
    start_draft,
    take_up,
)
from gongkai.reports.models import Check, Draft, Finding

__all__ = [
    "Check",
    "Draft",
    "Finding",
    "receive_document",
    "receive_report",
    "rewrite",
    "set_aside",
    "start_draft",
    "take_up",
]
