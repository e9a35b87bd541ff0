"""Rows of the audit trail and the triggers that keep them as they are; no decisions."""

from gongkai.audit.models.rows import AuditEvent, Mention, Seal, Unsealed

__all__ = ["AuditEvent", "Mention", "Seal", "Unsealed"]
