"""What a person types when working a task."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms

from gongkai.kernel import clock
from gongkai.progress.rules import Step, steps_in


class UnitForm(forms.Form):
    """For which unit's part, over which version that the page showed."""

    unit = forms.IntegerField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget)


def _text(label: str, *, required: bool = True, rows: int = 3, hint: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, widget=widget, help_text=hint)


class EntryForm(UnitForm):
    """How far the part is."""

    progress = _text("进展情况")
    problems = _text("存在问题", required=False, rows=2)
    next_steps = _text("下一步打算", required=False, rows=2)
    on = _day("截至哪一天")


class MeasuresForm(UnitForm):
    """The measures and their steps; ``ledger`` is the version of the ledger, 0 for none."""

    ledger = forms.IntegerField(widget=forms.HiddenInput)
    measures = _text("工作措施")
    steps = _text(
        "步骤",
        required=False,
        hint="一行一步：做什么｜谁负责｜哪天前（写成2026-06-30），后两项可以不写。",
    )
    answers = forms.CharField(label="责任人", required=False, max_length=200)
    supervised = forms.CharField(label="督导方式", required=False, max_length=300)

    def clean_steps(self) -> list[Step]:
        """Read the steps, one a line."""
        try:
            return steps_in(self.cleaned_data["steps"])
        except ValueError as line:
            raise forms.ValidationError(f"“{line}”里的日期看不懂，请写成2026-06-30。") from None


class _Timed(UnitForm):
    duty = forms.TypedChoiceField(label="哪个时限", coerce=int, empty_value=None)

    def __init__(self, *args: object, duties: Sequence[tuple[int, str]], **kwargs: object) -> None:
        """Offer the running clocks of the part; without any the whole part is meant."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as the form takes them
        field = self.fields["duty"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(duties)
        if not duties:
            field.required = False
            field.widget = forms.HiddenInput()
        elif len(duties) == 1:
            field.initial = duties[0][0]


class ReportForm(_Timed):
    """What was done and when."""

    text = _text("完成了什么")
    done_on = _day("哪一天完成")


class ExtensionForm(_Timed):
    """Until when and why."""

    until = _day("延到哪一天")
    reason = _text("延期原因")


class StrikeOffForm(forms.Form):
    """The openness office's word at the end."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = _text("核实情况", required=False, rows=2)


class SendBackForm(forms.Form):
    """Why a signed part goes back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = _text("退回原因", rows=2)


def today() -> str:
    """Today as a date field takes it."""
    return clock.today().isoformat()
