"""What a person types about fill-in sheets; no law, no tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms


class BodyForm(forms.Form):
    """For which of several bodies; asked before its units are offered."""

    body = forms.TypedChoiceField(label="下达单位", coerce=int)

    def __init__(self, *args: Any, bodies: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the bodies."""
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(bodies)  # type: ignore[attr-defined]  # a choice field


class SendForm(forms.Form):
    """To which units, due back when, with which word."""

    units = forms.TypedMultipleChoiceField(
        label="发给哪些单位",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text="每个单位一张表，列出它全部在办任务。有表没办完的单位不在这里。",
    )
    due_on = forms.DateField(label="交回期限", widget=forms.DateInput())
    note = forms.CharField(
        label="另外的要求",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写在表头，例如“只填第三季度的情况”。",
    )

    def __init__(self, *args: Any, units: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """Offer the units that have something to fill in."""
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = list(units)  # type: ignore[attr-defined]  # a choice field


class ReturnForm(forms.Form):
    """The file that came back."""

    file = forms.FileField(
        label="交回的表",
        allow_empty_file=True,  # the gate of files says what to do about it
        help_text="单位填好的.xlsx，不超过5兆。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )


class WithdrawForm(forms.Form):
    """Why a sheet is withdrawn."""

    reason = forms.CharField(
        label="收回原因", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class TakeForm(forms.Form):
    """The rows to take, each with the newest entry that the page showed."""

    rows = forms.MultipleChoiceField(label="采用哪几行", required=False)

    def __init__(self, *args: Any, offered: Mapping[str, str], **kwargs: Any) -> None:
        """Take what was offered; another token is one that a later entry made old."""
        super().__init__(*args, **kwargs)
        self.fields["rows"].choices = list(offered.items())  # type: ignore[attr-defined]  # a choice field
        self.fields["rows"].error_messages["invalid_choice"] = (
            "选的行刚刚有了变化，请看清后重新选。"
        )

    def asked(self) -> dict[int, int]:
        """Return row → the entry that was shown."""
        pairs = (token.split(".") for token in self.cleaned_data["rows"])
        return {int(row): int(entry) for row, entry in pairs}
