"""The audit app's own events and the hash algorithms it knows, as data."""

from __future__ import annotations

from enum import StrEnum


class Algorithm(StrEnum):
    """Which hash an event and a link were made with; named in each row."""

    SHA256 = "sha256"
    SM3 = "sm3"

    @property
    def label(self) -> str:
        """The name as standards write it."""
        return {Algorithm.SHA256: "SHA-256", Algorithm.SM3: "SM3（GB/T 32905）"}[self]


EVENTS: dict[str, str] = {
    "audit.looked": "查看个人信息",
    "audit.anchor_exported": "导出审计锚点",
}
