"""A task on a line of time: what was due when, and what was done when; no queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time

from django.apps import apps
from django.utils import timezone

from gongkai.audit.api import Entry
from gongkai.duties.api import LIGHT_LABELS
from gongkai.programme import queries
from gongkai.ui.charts import Moment, Moments
from gongkai.ui.words import day as full_day

LANES = {"programme": "任务", "duties": "时限变动", "progress": "办理", "approvals": "签批"}
"""App of an event → lane; other apps' events stand under the app's own name."""

DUE = "到期"


def task_moments(view: queries.TaskView, timeline: Sequence[Entry]) -> Moments | None:
    """Return the task's line of time; None while there is not enough for a line."""
    moments = [*_due(view), *_done(timeline)]
    if len(moments) < 2:
        return None
    first, last = min(m.at for m in moments), max(m.at for m in moments)
    days = f"{full_day(first)}至{full_day(last)}"
    due = sum(moment.lane == DUE for moment in moments)
    said = f"{days}，到期{due}次，办理和变动{len(moments) - due}次。"
    return Moments("moments", "时间线", said, moments)


def _due(view: queries.TaskView) -> Iterator[Moment]:
    for part in view.parts:
        for row in part.duties:
            if row.duty.due_on is None:
                continue
            words = [
                part.unit.short,
                row.duty.period,
                "到期",
                f"（{LIGHT_LABELS[row.duty.light]}）",
            ]
            at = row.duty.due_at or _end_of(row.duty.due_on)
            yield Moment(at, DUE, "".join(filter(None, words)), row.duty.light, row.duty.url)


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def _done(timeline: Iterable[Entry]) -> Iterator[Moment]:
    for entry in timeline:
        app = entry.event.partition(".")[0]
        lane = LANES.get(app) or str(apps.get_app_config(app).verbose_name)
        yield Moment(entry.at, lane, f"{entry.label} {entry.actor_name}".strip(), "ink")
