"""What writes the trail: recording events, sealing them, exporting anchors."""

from gongkai.audit.actions.anchor import export_anchor, export_yesterday
from gongkai.audit.actions.record import looked, record
from gongkai.audit.actions.seal import seal

__all__ = ["export_anchor", "export_yesterday", "looked", "record", "seal"]
