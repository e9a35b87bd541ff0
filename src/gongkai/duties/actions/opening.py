"""Opens duties: one, or one for each period of a cadence."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.duties import policies
from gongkai.duties.actions.counting import together
from gongkai.duties.actions.reflecting import add_fact, reflect
from gongkai.duties.models import FAR, Duty
from gongkai.duties.rules import Cadence, Limit, on_date, periods
from gongkai.duties.states import FactKind, Light, LimitKind, State
from gongkai.kernel.refusal import refuse_if
from gongkai.organisation.api import Unit


@transaction.atomic
def open_duty(
    *,
    kind: str,
    subject: str,
    title: str,
    owner: Unit,
    limit: Limit,
    started_at: datetime,
    actor: User | None,
    person: User | None = None,
    law: str = "",
    history_until: date | None = None,
    url: str = "",
    period: str = "",
) -> Duty:
    """Start a clock: something the owner has to do within a limit from a moment.

    ``started_at`` is day 0 (the day something was received or happened). ``history_until`` binds
    it as history: no reminders, the light of the end of that day. Raises ``Refused``.
    """
    refuse_if(
        policies.why_not_open(actor=actor, owner=owner, title=title, history_until=history_until)
    )
    waits = limit.kind is LimitKind.WAITING
    duty = Duty.objects.create(
        kind=kind,
        subject=subject,
        title=title.strip()[:300],
        owner=owner,
        person=person,
        law=law,
        url=url,
        period=period,
        limit=limit.as_json(),
        state=(State.WAITING if waits else State.OPEN).value,
        started_at=started_at,
        order_at=FAR,
        light=Light.GREY.value,
        light_rule="standing",
        history=history_until is not None,
        history_until=history_until,
    )
    add_fact(duty, FactKind.STARTED, at=started_at, actor=actor)
    reflect(duty, before=None)
    record(
        "duties.opened",
        subject=duty,
        actor=actor,
        unit=owner,
        also=[subject],
        title=duty.title,
        limit=limit.words,
        due_on=duty.due_on,
    )
    return duty


def open_cadence(
    *,
    cadence: Cadence,
    year: int,
    kind: str,
    subject: str,
    title: str,
    owner: Unit,
    actor: User | None,
    not_before: date | None = None,
    person: User | None = None,
    law: str = "",
    history_until: date | None = None,
    url: str = "",
) -> list[Duty]:
    """Open a duty for each period of a year that is not due before ``not_before``.

    Each runs from the first day of its period to its due day. Raises ``Refused``.
    """
    with together():
        return [
            open_duty(
                kind=kind,
                subject=subject,
                title=title,
                owner=owner,
                limit=on_date(period.due),
                started_at=_first_moment(period.start),
                actor=actor,
                person=person,
                law=law,
                history_until=history_until,
                url=url,
                period=period.label,
            )
            for period in periods(cadence, year)
            if not_before is None or period.due >= not_before
        ]


def _first_moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
