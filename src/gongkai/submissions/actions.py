"""What is owed upward is set, sent, answered and sent again. One verb, one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell_unit
from gongkai.organisation.api import Unit
from gongkai.submissions import policies, queries, rules
from gongkai.submissions.models import Requirement, Round, Sending
from gongkai.submissions.states import DUTY_KIND, ROUND_MOVES, Kind, Rhythm, Way

PURPOSE = "submissions.file"
"""The purpose under which the gate of files knows what was sent and the receipts."""

Upload: TypeAlias = "UploadedFile[Any]"


@transaction.atomic
def require(
    *,
    body: Unit,
    owner: Unit,
    actor: User,
    kind: Kind,
    name: str,
    recipient: str,
    rhythm: Rhythm,
    asked_on: date,
    basis: str = "",
    lag: int = 0,
    due_on: date | None = None,
) -> Requirement:
    """Enter what a superior asks for; opens its clock, or those of the rest of the year.

    ``due_on`` belongs to what is owed once; ``lag`` are calendar days after the end of a period.
    Raises ``Refused``.
    """
    refuse_if(
        policies.why_not_require(
            body,
            actor=actor,
            owner=owner,
            name=name,
            recipient=recipient,
            rhythm=rhythm,
            lag=lag,
            asked_on=asked_on,
            due_on=due_on,
        )
    )
    year = clock.today().year
    found = Requirement.objects.create(
        body=body,
        owner=owner,
        kind=kind,
        name=name.strip()[:200],
        recipient=recipient.strip()[:200],
        basis=basis.strip()[:300],
        rhythm=rhythm,
        lag=0 if rhythm is Rhythm.ONCE else lag,
        asked_on=asked_on,
        opened_to=year,
        added_at=clock.now(),
        added_by=actor,
    )
    if due_on is not None:
        asked = [rules.Due("", asked_on, due_on)]
    else:  # of the year before what is due in this one, some days after its end
        asked = [*_rounds(found, year - 1), *_rounds(found, year)]
    _open(found, asked, actor)
    record(
        "submissions.required",
        subject=found,
        actor=actor,
        unit=owner,
        recipient=found.recipient,
        rhythm=rules.late_by(rhythm, found.lag),
        times=len(asked),
    )
    tell_unit(
        owner,
        kind="submissions.required",
        subject=subject_key(found),
        sentence=f"新增上报要求：{found.name}，报{found.recipient}。",
        url=reverse("submissions:requirement", args=[found.pk]),
        key=f"submissions.required:{found.pk}",
        but=actor,
    )
    return found


def _rounds(requirement: Requirement, year: int) -> list[rules.Due]:
    """Return the rounds of a year that are not over when it is asked for."""
    cadence = duties.Cadence(duties.Every(requirement.rhythm))
    found = [rules.Due(p.label, p.start, p.due) for p in duties.periods(cadence, year)]
    return rules.with_lag(found, requirement.lag, not_before=requirement.asked_on)


def _open(requirement: Requirement, asked: Sequence[rules.Due], actor: User) -> None:
    made = Round.objects.bulk_create(
        Round(
            requirement=requirement,
            body=requirement.body,
            owner=requirement.owner,
            period=one.period,
            due_on=one.due,
        )
        for one in asked
    )
    orders = [
        duties.Order(
            DUTY_KIND,
            subject_key(round_),
            f"上报{requirement.recipient}：{requirement.name}",
            requirement.owner,
            duties.on_date(one.due),
            clock.morning_of(one.start),
            law=requirement.basis[:200],
            url=reverse("submissions:round", args=[round_.pk]),
            period=one.period,
        )
        for round_, one in zip(made, asked, strict=True)
    ]
    for round_, duty in zip(made, duties.open_many(orders, actor=actor), strict=True):
        round_.duty = duty
    Round.objects.bulk_update(made, ["duty"])


@transaction.atomic
def open_year(requirement: Requirement, *, actor: User, year: int, expected: int) -> Requirement:
    """Open the rounds of the next year. Raises ``Refused``."""
    found = lock(requirement, expected=expected)
    refuse_if(policies.why_not_open_year(found, actor=actor, year=year))
    asked = _rounds(found, year)
    _open(found, asked, actor)
    found.opened_to = year
    found.save(update_fields=["opened_to"])
    record(
        "submissions.rounds_opened",
        subject=found,
        actor=actor,
        unit=found.owner,
        year=year,
        times=len(asked),
    )
    return found


@transaction.atomic
def end_requirement(
    requirement: Requirement, *, actor: User, reason: str, expected: int
) -> Requirement:
    """Say that it is owed no longer: what is not sent yet is dropped. Raises ``Refused``."""
    found = lock(requirement, expected=expected)
    refuse_if(policies.why_not_end(found, actor=actor, reason=reason))
    found.ended_at, found.reason = clock.now(), reason.strip()[:300]
    found.save(update_fields=["ended_at", "reason"])
    origins, target = ROUND_MOVES["drop"]
    for row in found.rounds.filter(state__in=origins).select_related("duty"):
        round_ = lock(row)
        round_.state = target
        round_.save(update_fields=["state"])
        if row.duty is not None and row.duty.closed_at is None:
            duties.cancel(row.duty, actor=None, reason=f"不再要求上报：{found.reason}")
    record(
        "submissions.requirement_ended",
        subject=found,
        actor=actor,
        unit=found.owner,
        reason=found.reason,
    )
    return found


def send(
    round_: Round,
    *,
    actor: User,
    way: Way,
    sent_on: date,
    expected: int,
    uploads: Sequence[Upload] = (),
    note: str = "",
) -> Sending:
    """Enter that it was sent, on which day, by which way, with its files; meets the clock.

    Files are checked and kept before the transaction begins. Raises ``Refused``.
    """
    before = queries.last_sending(round_)
    refuse_if(
        policies.why_not_send(
            round_,
            actor=actor,
            sent_on=sent_on,
            described=bool(uploads or note.strip()),
            returned_on=before.returned_on if before else None,
        )
    )
    stored = [_stored(round_, upload, actor) for upload in uploads]
    with transaction.atomic():
        round_ = lock(round_, expected=expected)
        refuse_if(policies.why_not("send", round_, actor=actor))
        sending = Sending.objects.create(
            round=round_,
            order=round_.sendings.count() + 1,
            way=way,
            sent_on=sent_on,
            note=note.strip(),
            file_ids=[file.pk for file in stored],
            sent_by=actor,
            recorded_at=clock.now(),
        )
        _attach(round_, stored)
        _move(round_, "send", sent_on=sent_on)
        if round_.duty is not None and round_.duty.closed_at is None:
            at = _moment(sent_on, round_.duty)
            duties.meet(round_.duty, actor=None, at=at, evidence=f"{way.label}报出")
        record(
            "submissions.sent",
            subject=round_,
            actor=actor,
            unit=round_.owner,
            way=way.label,
            sent_on=sent_on,
            note=note.strip()[:200],
            files="、".join(file.name for file in stored),
        )
    return sending


def receive(
    round_: Round,
    *,
    actor: User,
    number: str,
    received_on: date,
    expected: int,
    upload: Upload | None = None,
) -> Round:
    """Enter the superior's receipt: its number or word, its day, its file. Raises ``Refused``."""
    sending = queries.last_sending(round_)
    how: dict[str, Any] = {"actor": actor, "on": received_on, "words": number}
    refuse_if(policies.why_not_answer("receive", sending, round_, **how))
    stored = [] if upload is None else [_stored(round_, upload, actor)]
    with transaction.atomic():
        round_ = lock(round_, expected=expected)
        sending = queries.last_sending(round_)
        refuse_if(policies.why_not_answer("receive", sending, round_, **how))
        if sending is not None:
            sending.receipt_number, sending.received_on = number.strip()[:100], received_on
            sending.receipt = stored[0] if stored else None
            sending.save(update_fields=["receipt_number", "received_on", "receipt"])
        _attach(round_, stored)
        _move(round_, "receive")
        record(
            "submissions.received",
            subject=round_,
            actor=actor,
            unit=round_.owner,
            receipt_number=number.strip()[:100],
            received_on=received_on,
        )
    return round_


@transaction.atomic
def return_round(
    round_: Round,
    *,
    actor: User,
    reason: str,
    returned_on: date,
    expected: int,
    again_by: date | None = None,
) -> Round:
    """Enter that the superior sent it back: the clock runs again, until ``again_by`` if given.

    Raises ``Refused``.
    """
    round_ = lock(round_, expected=expected)
    sending = queries.last_sending(round_)
    refuse_if(
        policies.why_not_answer(
            "return", sending, round_, actor=actor, on=returned_on, words=reason
        )
    )
    if sending is not None:
        sending.returned_on, sending.reason = returned_on, reason.strip()
        sending.save(update_fields=["returned_on", "reason"])
    _move(round_, "return", sent_on=None)
    if round_.duty is not None:
        duty = duties.reopen(round_.duty, actor=None, reason=f"上级退回：{reason.strip()}")
        if again_by is not None:
            duties.set_date(duty, actor=None, on=again_by, reason="上级退回时定的重报期限")
    facts: dict[str, Any] = {"again_by": again_by} if again_by else {}
    record(
        "submissions.returned",
        subject=round_,
        actor=actor,
        unit=round_.owner,
        reason=reason.strip()[:200],
        returned_on=returned_on,
        **facts,
    )
    tell_unit(
        round_.owner,
        kind="submissions.returned",
        subject=subject_key(round_),
        sentence=f"{round_}被退回：{reason.strip()}",
        url=reverse("submissions:round", args=[round_.pk]),
        key=f"submissions.returned:{round_.pk}:{round_.version}",
        but=actor,
    )
    return round_


def _move(round_: Round, verb: str, **fields: Any) -> None:
    round_.state = ROUND_MOVES[verb][1]
    for name, value in fields.items():
        setattr(round_, name, value)
    round_.save(update_fields=["state", *fields])


def _stored(round_: Round, upload: Upload, actor: User) -> files.StoredFile:
    name = upload.name or "上报材料"
    return files.store(upload, name=name, actor=actor, unit=round_.owner, purpose=PURPOSE)


def _attach(round_: Round, stored: Sequence[files.StoredFile]) -> None:
    for file in stored:
        files.attach(file, subject_key(round_))


def _moment(day: date, duty: duties.Duty) -> datetime:
    """When it was sent: the end of an earlier day, now for today; not before the clock began."""
    if day >= clock.today():
        return clock.now()
    end = timezone.make_aware(datetime.combine(day, time(23, 59)))
    return max(end, duty.started_at)
