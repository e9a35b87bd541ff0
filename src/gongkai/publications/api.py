"""The door of the publications: what other apps may use."""

from gongkai.publications.actions import (
    Draft,
    add_file,
    ask_check,
    draft,
    overrule,
    publish,
    recall,
    revise,
    save,
    send,
    settle,
    withdraw,
)
from gongkai.publications.models import Edition, Item
from gongkai.publications.panels import add_panel
from gongkai.publications.policies import (
    add_condition,
    may_change,
    may_draft,
    may_publish,
    published_to,
    readable,
    worked_items,
    works_on,
)
from gongkai.publications.queries import (
    edition_by_pk,
    edition_or_none,
    item_or_none,
    newest,
    published,
)
from gongkai.publications.states import TONES, Attribute, Audience, Change, EditionState, Kind

__all__ = [
    "TONES",
    "Attribute",
    "Audience",
    "Change",
    "Draft",
    "Edition",
    "EditionState",
    "Item",
    "Kind",
    "add_condition",
    "add_file",
    "add_panel",
    "ask_check",
    "draft",
    "edition_by_pk",
    "edition_or_none",
    "item_or_none",
    "may_change",
    "may_draft",
    "may_publish",
    "newest",
    "overrule",
    "publish",
    "published",
    "published_to",
    "readable",
    "recall",
    "revise",
    "save",
    "send",
    "settle",
    "withdraw",
    "worked_items",
    "works_on",
]
