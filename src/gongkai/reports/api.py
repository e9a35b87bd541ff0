"""The door of reports: what the faces and the demo may use."""

from gongkai.reports.actions import receive_document, receive_report, set_aside, take_up
from gongkai.reports.models import Check, Finding

__all__ = ["Check", "Finding", "receive_document", "receive_report", "set_aside", "take_up"]
