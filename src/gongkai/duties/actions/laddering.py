"""A body sets when its people are reminded, and who hears. One verb, one short transaction."""

from __future__ import annotations

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.duties import policies
from gongkai.duties.models import BodyLadder
from gongkai.duties.rules import Ladder, hears_words, ladder_words
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit


@transaction.atomic
def set_ladder(body: Unit, *, ladder: Ladder, actor: User, expected: int) -> BodyLadder:
    """Set the ladder of reminders of a body; the worker then looks at its open duties again.

    ``expected`` is the version that the page showed, 0 where nothing was set. Raises ``Refused``.
    """
    refuse_if(policies.why_not_set_ladder(body, ladder, actor=actor))
    row, fresh = BodyLadder.objects.get_or_create(
        body=body, defaults={"ladder": ladder.as_json(), "version": 1}
    )
    if not fresh:
        row = lock(row, expected=expected)
        row.ladder = ladder.as_json()
        row.save(update_fields=["ladder"])
    record(
        "duties.ladder_set",
        subject=body,
        actor=actor,
        unit=body,
        ladder=ladder_words(ladder),
        hears_from=hears_words(ladder),
    )
    return row
