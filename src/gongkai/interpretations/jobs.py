"""What the worker does for interpretation: brings materials out with their policy, keeps clocks."""

from __future__ import annotations

from gongkai.interpretations import actions, queries
from gongkai.kernel.identifiers import split_subject
from gongkai.outbox import api as outbox
from gongkai.publications import api as publications


@outbox.consumer(
    "interpretations.hidden",
    topics=["publications.withdrawn"],
    own_transactions=True,
    label="解读随文件撤回",
)
def take_back(subject: str, topics: set[str]) -> None:
    """Take back what interprets a policy that may be shown no more: it bears the policy's title."""
    item = publications.item_by_pk(int(split_subject(subject)[1]))
    if item is not None and item.hidden:
        actions.withdraw_with(item)


@outbox.consumer(
    "interpretations.together",
    topics=["publications.published"],
    own_transactions=True,
    label="解读与文件同步发布",
)
def follow(subject: str, topics: set[str]) -> None:
    """Bring out with a policy what interprets it, and start or meet the clock of a late one."""
    item = publications.item_by_pk(int(split_subject(subject)[1]))
    if item is None:
        return
    actions.publish_with(item)
    actions.follow_publication(item)
    material = queries.material_of(item)
    if material is not None:
        actions.follow_publication(material.policy)
