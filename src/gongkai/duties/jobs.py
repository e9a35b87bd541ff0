"""What the worker does for duties: turn lights, read clocks anew after the calendar changed."""

from __future__ import annotations

from datetime import datetime

from gongkai.duties import actions
from gongkai.kernel.identifiers import split_subject
from gongkai.outbox import api as outbox


@outbox.ticker("duties.lights", label="更新亮灯和提醒")
def turn_lights(now: datetime) -> int:
    """Turn the lights whose moment has come; a batch each time."""
    return actions.turn_lights(now)


@outbox.consumer(
    "duties.calendar",
    topics=["calendars.changed", "calendars.loaded"],
    own_transactions=True,
    label="日历变动后重算期限",
)
def recompute(subject: str, topics: set[str]) -> None:
    """Read the open clocks anew after a new version of the calendar."""
    actions.recompute_for_calendar(subject)


@outbox.consumer(
    "duties.ladder",
    topics=["duties.ladder_set"],
    own_transactions=True,
    label="提醒设定变动后重看时限",
)
def climb_anew(subject: str, topics: set[str]) -> None:
    """Look again which rung the open duties of a body stand on, after it set its ladder."""
    actions.recompute_for_ladder(int(split_subject(subject)[1]))
