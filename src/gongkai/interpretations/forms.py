"""What a person types about an interpretation; no law, no tables."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.interpretations.states import Form, Missing, Safeguard, Stage
from gongkai.publications.api import Kind


def _text(label: str, *, rows: int = 3, hint: str = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, help_text=hint)


class PlanForm(forms.Form):
    """Outline, forms, channels, when and by whom."""

    outline = _text(
        "解读提纲", rows=5, hint="为什么制定、主要内容、对谁有什么影响、与旧政策有什么不同。"
    )
    ways = forms.TypedMultipleChoiceField(
        label="解读形式", choices=Form.pairs(), coerce=Form, widget=forms.CheckboxSelectMultiple
    )
    channels = forms.CharField(
        label="发布渠道", max_length=300, help_text="例如：门户网站、公众号、新闻发布会。"
    )
    planned_on = forms.DateField(
        label="解读日期",
        required=False,
        widget=forms.DateInput(),
        help_text="留空即与文件同日发布。",
    )
    interpreter = forms.CharField(label="解读人", max_length=100)
    is_head = forms.BooleanField(label="由机关主要负责人解读", required=False)
    sensitive = forms.BooleanField(
        label="可能引起社会关注",
        required=False,
        help_text="选了的，发布前要有风险评估和应急预案。",
    )


class InterpretForm(forms.Form):
    """In which form and when a policy is interpreted, by whom."""

    form = forms.TypedChoiceField(label="形式", choices=Form.pairs(), coerce=Form)
    stage = forms.TypedChoiceField(
        label="阶段", choices=Stage.pairs(), coerce=Stage, initial=Stage.WITH
    )
    interpreter = forms.CharField(label="解读人", max_length=100)
    is_head = forms.BooleanField(label="由机关主要负责人解读", required=False)
    title = forms.CharField(
        label="标题", required=False, max_length=300, help_text="不填就用“《文件名》政策解读”。"
    )


class ExceptForm(forms.Form):
    """What a leader lets a policy go on without, and why."""

    missing = forms.TypedChoiceField(label="例外事项", choices=Missing.pairs(), coerce=Missing)
    reason = _text("批准理由")


class SafeguardForm(forms.Form):
    """A risk assessment or a contingency plan."""

    safeguard = forms.TypedChoiceField(label="种类", choices=Safeguard.pairs(), coerce=Safeguard)
    conclusion = _text("结论", hint="风险等级和应对，或预案要点。")
    done_on = forms.DateField(label="完成日期", widget=forms.DateInput())
    upload = forms.FileField(
        label="文件", required=False, allow_empty_file=True, help_text="内部留存，不公开。"
    )


class ReasonForm(forms.Form):
    """Why."""

    reason = _text("原因")


class RuleForm(forms.Form):
    """For which kinds an office wants both before they come out."""

    kinds = forms.TypedMultipleChoiceField(
        label="哪些类型发布前要有风险评估和应急预案",
        choices=[pair for pair in Kind.pairs() if pair[0] != Kind.INTERPRETATION],
        coerce=Kind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_kinds(self) -> list[Any]:
        """Return the kinds."""
        return list(self.cleaned_data["kinds"])
