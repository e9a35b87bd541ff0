"""What a person types about catalogues and practice; no law, no tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.standards.states import FIELDS

OTHER = "other"
Choices = Sequence[tuple[int, str]]


class ReadForm(forms.Form):
    """A field and its table."""

    field = forms.ChoiceField(
        label="领域", choices=[("", "请选定"), *((x, x) for x in FIELDS), (OTHER, "其他领域")]
    )
    other = forms.CharField(
        label="其他领域的名称", required=False, max_length=60, help_text="上面选“其他领域”时填写。"
    )
    file = forms.FileField(
        label="目录文件",
        allow_empty_file=True,
        help_text="国家规定的列，.xlsx或.csv，不超过10兆。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    title = forms.CharField(
        label="名称", required=False, max_length=200, help_text="不填则用文件名。"
    )

    def clean(self) -> dict[str, Any]:
        """Take the typed name where another field is meant."""
        data = super().clean() or {}
        if data.get("field") == OTHER:
            if not data.get("other", "").strip():
                self.add_error("other", "请写明是哪个领域。")
            data["field"] = data.get("other", "").strip()
        return data


class AssignForm(forms.Form):
    """Which items go to which units."""

    items = forms.TypedMultipleChoiceField(coerce=int, required=False)
    units = forms.TypedMultipleChoiceField(
        label="分配给",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个单位。"},
    )

    def __init__(self, *args: Any, offered: Sequence[int], units: Choices, **kwargs: Any) -> None:
        """Offer the items and units."""
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [(pk, str(pk)) for pk in offered]  # type: ignore[attr-defined]  # a choice field
        self.fields["units"].choices = list(units)  # type: ignore[attr-defined]  # a choice field


class EvidenceForm(forms.Form):
    """Where a matter was made public, and by which of its units."""

    unit = forms.TypedChoiceField(label="单位", coerce=int)
    note = forms.CharField(
        label="公开情况",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="公开了什么、在哪个渠道。",
    )
    link = forms.URLField(label="网址", required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        """Offer the units that answer for the item."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]  # a choice field


class PracticeForm(forms.Form):
    """Good practice of a unit."""

    unit = forms.TypedChoiceField(label="单位", coerce=int)
    title = forms.CharField(label="题目", max_length=200)
    field = forms.ChoiceField(
        label="领域", required=False, choices=[("", "不限"), *((x, x) for x in FIELDS)]
    )
    text = forms.CharField(
        label="做法和效果", max_length=5_000, widget=forms.Textarea(attrs={"rows": 8})
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        """Offer the units for which the person writes."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = list(units)  # type: ignore[attr-defined]  # a choice field
