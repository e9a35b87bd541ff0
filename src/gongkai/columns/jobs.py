"""What the worker does for columns: lets their clocks follow what comes out and is taken back."""

from __future__ import annotations

from datetime import datetime

from gongkai.columns import actions
from gongkai.kernel.identifiers import split_subject
from gongkai.outbox import api as outbox
from gongkai.publications import api as publications


@outbox.consumer(
    "columns.freshness",
    topics=["publications.published", "publications.withdrawn", "publications.restored"],
    own_transactions=True,
    label="栏目更新计时",
)
def follow(subject: str, topics: set[str]) -> None:
    """Let the clocks of an item's column follow; a repeat finds nothing to do."""
    item = publications.item_by_pk(int(split_subject(subject)[1]))
    if item is not None and item.column_id is not None:
        actions.refresh_for(item.column_id, item.body_id)


@outbox.consumer(
    "columns.reposts",
    topics=["publications.published", "publications.dropped"],
    own_transactions=True,
    label="转发计时",
)
def follow_reposts(subject: str, topics: set[str]) -> None:
    """Measure how late a repost came out; a repeat finds it measured."""
    item = publications.item_by_pk(int(split_subject(subject)[1]))
    if item is not None:
        actions.follow_item(item)


@outbox.consumer(
    "columns.reviews",
    topics=["publications.published", "publications.withdrawn", "publications.restored"],
    own_transactions=True,
    label="制度修订检查计时",
)
def follow_reviews(subject: str, topics: set[str]) -> None:
    """Let the clock of a review follow what is out; a repeat finds nothing to do."""
    item = publications.item_by_pk(int(split_subject(subject)[1]))
    if item is not None:
        actions.follow_review(item)


@outbox.ticker("columns.watching", every=60.0, label="关注上级网站")
def look(now: datetime) -> int:
    """Look at the sources whose time has come."""
    return actions.look_at_due(now)
