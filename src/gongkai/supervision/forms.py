"""What a person types when chasing, answering and judging."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.supervision.rules import MOST_DAYS


def _text(label: str, *, required: bool = True, rows: int = 3, hint: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, widget=widget, help_text=hint)


def _days(*, required: bool, hint: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label="几个工作日内回复",
        required=required,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=hint,
    )


Choices = Sequence[tuple[int, str]]


class NoticeForm(forms.Form):
    """To which unit, over which tasks, what is asked and within how many working days."""

    unit = forms.TypedChoiceField(label="督办哪个单位", coerce=int)
    others = forms.TypedMultipleChoiceField(
        label="一并督办的任务",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="只列逾期和临近到期的。要与所选单位一致。",
    )
    text = _text("督办要求", rows=5)
    days = _days(required=True, hint="从明天起算，只数工作日。")

    def __init__(self, *args: Any, units: Choices, others: Choices, **kwargs: Any) -> None:
        """Offer the units that have a part, and their other tasks in trouble."""
        super().__init__(*args, **kwargs)
        offer(self, "unit", units)
        offer(self, "others", others)
        if not others:
            del self.fields["others"]


class InstructionForm(forms.Form):
    """To which units, in what words, within what limit if any."""

    units = forms.TypedMultipleChoiceField(
        label="请哪些单位办理", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    text = _text("批示内容", rows=4)
    days = _days(required=False, hint="不写就不限时。从明天起算，只数工作日。")

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        """Offer the units that have a part."""
        super().__init__(*args, **kwargs)
        offer(self, "units", units)
        if len(units) == 1:
            self.initial.setdefault("units", [units[0][0]])


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field of a form its choices; a single one is chosen."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)
        if len(choices) == 1 and not isinstance(field, forms.MultipleChoiceField):
            field.initial = choices[0][0]


class HandDownForm(forms.Form):
    """To which subordinate bodies, with what to add."""

    bodies = forms.TypedMultipleChoiceField(
        label="交办给哪些下级单位", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    note = _text("补充说明", required=False)

    def __init__(self, *args: Any, bodies: Choices, **kwargs: Any) -> None:
        """Offer the subordinate bodies that do not have it yet."""
        super().__init__(*args, **kwargs)
        offer(self, "bodies", bodies)


class SeenForm(forms.Form):
    """Over which version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReplyForm(SeenForm):
    """What was done."""

    text = _text("办理情况", rows=5, hint="做了什么、结果怎样、还差什么。")


class TakeForm(SeenForm):
    """Which unit leads it here, and until when."""

    lead = forms.TypedChoiceField(label="由哪个科室牵头", coerce=int)
    on = forms.DateField(
        label="完成日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="不写就等上级定时间。",
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        """Offer the units of the body."""
        super().__init__(*args, **kwargs)
        offer(self, "lead", units)


class QuestionForm(SeenForm):
    """What is asked back."""

    question = _text("疑问", rows=2, hint="例如：不属于本单位职责，或时间、口径不明。")


class AnswerForm(SeenForm):
    """What the superior answers."""

    answer = _text("答复", rows=2)


class CloseForm(SeenForm):
    """What was found."""

    conclusion = _text("核实情况", required=False, rows=2)


class ReasonForm(SeenForm):
    """Why."""

    reason = _text("原因", rows=2)
