"""The pages of the duties."""

from gongkai.duties.views.ladder import ladder, set_ladder
from gongkai.duties.views.lists import everything, mine, moved
from gongkai.duties.views.verbs import extend, pause, reassign, reset, resume, set_date
from gongkai.duties.views.why import why

__all__ = [
    "everything",
    "extend",
    "ladder",
    "mine",
    "moved",
    "pause",
    "reassign",
    "reset",
    "resume",
    "set_date",
    "set_ladder",
    "why",
]
