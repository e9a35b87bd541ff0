"""Shares and counts that are to be reached → ``Target``; cadences and limits are not here."""

from __future__ import annotations

from gongkai.reading.result import Target


def find_targets(text: str) -> list[Target]:
    """Find the shares (不低于4%, 覆盖率100%) and counts (新建平台2家) that a text asks for."""
    return []
