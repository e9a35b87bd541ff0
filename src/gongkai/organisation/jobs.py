"""What the worker does for the organisation; each job calls one action."""

from __future__ import annotations

from gongkai.organisation import actions
from gongkai.outbox.api import ticker


def register() -> None:
    """Enter the ticker that shows names from the day they begin."""
    ticker("organisation.names", every=600.0, label="启用到期的新名称")(actions.take_up_names)
