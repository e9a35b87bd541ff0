"""The door of the notices: what other apps may use."""

from gongkai.notices.actions import (
    Together,
    choose_way,
    hide,
    mark_all_read,
    settle,
    tell,
    tell_together,
    tell_unit,
)
from gongkai.notices.models import Notice
from gongkai.notices.policies import name_kinds
from gongkai.notices.queries import Told, told_of, unread_count
from gongkai.notices.states import Brief, Urgency, Way

__all__ = [
    "Brief",
    "Notice",
    "Together",
    "Told",
    "Urgency",
    "Way",
    "choose_way",
    "hide",
    "mark_all_read",
    "name_kinds",
    "settle",
    "tell",
    "tell_together",
    "tell_unit",
    "told_of",
    "unread_count",
]
