"""What a person fills in to sign, send back or hand on; no law here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.approvals.states import StepKind

Choices = Iterable[tuple[Any, str]]


class SignForm(forms.Form):
    """An opinion beside the signature; the digest is the version that the person saw."""

    comment = forms.CharField(
        label="意见",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="可不填。",
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReturnForm(forms.Form):
    """Why a version is sent back."""

    reason = forms.CharField(
        label="退回原因",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明哪里要改，送签人会看到。",
        error_messages={"required": "退回要写明原因。"},
    )
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


class HandOnForm(forms.Form):
    """Who is asked to sign instead."""

    person = forms.TypedChoiceField(label="转给", coerce=int, choices=())

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "请选择"), *people]  # type: ignore[attr-defined]  # a choice field


KEPT = "countersign_kept"
SENDER = "sender"
"""Chosen in place of a unit: whichever section sends."""
KINDS = [
    (StepKind.SIGN.value, StepKind.SIGN.label),
    (StepKind.COUNTERSIGN.value, StepKind.COUNTERSIGN.label),
    (KEPT, "会签（内容改动后仍有效）"),
    (StepKind.CLEAR_SECRECY.value, StepKind.CLEAR_SECRECY.label),
    (StepKind.APPROVE.value, StepKind.APPROVE.label),
]


def _unit(chosen: str) -> int | str:
    return chosen if chosen == SENDER else int(chosen)


class StepForm(forms.Form):
    """A row of a chain: what kind of signature, whose, and beside or after the row before."""

    kind = forms.ChoiceField(label="环节", choices=KINDS)
    role = forms.ChoiceField(label="由谁", choices=())
    unit = forms.TypedChoiceField(
        label="在哪里", coerce=_unit, choices=(), required=False, empty_value=None
    )
    four_eyes = forms.BooleanField(label="须由另一人签", required=False)
    beside = forms.BooleanField(label="与上一步同时", required=False)

    def __init__(
        self,
        *args: Any,
        roles: Choices,
        units: Choices,
        first: bool,
        at_sections: bool,
        **kwargs: Any,
    ) -> None:
        """The first row has none before it; only where sections send can one ask the sender."""
        super().__init__(*args, **kwargs)
        senders = [(SENDER, "送签的科室")] if at_sections else []
        if first:
            del self.fields["beside"]
        self.fields["role"].choices = list(roles)  # type: ignore[attr-defined]  # a choice field
        self.fields["unit"].choices = [("", "本机关"), *senders, *units]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Ask for the unit of a countersignature, and for none of the other kinds."""
        data = super().clean() or {}
        other = data.get("kind") in (StepKind.COUNTERSIGN.value, KEPT)
        named = isinstance(data.get("unit"), int)
        if other and not named:
            self.add_error("unit", "会签要选定单位。")
        elif not other and named:
            self.add_error("unit", "只有会签才选定单位，请另选。")
        return data
