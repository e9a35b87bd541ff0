"""The verbs of the one clock; nothing else writes duties, facts, counters or moves."""

from gongkai.duties.actions.counting import mend_counters, together
from gongkai.duties.actions.laddering import set_ladder
from gongkai.duties.actions.lights import (
    recompute_all,
    recompute_for_calendar,
    recompute_for_ladder,
    turn_lights,
)
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
    "recompute_for_ladder",
    "reopen",
    "reset",
    "resume",
    "set_date",
    "set_ladder",
    "together",
    "turn_lights",
]
