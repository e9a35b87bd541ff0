"""What the drafting section does: ask, say what became of an answer, end without one."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.coordination import policies, queries
from gongkai.coordination.models import Asking
from gongkai.coordination.states import ANSWER_DUTY, ASKED_NOTICE, MOVES
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell_unit
from gongkai.organisation.api import Unit
from gongkai.publications import api as publications
from gongkai.publications.api import Edition


@transaction.atomic
def ask(edition: Edition, *, unit: Unit, actor: User, question: str, days: int) -> Asking:
    """Ask a unit about a draft as it is saved now; its clock runs ``days`` working days.

    Raises ``Refused``.
    """
    refuse_if(policies.why_not_ask(edition, unit, actor=actor, question=question))
    now, item = clock.now(), edition.item
    duty = duties.open_duty(
        kind=ANSWER_DUTY,
        subject=subject_key(edition),
        title="答复征求意见",
        owner=unit,
        limit=duties.working_days(days),
        started_at=now,
        actor=None,  # whoever asks sets the clock of another unit, as the rules let them
        url=reverse("coordination:asked"),
    )
    try:
        with transaction.atomic():
            row = Asking.objects.create(
                edition=edition,
                item=item,
                unit=unit,
                slot=policies.slot_of(edition, unit),
                question=question.strip(),
                digest=edition.digest,
                content=publications.content_of(edition).as_json(),
                files=publications.file_keys(edition),
                asked_at=now,
                asked_by=actor,
                duty=duty,
            )
    except IntegrityError:
        said = f"正在征求{unit.name}的意见。"
        raise Refused(Refusal("coordination.asked", said)) from None
    _record("coordination.asked", row, actor)
    tell_unit(
        unit,
        kind=ASKED_NOTICE,
        subject=subject_key(row),
        sentence=f"{item.unit.name}就一份文件稿征求意见，请按期答复。",
        url=reverse("coordination:asking", args=[row.pk]),
        key=f"coordination.asked:{row.pk}",
    )
    return row


def _record(event: str, row: Asking, actor: User | None) -> None:
    record(
        event,
        subject=row,
        also=[subject_key(row.item)],
        actor=actor,
        unit=row.item.unit,
        of=row.unit.name,
        edition=row.edition.order,
    )


@transaction.atomic
def settle(asking: Asking, *, actor: User, settled: str, expected: int) -> Asking:
    """Say what became of a unit's comments. Raises ``Refused``."""
    row = lock(asking, expected=expected)
    refuse_if(policies.why_not_settle(row, actor=actor, settled=settled))
    return _end(row, "settle", actor, settled, "coordination.settled")


@transaction.atomic
def close(asking: Asking, *, actor: User, reason: str, expected: int) -> Asking:
    """End an asking that was not answered in time, by name and with a reason.

    Raises ``Refused``.
    """
    row = lock(asking, expected=expected)
    refuse_if(policies.why_not_close(row, actor=actor, reason=reason))
    duties.cancel(row.duty, actor=None, reason="逾期未复，已结束征求")
    return _end(row, "close", actor, reason, "coordination.closed")


@transaction.atomic
def take_back(asking: Asking, *, actor: User, reason: str, expected: int) -> Asking:
    """Take an asking back: its answer is not needed any more. Raises ``Refused``."""
    row = lock(asking, expected=expected)
    refuse_if(policies.why_not_take_back(row, actor=actor, reason=reason))
    duties.cancel(row.duty, actor=None, reason="征求意见已收回")
    return _end(row, "take_back", actor, reason, "coordination.taken_back")


@transaction.atomic
def end_all(edition: Edition) -> int:
    """Take back what is still asked about a draft that was dropped; return how many."""
    rows = queries.open_of(edition)
    for found in rows:
        row = lock(found)
        duties.cancel(row.duty, actor=None, reason="这一稿已作废")
        _end(row, "take_back", None, "这一稿已作废", "coordination.taken_back")
    return len(rows)


def _end(row: Asking, verb: str, actor: User | None, says: str, event: str) -> Asking:
    row.state, row.slot = MOVES[verb][1], None
    row.settled, row.ended_at, row.ended_by = says.strip(), clock.now(), actor
    row.save(update_fields=["state", "slot", "settled", "ended_at", "ended_by"])
    _record(event, row, actor)
    return row
