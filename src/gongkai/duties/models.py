"""Rows of the one clock: duties, their ledger of facts, counters, what a calendar moved."""

from __future__ import annotations

from datetime import UTC, datetime

from django.conf import settings
from django.db import models

from gongkai.duties.rules import Ladder
from gongkai.duties.states import (
    CLOSED_STATES,
    LIGHT_RULES,
    OPEN_STATES,
    FactKind,
    Light,
    LightRule,
    State,
)
from gongkai.kernel.rows import Versioned

FAR = datetime(9000, 1, 1, tzinfo=UTC)
"""``order_at`` of what has no due moment: after everything that has one."""


RUNS = models.Q(closed_at=None)
"""What still runs. Asked by this column and not by states, because it has indexes of its own: they
hold what is open, in order, however much was closed in all the years."""


class Duty(Versioned):
    """Something a unit has to do by a moment that its facts and its limit decide.

    ``due_on``, ``due_at``, ``order_at``, ``light``, ``light_rule`` and ``next_change_at`` are
    copies for sorting and finding, written only together by ``actions``.
    """

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    owner = models.ForeignKey(
        "organisation.Unit", models.PROTECT, related_name="duties", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duties",
        db_index=False,
    )
    law = models.CharField(max_length=200, blank=True, default="")
    url = models.CharField(max_length=300, blank=True, default="")
    period = models.CharField(max_length=40, blank=True, default="")
    limit = models.JSONField()
    state = models.CharField(max_length=10, choices=State.pairs())
    started_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    order_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    light = models.CharField(max_length=10, choices=Light.pairs())
    light_rule = models.CharField(max_length=20)
    next_change_at = models.DateTimeField(null=True)
    rung = models.SmallIntegerField(null=True)
    history = models.BooleanField(default=False)
    history_until = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_on = models.DateField(null=True)
    evidence = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["owner", "order_at", "id"], condition=RUNS, name="duties_open_owner"
            ),
            models.Index(fields=["order_at", "id"], condition=RUNS, name="duties_open_order"),
            models.Index(fields=["due_on", "id"], condition=RUNS, name="duties_open_day"),
            models.Index(fields=["person", "state", "order_at", "id"], name="duties_person_order"),
            models.Index(fields=["order_at", "id"], name="duties_order"),
            models.Index(fields=["due_on", "state"], name="duties_due_on"),
            models.Index(fields=["owner", "-closed_on", "-id"], name="duties_owner_closed"),
            models.Index(fields=["owner", "light", "order_at", "id"], name="duties_owner_light"),
            models.Index(
                fields=["light", "order_at", "id"], condition=RUNS, name="duties_open_light"
            ),
            models.Index(fields=["next_change_at", "id"], name="duties_next_change"),
            models.Index(fields=["subject", "kind"], name="duties_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None, state__in=sorted(s.value for s in OPEN_STATES))
                | models.Q(
                    closed_at__isnull=False, state__in=sorted(s.value for s in CLOSED_STATES)
                ),
                name="duties_closed_at_a_moment",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def rule(self) -> LightRule:
        """The rule that set the light."""
        return LIGHT_RULES[self.light_rule]


class Fact(models.Model):
    """One entry of a duty's ledger: added, never edited, never removed.

    ``pause`` ties a resumption to its pause; ``amount`` is an extension in the limit's own unit.
    """

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="facts", db_index=False)
    kind = models.CharField(max_length=10, choices=FactKind.pairs())
    at = models.DateTimeField()
    pause = models.CharField(max_length=60, blank=True, default="")
    amount = models.PositiveSmallIntegerField(null=True)
    on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["duty", "at", "id"], name="duties_fact_order")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class BodyLadder(Versioned):
    """The ladder of reminders that a body has set; without a row it has the ladder of all."""

    body = models.OneToOneField("organisation.Unit", models.PROTECT, related_name="+")
    ladder = models.JSONField()

    def __str__(self) -> str:
        return str(self.body)

    @property
    def value(self) -> Ladder:
        """The ladder to reckon with."""
        return Ladder.from_json(self.ladder)


class Counter(models.Model):
    """How many duties of a unit show a light; moved in the transaction that changes the light."""

    owner = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    light = models.CharField(max_length=10, choices=Light.pairs())
    history = models.BooleanField(default=False)
    n = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "history", "light"], name="duties_one_counter")
        ]

    def __str__(self) -> str:
        return f"{self.owner_id} {self.light} {self.n}"


class Move(models.Model):
    """A due moment that a new version of the calendar moved."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="moves", db_index=False)
    calendar = models.PositiveIntegerField()
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "calendar"], name="duties_moved_once")
        ]
        indexes = [models.Index(fields=["calendar", "id"], name="duties_move_calendar")]

    def __str__(self) -> str:
        return f"{self.from_on} → {self.to_on}"
