"""What writes the trail: recording events, sealing them, exporting anchors."""

from gongkai.audit.actions.anchor import export_anchor, export_yesterday
from gongkai.audit.actions.record import Note, looked, record, record_many
from gongkai.audit.actions.seal import seal

__all__ = [
    "Note",
    "export_anchor",
    "export_yesterday",
    "looked",
    "record",
    "record_many",
    "seal",
]
