"""What a unit does that is asked: it answers."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.coordination import policies
from gongkai.coordination.models import Asking
from gongkai.coordination.states import ANSWERED_NOTICE, MOVES, Answer
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell_unit


@transaction.atomic
def answer(asking: Asking, *, actor: User, answer: Answer, says: str = "", expected: int) -> Asking:
    """Answer for the unit that is asked; its clock ends. Raises ``Refused``."""
    row = lock(asking, expected=expected)
    refuse_if(policies.why_not_answer(row, actor=actor, answer=answer, says=says))
    row.state, row.slot = MOVES["answer"][1], None
    row.answer, row.says = answer, says.strip()
    row.answered_at, row.answered_by = clock.now(), actor
    row.save(update_fields=["state", "slot", "answer", "says", "answered_at", "answered_by"])
    duties.meet(row.duty, actor=None, at=row.answered_at, evidence="已答复")
    record(
        "coordination.answered",
        subject=row,
        also=[subject_key(row.item)],
        actor=actor,
        unit=row.item.unit,
        of=row.unit.name,
        answer=answer.label,
    )
    tell_unit(
        row.item.unit,
        kind=ANSWERED_NOTICE,
        subject=subject_key(row),
        sentence=f"{row.unit.name}答复了征求意见：{answer.label}。",
        url=reverse("publications:item", args=[row.item_id]) + "#coordination",
        key=f"coordination.answered:{row.pk}",
    )
    return row
