"""What a person fills in to sign, send back or hand on; no law here."""

from __future__ import annotations

from typing import Any

from django import forms


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
