"""A year's notice typed in: its head, its rows of days, or its text pasted to be read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.calendars.rules import Entry, NoticeHead, Span
from gongkai.calendars.states import Shift

SPARE_ROWS = 6
MOST_ROWS = 80
SHIFTS = [("", "—"), *((s.value, s.label) for s in Shift)]


class NoticeForm(forms.Form):
    """The head of a notice."""

    title = forms.CharField(label="通知标题", max_length=200)
    number = forms.CharField(
        label="文号", max_length=100, required=False, help_text="还没有核实的先空着。"
    )
    issued_on = forms.DateField(label="成文日期", required=False)
    reason = forms.CharField(
        label="说明", max_length=300, required=False, help_text="这次为什么改，例如：按通知录入。"
    )
    expected = forms.IntegerField(widget=forms.HiddenInput)

    def head(self, year: int) -> NoticeHead:
        """Return the notice's head as entered."""
        data = self.cleaned_data
        return NoticeHead(year, data["title"], data["number"], data["issued_on"])


class PasteForm(forms.Form):
    """The text of a notice, to fill the rows from."""

    text = forms.CharField(
        label="粘贴通知正文",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="识别出的日子会填在下面的表里，核对后再保存。",
    )


class RowForm(forms.Form):
    """One row: a day or several in a row that are moved alike. Wholly empty rows are left out."""

    first = forms.DateField(label="从", required=False)
    last = forms.DateField(label="到", required=False)
    shift = forms.ChoiceField(label="安排", choices=SHIFTS, required=False)
    name = forms.CharField(label="节日", max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a row that is begun and not finished, or runs backwards or too long."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors or not any(data.get(k) for k in ("first", "last", "shift", "name")):
            return data
        for field, sentence in (
            ("first", "请填写日期。"),
            ("shift", "请选择放假还是上班。"),
            ("name", "请写是哪个节日。"),
        ):
            if not data.get(field):
                self.add_error(field, sentence)
        first, last = data.get("first"), data.get("last")
        if first and last and not 0 <= (last - first).days <= 20:
            self.add_error("last", "结束要在开始之后，一段不超过20天。")
        return data

    def entries(self) -> list[Entry]:
        """Return the row day by day; nothing for an empty row."""
        data = self.cleaned_data
        if not data.get("first"):
            return []
        span = Span(
            data["first"],
            data.get("last") or data["first"],
            Shift(data["shift"]),
            data["name"].strip(),
        )
        return list(span.entries())


RowFormSet = forms.formset_factory(
    RowForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)


def rows_for(spans: Iterable[Span]) -> Any:
    """Return the rows filled with these spans, and some empty ones below."""
    filled = [
        {
            "first": span.first,
            "last": span.last if span.last != span.first else None,
            "shift": span.shift.value,
            "name": span.name,
        }
        for span in spans
    ]
    return RowFormSet(initial=[*filled, *({} for _ in range(SPARE_ROWS))], prefix="rows")


def entries_of(formset: Any) -> list[Entry]:
    """Return all days of valid rows, in the order entered."""
    return [entry for form in formset for entry in form.entries()]
