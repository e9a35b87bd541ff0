"""The door of the notices: what other apps may use."""

from gongkai.notices.actions import mark_all_read, tell, tell_unit
from gongkai.notices.models import Notice
from gongkai.notices.queries import unread_count

__all__ = ["Notice", "mark_all_read", "tell", "tell_unit", "unread_count"]
