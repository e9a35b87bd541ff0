"""How the year's work is signed and struck off: the head of a section, the openness office."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.approvals import api as approvals
from gongkai.demo.city import City
from gongkai.kernel import clock
from gongkai.programme import api as programme
from gongkai.progress import api as progress

LEFT = timedelta(days=10)
"""What was sent in so many last days still waits, so that there is something to sign."""


def sign_and_close(city: City, bound: programme.Programme, *, day: date, until: date) -> None:
    """Let the head sign what waits, the cooperating units report, the office strike off."""
    if until - day < LEFT:
        return
    _sign(city)
    if day.day <= 7:
        _report_parts(city, bound)
        _strike_off(city, bound)


def _sign(city: City) -> None:
    for head in city.people.values():
        for step in approvals.waiting_for(head).select_related("round"):
            approvals.sign(step, actor=head, digest=step.round.digest, comment="属实")


def _report_parts(city: City, bound: programme.Programme) -> None:
    """Cooperating units sign when the leads are done; the openness office keeps their accounts."""
    zhou = city.people["zhoumin"]
    for task in bound.tasks.filter(state="open"):
        if task.duties.filter(duty__closed_at=None).exists():
            continue
        waiting = set(progress.reports_of(task).filter(state="sent").values_list("unit", flat=True))
        for unit in progress.unsigned(task):
            if unit.pk in waiting:
                continue
            programme.add_evidence(task, actor=zhou, unit=unit, note="已按分工配合完成。")
            task.refresh_from_db()
            progress.report(
                task,
                unit=unit,
                actor=zhou,
                duty_id=None,
                text="本单位配合的部分已完成，材料交牵头科室汇总。",
                done_on=clock.today(),
                expected=task.version,
            )
            task.refresh_from_db()


def _strike_off(city: City, bound: programme.Programme) -> None:
    """All but the last: one task always waits for the openness office."""
    zhou = city.people["zhoumin"]
    waiting = [task for task in progress.ready_for(zhou) if task.programme_id == bound.pk]
    for task in waiting[1:]:
        progress.strike_off(task, actor=zhou, expected=task.version, note="已核实佐证。")
