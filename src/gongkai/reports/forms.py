"""What people type about reports, as values; no law, no tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.organisation.api import Unit


class ReceiveForm(forms.Form):
    """A report to check, a file or text that was pasted, and of which of several bodies."""

    body = forms.ChoiceField(label="报告单位", widget=forms.RadioSelect)
    file = forms.FileField(
        label="文件",
        required=False,
        allow_empty_file=True,  # the gate of files says what to do about it
        help_text="可用 .docx、.xlsx、.pdf、.txt，不超过20兆。",
    )
    pasted = forms.CharField(
        label="或粘贴正文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="网页上的报告，复制正文粘贴到这里。",
    )
    title = forms.CharField(
        label="标题", required=False, max_length=300, help_text="不填则用报告里的标题。"
    )

    def __init__(self, *args: Any, bodies: Sequence[Unit], **kwargs: Any) -> None:
        """Ask for the body only of who works for several."""
        super().__init__(*args, **kwargs)
        if len(bodies) > 1:
            offered = [(str(body.pk), body.name) for body in bodies]
            self.fields["body"].choices = offered  # type: ignore[attr-defined]  # a choice field
            self.fields["body"].error_messages["required"] = "请选定报告单位。"
        else:
            del self.fields["body"]

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of file and text."""
        data = super().clean() or {}
        if bool(data.get("file")) == bool((data.get("pasted") or "").strip()):
            raise forms.ValidationError("请选一个文件，或者粘贴正文，二者选一。")
        return data


class ReasonForm(forms.Form):
    """Why a figure that does not agree may stand."""

    reason = forms.CharField(
        label="核实情况", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
