"""Writing the ledger of a unit's part: its measures and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from gongkai.accounts.api import User
from gongkai.audit.api import Note, record, record_many
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit
from gongkai.programme.api import Task
from gongkai.progress import policies, queries
from gongkai.progress.models import Entry, Ledger
from gongkai.progress.policies import Said
from gongkai.progress.rules import Step

STALE = Refusal("kernel.stale", "别人刚刚填过这份台账。请看清改动后再提交。")


@transaction.atomic
def set_measures(
    task: Task,
    *,
    unit: Unit,
    actor: User,
    measures: str,
    steps: Sequence[Step],
    answers: str,
    supervised: str,
    expected: int,
) -> Ledger:
    """Set the measures of the unit's part; what stood before stays in the audit trail.

    ``expected`` is the version of the ledger that the page showed, 0 before there is one.
    Raises ``Refused``.
    """
    why = policies.why_not_measures(task, actor=actor, unit=unit, measures=measures, steps=steps)
    refuse_if(why)
    ledger = _taken(task, unit, expected)
    ledger.measures = measures.strip()
    ledger.steps = [step.as_json() for step in steps]
    ledger.answers = answers.strip()[:200]
    ledger.supervised = supervised.strip()[:300]
    ledger.set_at, ledger.set_by = clock.now(), actor
    _keep(ledger)
    record(
        "progress.measures_set",
        subject=task,
        actor=actor,
        unit=unit,
        measures=ledger.measures,
        steps="；".join(step.words() for step in steps),
        answers=ledger.answers,
        supervised=ledger.supervised,
    )
    return ledger


def _taken(task: Task, unit: Unit, expected: int) -> Ledger:
    found = queries.ledger_of(task, unit)
    if found is not None:
        return lock(found, expected=expected)
    if expected:
        raise Refused(STALE)
    return Ledger(task=task, unit=unit)


def _keep(ledger: Ledger) -> None:
    """Save; another's first ledger of the same part, set at the same moment, came before."""
    try:
        with transaction.atomic():
            ledger.save()
    except IntegrityError:
        raise Refused(STALE) from None


@transaction.atomic
def record_progress(
    task: Task,
    *,
    unit: Unit,
    actor: User,
    progress: str,
    problems: str = "",
    next_steps: str = "",
    on: date | None = None,
) -> Entry:
    """Record how far the unit's part is on a day, by default today. Raises ``Refused``."""
    day = on or clock.today()
    refuse_if(policies.why_not_entry(task, actor=actor, unit=unit, progress=progress, on=day))
    entry = Entry.objects.create(
        task=task,
        unit=unit,
        on=day,
        progress=progress.strip(),
        problems=problems.strip(),
        next_steps=next_steps.strip(),
        written_at=clock.now(),
        written_by=actor,
    )
    record_many([_recorded(entry)], actor=actor)
    return entry


@transaction.atomic
def key_in_progress(
    said: Sequence[Said], *, unit: Unit, actor: User, on: date | None = None
) -> list[Entry]:
    """Key in what a unit said of its parts in many tasks, in few statements; all or none.

    The unit's own people may, and the openness office of the tasks' body for units whose people
    have no accounts. Raises ``Refused``.
    """
    day = on or clock.today()
    refuse_if(policies.why_not_key_in(said, actor=actor, unit=unit, on=day))
    now = clock.now()
    entries = Entry.objects.bulk_create(
        Entry(
            task=one.task,
            unit=unit,
            on=day,
            progress=one.progress.strip(),
            problems=one.problems.strip(),
            next_steps=one.next_steps.strip(),
            written_at=now,
            written_by=actor,
        )
        for one in said
    )
    record_many([_recorded(entry) for entry in entries], actor=actor)
    return entries


def _recorded(entry: Entry) -> Note:
    facts = {
        "on": entry.on,
        "progress": entry.progress[:200],
        "problems": entry.problems[:200],
        "next_steps": entry.next_steps[:200],
    }
    return Note("progress.progress_recorded", entry.task, entry.unit, facts=facts)
