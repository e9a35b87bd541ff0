"""What a person types about submissions upward; no law, no tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.submissions.rules import MOST_LAG
from gongkai.submissions.states import Kind, Rhythm, Way


def _day(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(), help_text=hint)


def _text(label: str, *, required: bool = True, hint: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, required=required, widget=widget, help_text=hint)


class RequireForm(forms.Form):
    """What is owed to whom, how often, by when, by which unit."""

    name = forms.CharField(label="报什么", max_length=200)
    kind = forms.TypedChoiceField(label="材料类别", choices=Kind.pairs(), coerce=Kind)
    recipient = forms.CharField(label="报给谁", max_length=200)
    owner = forms.TypedChoiceField(label="由谁报", coerce=int)
    rhythm = forms.TypedChoiceField(label="多久一次", choices=Rhythm.pairs(), coerce=Rhythm)
    due_on = _day("期限", required=False, hint="只报一次的填这里。")
    lag = forms.IntegerField(
        label="期满后几天内",
        required=False,
        min_value=0,
        max_value=MOST_LAG,
        help_text="按月、季、半年、年报的填这里：期满后的自然日数，不填为期满当天。",
    )
    asked_on = _day("要求下达的日期")
    basis = forms.CharField(
        label="依据", required=False, max_length=300, help_text="哪份文件、哪一条。"
    )

    def __init__(self, *args: Any, owners: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the units of the body."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = list(owners)  # type: ignore[attr-defined]  # a choice field


class _SeveralInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _SeveralFiles(forms.FileField):
    """A field for any number of files; returns a list."""

    widget = _SeveralInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Clean each file that was given."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(_SeveralFiles, self).clean(one, initial) for one in given if one]


class SendForm(forms.Form):
    """On which day, by which way, with which files."""

    sent_on = _day("报出日期")
    way = forms.TypedChoiceField(label="方式", choices=Way.pairs(), coerce=Way)
    uploads = _SeveralFiles(
        label="报出的文件",
        required=False,
        allow_empty_file=True,
        help_text="可以选几个，每个不超过20兆。",
    )
    note = _text("说明", required=False, hint="没有文件时写明报了什么。")


class ReceiveForm(forms.Form):
    """The receipt."""

    number = forms.CharField(label="回执编号或说明", max_length=100)
    received_on = _day("回执日期")
    upload = forms.FileField(label="回执文件", required=False, allow_empty_file=True)


class ReturnForm(forms.Form):
    """Why the superior sent it back."""

    reason = _text("退回原因")
    returned_on = _day("退回日期")
    again_by = _day("重报期限", required=False, hint="上级另定了期限的填写。")


class EndForm(forms.Form):
    """Why it is owed no longer."""

    reason = _text("不再报的原因")
