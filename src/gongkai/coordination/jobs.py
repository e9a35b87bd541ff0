"""What the worker does for askings: takes them back with a draft that was dropped."""

from __future__ import annotations

from gongkai.coordination import actions
from gongkai.kernel.identifiers import split_subject
from gongkai.outbox import api as outbox
from gongkai.publications import api as publications


@outbox.consumer(
    "coordination.dropped", topics=["publications.dropped"], label="作废的稿子收回征求"
)
def take_back(subject: str, topics: set[str]) -> None:
    """Take back what is asked about drafts of this item that are dropped; a repeat finds none."""
    item = publications.item_by_pk(int(split_subject(subject)[1]))
    for edition in publications.editions_of(item) if item else []:
        if edition.state == publications.EditionState.DROPPED:
            actions.end_all(edition)
