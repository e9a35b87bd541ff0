"""What people type about records; each kind has its own fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django import forms

from gongkai.records.actions import Written
from gongkai.records.rules import SHAPES, Field, people_in
from gongkai.records.states import Kind


class Offered(Protocol):
    """A unit or a task as a form needs it."""

    pk: Any


class RecordForm(forms.Form):
    """A record of a kind: whose, what, when, what its kind says, who stands in it."""

    unit = forms.ChoiceField(label="单位（科室）")
    title = forms.CharField(label="名称", max_length=300)
    held_on = forms.DateField(widget=forms.DateInput())

    def __init__(self, *args: Any, kind: Kind, units: Sequence[Any] = (), **kwargs: Any) -> None:
        """Ask for what this kind says; ``units`` empty where it is settled whose it is."""
        super().__init__(*args, **kwargs)
        self.kind, shape = kind, SHAPES[kind]
        if len(units) > 1:
            self.fields["unit"].choices = [(str(one.pk), one.name) for one in units]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["unit"]
        self.fields["title"].help_text = shape.title_hint
        self.fields["held_on"].label = shape.day
        for field in shape.fields:
            self.fields[field.name] = _asked(field)
        if shape.review:
            self.fields["review_on"] = forms.DateField(
                label=shape.review,
                required=False,
                widget=forms.DateInput(),
                help_text="填了就列入时限，到期提醒。",
            )
        if shape.people:
            self.fields["people"] = forms.CharField(
                label=shape.people,
                required=False,
                max_length=20_000,
                help_text="一行一人：姓名｜单位｜职务｜组内职务，后三项可以不填。可从表格里复制粘贴。",
                widget=forms.Textarea(attrs={"rows": 6}),
            )

    def clean_people(self) -> list[Any]:
        """Read the people, one a line."""
        try:
            return list(people_in(self.cleaned_data["people"]))
        except ValueError as why:
            raise forms.ValidationError(str(why)) from why

    def said(self) -> Written:
        """Return what was typed."""
        data = self.cleaned_data
        return Written(
            title=data["title"],
            held_on=data["held_on"],
            facts={field.name: data.get(field.name) for field in SHAPES[self.kind].fields},
            people=data.get("people") or (),
            review_on=data.get("review_on"),
        )


def _asked(field: Field) -> forms.Field:
    if field.number:
        return forms.IntegerField(
            label=field.label,
            required=field.required,
            min_value=field.least,
            max_value=field.most,
            help_text=field.hint,
        )
    return forms.CharField(
        label=field.label,
        required=field.required,
        max_length=4000 if field.long else 300,
        help_text=field.hint,
        widget=forms.Textarea(attrs={"rows": 4}) if field.long else forms.TextInput(),
    )


class WithdrawForm(forms.Form):
    """Why a record does not hold."""

    reason = forms.CharField(
        label="撤回原因", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class MaterialForm(forms.Form):
    """A file of a record."""

    file = forms.FileField(label="材料", help_text="通知、签到表、照片、课件等，不超过20兆。")


class LinkForm(forms.Form):
    """The task that a record proves."""

    task = forms.TypedChoiceField(label="任务", coerce=int)

    def __init__(self, *args: Any, tasks: Sequence[Any], **kwargs: Any) -> None:
        """Offer these tasks."""
        super().__init__(*args, **kwargs)
        self.fields["task"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.pk, f"{one.programme.year} 第{one.row}项 {one.text[:40]}") for one in tasks
        ]


class UnlinkForm(forms.Form):
    """The task that a record does not prove after all, and why."""

    proof = forms.TypedChoiceField(label="从哪项任务取下", coerce=int)
    reason = forms.CharField(
        label="取下原因", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, proofs: Sequence[Any], **kwargs: Any) -> None:
        """Offer the tasks that it proves now."""
        super().__init__(*args, **{"auto_id": "unlink-%s", **kwargs})
        self.fields["proof"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.pk, f"第{one.evidence.task.row}项 {one.evidence.task.text[:40]}") for one in proofs
        ]


class YearForm(forms.Form):
    """For which body the records of which year are listed; the page's button says it."""

    body = forms.IntegerField()
    year = forms.IntegerField(min_value=2000, max_value=2100)


class DayForm(forms.Form):
    """The day on which a group is asked for."""

    on = forms.DateField(label="哪一天", widget=forms.DateInput())
