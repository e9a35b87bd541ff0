"""The verbs of the one clock; nothing else writes duties, facts, counters or moves."""

from gongkai.duties.actions.counting import mend_counters, together
from gongkai.duties.actions.lights import recompute_all, recompute_for_calendar, turn_lights
from gongkai.duties.actions.opening import Order, open_cadence, open_duty, open_many
from gongkai.duties.actions.verbs import (
    cancel,
    extend,
    meet,
    pause,
    reassign,
    reopen,
    reset,
    resume,
    set_date,
)

__all__ = [
    "Order",
    "cancel",
    "extend",
    "meet",
    "mend_counters",
    "open_cadence",
    "open_duty",
    "open_many",
    "pause",
    "reassign",
    "recompute_all",
    "recompute_for_calendar",
    "reopen",
    "reset",
    "resume",
    "set_date",
    "together",
    "turn_lights",
]
