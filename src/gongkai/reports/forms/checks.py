"""What people type to have a report checked, as values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django import forms

from gongkai.organisation.api import Unit
from gongkai.ui.handing_in import HandInForm


class Offered(Protocol):
    """A received document as the form needs it."""

    pk: Any
    title: Any
    body: Any


class ReceiveForm(HandInForm):
    """A report to check: a file, text that was pasted, or a document received before."""

    body_label = "报告单位"
    file_hint = "可用 .docx、.xlsx、.pdf、.txt，不超过20兆。"
    pasted_hint = "网页上的报告，复制正文粘贴到这里。"
    title_hint = "不填则用报告里的标题。"
    pasted_name = "粘贴的报告.txt"

    document = forms.TypedChoiceField(
        label="或选已收到的公文", required=False, coerce=int, empty_value=None
    )
    field_order = ("body", "file", "pasted", "document", "title")

    def __init__(
        self, *args: Any, bodies: Sequence[Unit], documents: Sequence[Offered] = (), **kwargs: Any
    ) -> None:
        """Offer documents where there are any."""
        super().__init__(*args, bodies=bodies, **kwargs)
        self.bodies_of = {one.pk: one.body for one in documents}
        if documents:
            named = [(str(one.pk), one.title) for one in documents]
            self.fields["document"].choices = [("", "不选"), *named]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["document"]

    def ways(self, data: dict[str, Any]) -> list[object]:
        """Return what was given in each of the ways there are."""
        return [*super().ways(data), data.get("document")]

    def one_of(self) -> str:
        """Say that one way has to be chosen."""
        if "document" not in self.fields:
            return super().one_of()
        return "请选一个文件、粘贴正文，或者选一份已收到的公文，只能用一种。"

    def clean(self) -> dict[str, Any]:
        """Ask for the document's own body."""
        data = super().clean()
        owner = self.bodies_of.get(data.get("document") or 0)
        if owner and data.get("body", str(owner.pk)) != str(owner.pk):
            self.add_error("body", f"选的公文属于{owner.name}，请选定这个单位。")
        return data


class ReasonForm(forms.Form):
    """Why a figure that does not agree may stand."""

    reason = forms.CharField(
        label="核实情况", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
