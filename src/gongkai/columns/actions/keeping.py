"""How a column is kept: taken over, added, set, ended, changes told of, pairs. One verb each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.columns import policies, queries
from gongkai.columns.actions.freshness import fit_clock
from gongkai.columns.models import Alteration, Pair, Upkeep
from gongkai.columns.rules import in_words
from gongkai.columns.states import FIELD_ROOT, FIELDS, TOGETHER, Rhythm
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit
from gongkai.publications import api as publications
from gongkai.publications.api import Column

KEPT_ALREADY = Refusal("columns.kept", "这个栏目已经在办，请直接改它的设定。")


@dataclass(frozen=True)
class How:
    """How a column is kept: its name, by whom, how often, on what ground."""

    name: str
    owner: Unit
    rhythm: Rhythm
    amount: int = 0
    person: User | None = None
    ground: str = ""


def load_fields() -> list[Column]:
    """Enter the field columns that are missing in the catalogue; renamed ones stay."""
    root = publications.enter_column(
        code=FIELD_ROOT.code, name=FIELD_ROOT.name, article=FIELD_ROOT.ground, order=5
    )
    return [
        publications.enter_column(
            code=one.code, name=one.name, parent=root, article=one.ground, order=n
        )
        for n, one in enumerate(FIELDS)
    ]


@transaction.atomic
def take_over(body: Unit, *, actor: User, owner: Unit) -> list[Upkeep]:
    """Let a body keep all field columns that it does not yet, with the usual rhythms (B11).

    ``owner`` answers for each until the office names another. Raises ``Refused``.
    """
    refuse_if(policies.why_not_office(body, actor=actor))
    columns = load_fields()
    kept = set(Upkeep.objects.filter(body=body).values_list("column_id", flat=True))
    made = [
        _begin(body, column, How(one.name, owner, one.rhythm, one.amount, None, one.ground), actor)
        for one, column in zip(FIELDS, columns, strict=True)
        if column.pk not in kept
    ]
    _pair_usual(body, actor)
    record("columns.taken_over", subject=body, actor=actor, unit=body, columns=len(made))
    return made


def _pair_usual(body: Unit, actor: User) -> None:
    by_code = {row.column.code: row for row in queries.upkeeps_of(body)}
    for first, second in TOGETHER:
        if first in by_code and second in by_code:
            Pair.objects.get_or_create(
                first=by_code[first],
                second=by_code[second],
                defaults={"set_at": clock.now(), "set_by": actor},
            )


def _begin(body: Unit, column: Column, how: How, actor: User) -> Upkeep:
    now = clock.now()
    upkeep = Upkeep(
        body=body, column=column, begun_at=now, set_at=now, set_by=actor, **_fields(how)
    )
    upkeep.updated_at = queries.last_update(upkeep)
    upkeep.save()
    fit_clock(upkeep, met_at=None, why="")
    return upkeep


def _fields(how: How) -> dict[str, object]:
    return {
        "name": how.name.strip()[:100],
        "owner": how.owner,
        "person": how.person,
        "rhythm": how.rhythm,
        "amount": how.amount if how.rhythm.counts else 0,
        "ground": how.ground.strip()[:100],
    }


@transaction.atomic
def keep_column(body: Unit, *, actor: User, column: Column | None, how: How) -> Upkeep:
    """Let a body keep a column of the catalogue, or with None one of its own.

    Raises ``Refused``.
    """
    refuse_if(_why_not(body, how, actor))
    if column is None:
        column = _own(body, how)
    try:
        with transaction.atomic():
            upkeep = _begin(body, column, how, actor)
    except IntegrityError:
        raise Refused(KEPT_ALREADY) from None
    _say("columns.added", upkeep, actor)
    return upkeep


def _own(body: Unit, how: How) -> Column:
    """Enter a column of the body's own in the catalogue, under the field columns."""
    root = publications.enter_column(
        code=FIELD_ROOT.code, name=FIELD_ROOT.name, article=FIELD_ROOT.ground, order=5
    )
    n = Upkeep.objects.filter(body=body).count() + 1
    return publications.enter_column(
        code=f"field.own.{body.pk}.{n}",
        name=how.name.strip(),
        parent=root,
        article=how.ground.strip(),
        order=len(FIELDS) + n,
    )


def _why_not(body: Unit, how: How, actor: User) -> list[Refusal]:
    return list(
        policies.why_not_set(
            body,
            actor=actor,
            name=how.name,
            owner=how.owner,
            rhythm=how.rhythm,
            amount=how.amount,
        )
    )


@transaction.atomic
def set_upkeep(upkeep: Upkeep, *, actor: User, how: How, expected: int) -> Upkeep:
    """Change name, owner, rhythm or ground of a column; its clock follows. Raises ``Refused``."""
    upkeep = lock(upkeep, expected=expected)
    refuse_if(_why_not(upkeep.body, how, actor))
    for name, value in _fields(how).items():
        setattr(upkeep, name, value)
    upkeep.set_at, upkeep.set_by = clock.now(), actor
    upkeep.save()
    fit_clock(upkeep, met_at=None, why="更新周期已改，按新的周期计时")
    _say("columns.set", upkeep, actor)
    return upkeep


def _say(event: str, upkeep: Upkeep, actor: User) -> None:
    duty = upkeep.duty
    record(
        event,
        subject=upkeep,
        actor=actor,
        unit=upkeep.owner,
        column=upkeep.name,
        owner=upkeep.owner.name,
        rhythm=in_words(Rhythm(upkeep.rhythm), upkeep.amount),
        due_on=duty.due_on if duty and duty.closed_at is None else None,
    )


@transaction.atomic
def retire(upkeep: Upkeep, *, actor: User, reason: str, expected: int) -> Upkeep:
    """End the keeping of a column; all that was stays. Raises ``Refused``."""
    upkeep = lock(upkeep, expected=expected)
    refuse_if(policies.why_not_retire(upkeep, actor=actor, reason=reason))
    upkeep.retired_at, upkeep.retired_why = clock.now(), reason.strip()[:300]
    upkeep.save(update_fields=["retired_at", "retired_why"])
    fit_clock(upkeep, met_at=None, why="栏目已停办")
    record(
        "columns.retired",
        subject=upkeep,
        actor=actor,
        unit=upkeep.owner,
        column=upkeep.name,
        reason=reason.strip()[:200],
    )
    return upkeep


@transaction.atomic
def resume(upkeep: Upkeep, *, actor: User, expected: int) -> Upkeep:
    """Take a column up again; it is kept from now. Raises ``Refused``."""
    upkeep = lock(upkeep, expected=expected)
    refuse_if(policies.why_not_resume(upkeep, actor=actor))
    upkeep.retired_at, upkeep.retired_why = None, ""
    upkeep.begun_at = clock.now()
    upkeep.save(update_fields=["retired_at", "retired_why", "begun_at"])
    fit_clock(upkeep, met_at=None, why="")
    _say("columns.resumed", upkeep, actor)
    return upkeep


@transaction.atomic
def tell_change(
    upkeep: Upkeep, *, actor: User, what: str, expected: int, changed_on: date | None = None
) -> Alteration:
    """Say that something changed of which the column has to tell; the clock runs from that day.

    ``changed_on`` is today by default. What came out since answers it at once. Raises ``Refused``.
    """
    upkeep = lock(upkeep, expected=expected)
    refuse_if(policies.why_not_tell(upkeep, actor=actor, what=what, changed_on=changed_on))
    day = changed_on or clock.today()
    after = [at for at in queries.update_times(upkeep) if clock.day_of(at) >= day]
    change = Alteration.objects.create(
        upkeep=upkeep,
        changed_on=day,
        what=what.strip()[:300],
        told_at=clock.now(),
        told_by=actor,
        answered_at=min(after, default=None),
    )
    fit_clock(upkeep, met_at=None, why="有更早的变动，从那天起计时")
    record(
        "columns.changed",
        subject=upkeep,
        actor=actor,
        unit=upkeep.owner,
        column=upkeep.name,
        changed_on=day,
        reason=change.what[:200],
    )
    return change


@transaction.atomic
def pair(first: Upkeep, second: Upkeep, *, actor: User) -> Pair:
    """Bind two columns to come out together: one without the other is incomplete.

    Raises ``Refused``.
    """
    refuse_if(policies.why_not_pair(first, second, actor=actor))
    found = Pair.objects.filter(first=first, second=second).first()
    found = Pair(first=first, second=second) if found is None else lock(found)
    found.set_at, found.set_by, found.ended_at = clock.now(), actor, None
    found.save()
    _say_pair("columns.paired", found, actor)
    return found


@transaction.atomic
def unpair(pair: Pair, *, actor: User, expected: int) -> Pair:
    """End that two columns come out together. Raises ``Refused``."""
    pair = lock(pair, expected=expected)
    refuse_if(policies.why_not_unpair(pair, actor=actor))
    pair.ended_at = clock.now()
    pair.save(update_fields=["ended_at"])
    _say_pair("columns.unpaired", pair, actor)
    return pair


def _say_pair(event: str, pair: Pair, actor: User) -> None:
    record(
        event,
        subject=pair.first,
        actor=actor,
        unit=pair.first.owner,
        column=pair.first.name,
        with_column=pair.second.name,
    )
