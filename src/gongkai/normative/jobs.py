"""What the worker does for normative documents: force, effect and lapse on their days."""

from __future__ import annotations

from datetime import datetime

from gongkai.kernel.identifiers import split_subject
from gongkai.normative import actions, queries
from gongkai.outbox import api as outbox
from gongkai.publications import api as publications


@outbox.consumer("normative.out", topics=["publications.published"], label="规范性文件生效")
def follow(subject: str, topics: set[str]) -> None:
    """Begin the validity of what came out, and let its relations take effect."""
    item = publications.item_by_pk(int(split_subject(subject)[1]))
    if item is None:
        return
    actions.enter_force(item)
    for row in queries.changes(item):
        actions.take_effect(row)


@outbox.ticker("normative.days", every=600.0, label="规范性文件到期")
def turn(now: datetime) -> int:
    """Let relations take effect and documents lapse whose day has come."""
    return actions.take_effect_due() + actions.lapse_due()
