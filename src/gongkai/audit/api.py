"""The door of audit: what other apps may use."""

from gongkai.audit.actions import export_anchor, looked, record, seal
from gongkai.audit.models import AuditEvent
from gongkai.audit.policies import UndeclaredEvent, declare_events, label_of, page_gate
from gongkai.audit.queries.chain import verify
from gongkai.audit.queries.events import Entry, timeline
from gongkai.audit.queries.keys import keyed_digest
from gongkai.audit.rules import Verdict

__all__ = [
    "AuditEvent",
    "Entry",
    "UndeclaredEvent",
    "Verdict",
    "declare_events",
    "export_anchor",
    "keyed_digest",
    "label_of",
    "looked",
    "page_gate",
    "record",
    "seal",
    "timeline",
    "verify",
]
