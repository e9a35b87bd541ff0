"""What a person types about a normative document; no law, no tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.normative.states import Decision, RelationKind, Validity


class RegisterForm(forms.Form):
    """Registration number, or why none; why the validity has no end."""

    number = forms.CharField(
        label="登记号",
        max_length=60,
        required=False,
        help_text="统一登记后填写，例如QJGS-2026-0008。",
    )
    why_unregistered = forms.CharField(label="不登记的理由", max_length=300, required=False)
    why_unlimited = forms.CharField(
        label="不设有效期的理由",
        max_length=300,
        required=False,
        help_text="有效期截止日在起草页填写；不设的在这里写明理由。",
    )


class RelateForm(forms.Form):
    """Which earlier document, and what is done to it."""

    earlier = forms.TypedChoiceField(label="哪份文件", coerce=int)
    kind = forms.TypedChoiceField(
        label="本文件对它", choices=RelationKind.pairs(), coerce=RelationKind
    )
    note = forms.CharField(
        label="说明", max_length=300, required=False, help_text="例如：修改第三条、第五条。"
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the documents in force."""
        super().__init__(*args, **kwargs)
        self.fields["earlier"].choices = [("", "（请选择）"), *offered]  # type: ignore[attr-defined]  # a choice field


class DecideForm(forms.Form):
    """What becomes of a document before its validity ends."""

    decision = forms.TypedChoiceField(label="评估结果", choices=Decision.pairs(), coerce=Decision)
    reason = forms.CharField(
        label="评估情况和理由", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    until_on = forms.DateField(
        label="新的有效期截止",
        required=False,
        widget=forms.DateInput(),
        help_text="继续有效的填写。",
    )


class CorrectForm(forms.Form):
    """What the validity really is, and by what."""

    validity = forms.TypedChoiceField(label="有效性", choices=Validity.pairs(), coerce=Validity)
    reason = forms.CharField(
        label="依据", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )
