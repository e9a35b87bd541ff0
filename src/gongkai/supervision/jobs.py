"""What the worker does for supervision: takes what the head decided over a reply."""

from __future__ import annotations

from gongkai.approvals import api as approvals
from gongkai.outbox import api as outbox
from gongkai.supervision import actions


@outbox.consumer(
    "supervision.signatures",
    topics=["approvals.completed", "approvals.returned"],
    label="督办、批示回复签发结果",
)
def take_signatures(subject: str, topics: set[str]) -> None:
    """Take what became of a round over a reply; nothing when it was taken."""
    found = approvals.round_by_key(subject)
    if found is not None:
        actions.settle(found)
