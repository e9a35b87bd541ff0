"""Items for tests, made through the actions."""

from __future__ import annotations

from typing import Any

from gongkai.approvals import api as approvals
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.outbox import api as outbox
from gongkai.publications import actions, queries
from gongkai.publications.models import Edition, Item
from gongkai.publications.states import Attribute, Change, FileRole, Kind, WithdrawReason

SECRET = "张三的手机号码是13800138000"
"""A text that the checks stop."""


def what(**how: Any) -> actions.Draft:
    """Return a draft with all that a signature wants."""
    usual: dict[str, Any] = {
        "title": "关于公布农村公路养护计划的公告",
        "kind": Kind.NEWS,
        "issuers": ["清江市交通运输局"],
        "attribute": Attribute.PROACTIVE,
        "abstract": "公布今年的养护计划。",
        "source": "清江市交通运输局",
        "text": "<p>现公布今年的农村公路养护计划。</p>",
        "formed_on": clock.today(),
    }
    return actions.Draft(**{**usual, **how})


def drafted(side: Any, **how: Any) -> Edition:
    """Begin a draft as the section's officer."""
    return again(actions.draft(unit=side.section, actor=side.officer, what=what(**how)))


def checked(side: Any, edition: Edition) -> Edition:
    """Ask for the checks and let the worker run them."""
    edition = again(edition)
    actions.ask_check(edition, actor=side.officer, expected=edition.version)
    outbox.drain()
    return again(edition)


def sent(side: Any, edition: Edition | None = None, **how: Any) -> Edition:
    """Send an edition that was checked."""
    edition = checked(side, edition or drafted(side, **how))
    actions.send(edition, actor=side.officer, expected=edition.version)
    return again(edition)


def sign_all(side: Any, edition: Edition) -> Edition:
    """Let everybody sign whose turn it is, until nobody's is."""
    while True:
        round_ = approvals.newest_round(subject_key(edition))
        if round_ is None or round_.state != approvals.RoundState.OPEN:
            break
        for step, people in approvals.asked_now(round_):
            approvals.sign(step, actor=people[0], digest=round_.digest)
            break
    outbox.drain()
    return again(edition)


def signed(side: Any, **how: Any) -> Edition:
    """Bring an edition to where it waits to be published."""
    return sign_all(side, sent(side, **how))


def published(side: Any, **how: Any) -> Edition:
    """Bring an edition out."""
    edition = signed(side, **how)
    actions.publish(edition, actor=side.openness_office, expected=edition.version)
    return again(edition)


def revised(side: Any, edition: Edition, change: Change = Change.REVISION) -> Edition:
    """Begin the next edition."""
    item = Item.objects.get(pk=edition.item_id)
    return again(actions.revise(item, actor=side.officer, change=change, expected=item.version))


def withdrawn(side: Any, edition: Edition, reason: WithdrawReason) -> Edition:
    """Take an edition back."""
    edition = again(edition)
    actions.withdraw(
        edition,
        actor=side.openness_office,
        reason=reason,
        note="核实后撤回",
        expected=edition.version,
    )
    return again(edition)


def with_file(
    side: Any,
    edition: Edition,
    data: bytes = b"plan 2026",
    name: str = "plan.txt",
    role: FileRole = FileRole.ATTACHMENT,
) -> Edition:
    """Add a file to a draft."""
    actions.add_file(edition, actor=side.officer, upload=data, name=name, role=role)
    return again(edition)


def again(edition: Edition) -> Edition:
    """Return the edition as it now stands."""
    found = queries.edition_by_pk(edition.pk)
    assert found is not None
    return found
