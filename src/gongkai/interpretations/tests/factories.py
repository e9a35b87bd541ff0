"""Policies and their interpretation for tests, made through the actions."""

from __future__ import annotations

from typing import Any

from gongkai.interpretations import actions
from gongkai.interpretations.models import Material, Plan
from gongkai.interpretations.states import Form, Stage
from gongkai.publications import api as publications
from gongkai.publications.api import Edition, Item, Kind
from gongkai.publications.tests import factories as items


def policy(side: Any, **how: Any) -> Edition:
    """Draft a policy whose interpretation goes in step with it."""
    usual = {"kind": Kind.POLICY, "document_number": "清交发〔2026〕8号"}
    return items.drafted(side, **{**usual, **how})


def planned(side: Any, item: Item, **how: Any) -> Plan:
    """Set a whole plan."""
    usual: dict[str, Any] = {
        "outline": "为什么制定、管什么、对货运企业有什么影响。",
        "forms": [Form.TEXT, Form.CHART],
        "channels": "门户网站、公众号",
        "interpreter": "王科长",
        "expected": 0,
    }
    return actions.set_plan(item, actor=side.officer, **{**usual, **how})


def begun(side: Any, item: Item, **how: Any) -> Material:
    """Begin a material."""
    usual: dict[str, Any] = {"form": Form.CHART, "stage": Stage.WITH, "interpreter": "王科长"}
    return actions.interpret(item, actor=side.officer, **{**usual, **how})


def signed_material(side: Any, item: Item, **how: Any) -> Edition:
    """Bring a material to where it waits to come out."""
    found = begun(side, item, **how)
    edition = publications.newest(found.item)
    what = items.what(
        kind=Kind.INTERPRETATION, title=edition.title, text="<p>这份文件讲三件事。</p>"
    )
    publications.save(edition, actor=side.officer, what=what, expected=edition.version)
    return items.sign_all(side, items.sent(side, items.again(edition)))


def out(side: Any, edition: Edition) -> Edition:
    """Publish a signed edition and let the worker follow."""
    from gongkai.outbox import api as outbox

    edition = items.again(edition)
    publications.publish(edition, actor=side.openness_office, expected=edition.version)
    outbox.drain()
    return items.again(edition)
