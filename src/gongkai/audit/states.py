"""The audit app's own events and the hash algorithms it knows, as data."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class Algorithm(Worded):
    """Which hash an event and a link were made with; named in each row."""

    SHA256 = "sha256", "SHA-256"
    SM3 = "sm3", "SM3（GB/T 32905）"


EVENTS: dict[str, str] = {
    "audit.looked": "查看个人信息",
    "audit.anchor_exported": "导出审计锚点",
}
