"""The pages of the duties."""

from gongkai.duties.views.lists import everything, mine, moved
from gongkai.duties.views.why import why

__all__ = ["everything", "mine", "moved", "why"]
