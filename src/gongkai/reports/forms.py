"""What people type about reports, as values; no law, no tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django import forms

from gongkai.organisation.api import Unit


class Offered(Protocol):
    """A received document as the form needs it."""

    pk: Any
    title: Any
    body: Any


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
    document = forms.TypedChoiceField(
        label="或选已收到的公文", required=False, coerce=int, empty_value=None
    )
    title = forms.CharField(
        label="标题", required=False, max_length=300, help_text="不填则用报告里的标题。"
    )

    def __init__(
        self, *args: Any, bodies: Sequence[Unit], documents: Sequence[Offered] = (), **kwargs: Any
    ) -> None:
        """Ask for the body only of who works for several, offer documents where there are any."""
        super().__init__(*args, **kwargs)
        self.bodies_of = {one.pk: one.body for one in documents}
        if documents:
            named = [(str(one.pk), one.title) for one in documents]
            self.fields["document"].choices = [("", "不选"), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["document"]
        if len(bodies) > 1:
            offered = [(str(body.pk), body.name) for body in bodies]
            self.fields["body"].choices = offered  # type: ignore[attr-defined]  # a choice field
            self.fields["body"].error_messages["required"] = "请选定报告单位。"
        else:
            del self.fields["body"]

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of file, text and document, and for the document's own body."""
        data = super().clean() or {}
        pasted = (data.get("pasted") or "").strip()
        given = [part for part in (data.get("file"), pasted, data.get("document")) if part]
        if len(given) != 1:
            choice = "选一个文件、粘贴正文，或者选一份已收到的公文"
            without = "选一个文件，或者粘贴正文"
            asked = choice if "document" in self.fields else without
            raise forms.ValidationError(f"请{asked}，只能用一种。")
        owner = self.bodies_of.get(data.get("document") or 0)
        if owner and data.get("body", str(owner.pk)) != str(owner.pk):
            self.add_error("body", f"选的公文属于{owner.name}，请选定这个单位。")
        return data


class ReasonForm(forms.Form):
    """Why a figure that does not agree may stand."""

    reason = forms.CharField(
        label="核实情况", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
