"""The door of audit: what other apps may use."""

from gongkai.audit.actions import Note, export_anchor, looked, record, record_many, seal
from gongkai.audit.models import AuditEvent
from gongkai.audit.policies import UndeclaredEvent, declare_events, label_of, page_gate
from gongkai.audit.queries.chain import verify
from gongkai.audit.queries.events import Entry, timeline
from gongkai.audit.queries.keys import keyed_digest
from gongkai.audit.rules import Verdict

__all__ = [
    "AuditEvent",
    "Entry",
    "Note",
    "UndeclaredEvent",
    "Verdict",
    "declare_events",
    "export_anchor",
    "keyed_digest",
    "label_of",
    "looked",
    "page_gate",
    "record",
    "record_many",
    "seal",
    "timeline",
    "verify",
]
