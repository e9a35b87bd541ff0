"""What the worker calls of the audit app; each job calls one action."""

from __future__ import annotations

from datetime import datetime

from gongkai.audit import actions
from gongkai.outbox.api import ticker


def register() -> None:
    """Enter the tickers."""
    ticker("audit.seal", every=5.0, label="审计记录编号成链")(_seal)
    ticker("audit.anchor", every=300.0, label="导出审计锚点")(_anchor)


def _seal(now: datetime) -> int:
    return actions.seal()


def _anchor(now: datetime) -> int:
    return actions.export_yesterday(now)
