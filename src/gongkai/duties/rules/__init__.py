"""The arithmetic of clocks: values in, values out; no tables, no settings, no present moment."""

from gongkai.duties.rules.cadence import Cadence, Period, periods
from gongkai.duties.rules.ladder import (
    LADDER,
    Ladder,
    from_words,
    hears_words,
    ladder_words,
    rung_at,
    rung_words,
    wrong_in,
)
from gongkai.duties.rules.ledger import Clock, Pause, read_ledger, state_after
from gongkai.duties.rules.lights import Lit, light_of
from gongkai.duties.rules.limits import (
    Limit,
    calendar_days,
    hours,
    on_date,
    standing,
    waiting,
    working_days,
)
from gongkai.duties.rules.reckoning import Reckoning, Step, Stretch, reckon
from gongkai.duties.rules.telling import tell
from gongkai.duties.rules.values import Calendar, Entry

__all__ = [
    "LADDER",
    "Cadence",
    "Calendar",
    "Clock",
    "Entry",
    "Ladder",
    "Limit",
    "Lit",
    "Pause",
    "Period",
    "Reckoning",
    "Step",
    "Stretch",
    "calendar_days",
    "from_words",
    "hears_words",
    "hours",
    "ladder_words",
    "light_of",
    "on_date",
    "periods",
    "read_ledger",
    "reckon",
    "rung_at",
    "rung_words",
    "standing",
    "state_after",
    "tell",
    "waiting",
    "working_days",
    "wrong_in",
]
