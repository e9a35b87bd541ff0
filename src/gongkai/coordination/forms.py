"""What a person types when asking, answering or settling; no law, no tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.coordination.states import Answer


def _text(label: str, *, hint: str = "", required: bool = True) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, widget=widget, help_text=hint, required=required, max_length=4000
    )


class AskForm(forms.Form):
    """Whom, what, until when."""

    unit = forms.TypedChoiceField(label="征求哪个单位", coerce=int)
    question = _text("请对方看什么", hint="例如：第三条涉及贵局职责，请核。")
    days = forms.IntegerField(
        label="几个工作日内答复", min_value=1, max_value=30, help_text="从明天起算。"
    )

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the units that may be asked."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "（请选择）"), *units]  # type: ignore[attr-defined]  # a choice field


class AnswerForm(forms.Form):
    """What a unit says."""

    answer = forms.TypedChoiceField(
        label="意见", choices=Answer.pairs(), coerce=Answer, widget=forms.RadioSelect
    )
    says = _text("修改意见、理由", hint="写明哪一条、怎么改、依据是什么。", required=False)


class SettleForm(forms.Form):
    """What became of comments."""

    settled = _text("采纳情况", hint="采纳了哪些；没有采纳的写明理由。")


class ReasonForm(forms.Form):
    """Why an asking is ended."""

    reason = _text("理由")
