"""The openness office strikes a task off, or sends a signed part back."""

from __future__ import annotations

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.programme import api as programme
from gongkai.programme.api import Task
from gongkai.progress import policies, queries
from gongkai.progress.models import Report
from gongkai.progress.states import SentState


@transaction.atomic
def strike_off(task: Task, *, actor: User, expected: int, note: str = "") -> Task:
    """Close a task of which every part is done and signed (销号). Raises ``Refused``."""
    refuse_if(policies.why_not_strike_off(task, actor=actor))
    return programme.strike_off(task, actor=actor, expected=expected, note=note)


@transaction.atomic
def send_back(report: Report, *, actor: User, reason: str, expected: int) -> Report:
    """Send a signed part back to its unit; its clock runs again. Raises ``Refused``."""
    report = lock(report)
    refuse_if(policies.why_not_send_back(report, actor=actor, reason=reason))
    programme.send_back(
        report.task,
        actor=actor,
        unit=report.unit,
        duty_id=report.duty_id,
        reason=reason,
        expected=expected,
    )
    timed = queries.timed_part(report.task, report.unit, report.duty_id)
    report.state, report.comment = SentState.RETURNED, reason.strip()
    report.live = queries.live_key(report.task, report.unit, timed)
    report.save(update_fields=["state", "comment", "live"])
    record(
        "progress.report_returned",
        subject=report.task,
        actor=actor,
        unit=report.unit,
        reason=reason.strip()[:200],
    )
    return report
