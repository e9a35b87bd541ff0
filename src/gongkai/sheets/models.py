"""Fill-in sheets and their rows; rows and constraints, no decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from gongkai.kernel.rows import Versioned
from gongkai.sheets.states import RowState, SheetState


class Sheet(Versioned):
    """The open tasks of a unit as they stood when the sheet was made, out to be filled in."""

    body = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SheetState.pairs(), default=SheetState.SENT)
    live = models.CharField(max_length=60, null=True, unique=True)  # unique or none
    """Body and unit while it is out, so that a unit has one at a time; None after."""
    note = models.TextField(blank=True)
    """What the office asks for beside the columns."""
    size = models.PositiveIntegerField()
    """How many rows it has."""
    duty = models.ForeignKey("duties.Duty", models.PROTECT, null=True, related_name="+")
    """The clock by which it is due back."""
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    """What came back, as it came."""
    returned_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    """Why it was withdrawn."""

    class Meta:
        indexes = [
            models.Index(fields=["body", "-sent_at", "-id"], name="sheets_body_sent"),
            models.Index(fields=["unit", "-sent_at", "-id"], name="sheets_unit_sent"),
            models.Index(fields=["body", "state", "-sent_at", "-id"], name="sheets_body_state"),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name}填报表（第{self.pk}号）"


class Row(models.Model):
    """A task in a sheet: what was shown, and what the unit wrote."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="rows")
    order = models.PositiveIntegerField()
    task = models.ForeignKey("programme.Task", models.PROTECT, related_name="+")
    text = models.TextField()
    due = models.CharField(max_length=100, blank=True)
    now = models.TextField(blank=True)
    """The progress as it was shown."""
    seen = models.ForeignKey("progress.Entry", models.PROTECT, null=True, related_name="+")
    """The newest entry when the sheet was made; a newer one means that somebody wrote since."""
    state = models.CharField(max_length=8, choices=RowState.pairs(), default=RowState.OPEN)
    progress = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    done = models.BooleanField(default=False)
    """The unit says that its part is done; the report of it still goes its way."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "order"], name="sheets_row_order"),
            models.UniqueConstraint(fields=["sheet", "task"], name="sheets_row_task"),
        ]
        indexes = [models.Index(fields=["task", "-id"], name="sheets_row_of_task")]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.order}"
