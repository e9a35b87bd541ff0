"""What the worker does for items: checks, takes signatures, brings out what is due."""

from __future__ import annotations

import logging
from datetime import datetime

from gongkai.approvals import api as approvals
from gongkai.kernel.identifiers import split_subject
from gongkai.outbox import api as outbox
from gongkai.publications import actions, queries

log = logging.getLogger(__name__)


@outbox.consumer(
    "publications.checker",
    topics=["publications.check_asked"],
    own_transactions=True,
    label="发布前检查",
)
def check(subject: str, topics: set[str]) -> None:
    """Run a check that was asked for; a repeat finds it done and does nothing.

    A file that brings the checks down leaves a check that says so: it never hangs.
    """
    found = queries.check_by_pk(int(split_subject(subject)[1]))
    if found is None:
        return
    try:
        actions.run_check(found)
    except Exception:
        log.exception("check %s", subject)
        actions.fail_check(found)


@outbox.consumer(
    "publications.signatures",
    topics=["approvals.completed", "approvals.returned"],
    label="信息审签结果",
)
def take_signatures(subject: str, topics: set[str]) -> None:
    """Take what became of a round over an edition; nothing when it was taken."""
    found = approvals.round_by_key(subject)
    if found is not None:
        actions.settle(found)


@outbox.ticker("publications.timed", every=15.0, label="定时发布")
def publish_due(now: datetime) -> int:
    """Bring out what is due; again until nothing is."""
    return actions.publish_due(now)
