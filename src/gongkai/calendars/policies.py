"""Who may change the calendar, and what a notice must be like; reasons as values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.accounts.api import Role, User, roles_of
from gongkai.calendars.models import Notice
from gongkai.calendars.rules import Entry, NoticeHead, wrong_entries
from gongkai.kernel.refusal import Refusal

EDITORS = frozenset({Role.OPENNESS_OFFICE, Role.PLATFORM_ADMIN})
"""Whose work the calendar is: it is one for the whole platform."""


def may_change(user: User) -> bool:
    """Say whether the user may enter notices."""
    return bool(roles_of(user) & EDITORS)


def why_not_edit(actor: User) -> Iterator[Refusal]:
    """Yield why the actor may not enter notices at all."""
    if not may_change(actor):
        yield Refusal(
            "calendars.not_yours", "工作日历由政务公开办或平台管理员录入，请把通知转给他们。"
        )


def why_not_change(*, actor: User, notice: NoticeHead, rows: Sequence[Entry]) -> Iterator[Refusal]:
    """Yield why this notice cannot be entered by this actor."""
    yield from why_not_edit(actor)
    if not notice.title.strip():
        yield Refusal("calendars.no_title", "请写通知的标题。")
    if not 1950 <= notice.year <= 2200:
        yield Refusal("calendars.bad_year", "年份要在1950至2200之间。")
        return
    if not rows:
        yield Refusal("calendars.no_days", "一天也没有录入。请照通知逐条写上放假和上班的日子。")
    for position, sentence in wrong_entries(notice.year, rows):
        yield Refusal("calendars.bad_day", f"第{position + 1}行：{sentence}")


def why_not_over(number: int, expected: int | None) -> Iterator[Refusal]:
    """Yield that somebody entered another version since the page was made."""
    if expected is not None and expected != number:
        yield Refusal("kernel.stale", "别人刚刚改过日历。请看清改动后再提交。")


def why_not_same(
    notice: NoticeHead, rows: Sequence[Entry], before: Notice | None
) -> Iterator[Refusal]:
    """Yield that the notice is entered already, word for word."""
    if before is None:
        return
    head = NoticeHead(before.year, before.title, before.number, before.issued_on)
    days = {(d.on, d.shift, d.name) for d in before.days.all()}
    if head == notice and days == {(e.on, e.shift.value, e.name) for e in rows}:
        yield Refusal("calendars.nothing_new", "与现在的安排完全一样，没有新增版本。")
