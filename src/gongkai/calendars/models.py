"""Rows of the calendars: notices with their days, and versions that say which notices hold."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models

from gongkai.calendars.states import Shift


class Notice(models.Model):
    """A year's notice as this office entered it; never changed once made.

    A year entered anew is a new row. ``number`` is empty where it is still to be checked.
    """

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=100, blank=True, default="")
    issued_on = models.DateField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year__gte=1950, year__lte=2200), name="calendars_notice_year"
            )
        ]

    def __str__(self) -> str:
        return self.title


class NoticeDay(models.Model):
    """A day that a notice moves, to a day off or to work, and the holiday it belongs to."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="days")
    on = models.DateField()
    shift = models.CharField(max_length=4, choices=Shift.pairs())
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "on"], name="calendars_day_once_a_notice")
        ]

    def __str__(self) -> str:
        return f"{self.on.isoformat()} {self.get_shift_display()} {self.name}"


class CalendarVersion(models.Model):
    """The calendar as it stood from one moment on; the latest number is in force.

    ``token`` tells it from a version of the same number that was rolled back, for caches.
    """

    number = models.PositiveIntegerField(unique=True)
    token = models.UUIDField(default=uuid4, editable=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"第{self.number}版"


class VersionYear(models.Model):
    """Which notice holds for a year in a version; never changed once made."""

    version = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="years")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "year"], name="calendars_one_notice_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.year}"
