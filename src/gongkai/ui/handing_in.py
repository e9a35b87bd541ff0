"""How a document is handed in: a file or pasted text, for one of the bodies a person works for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from gongkai.kernel.refusal import Refusal, Refused


class Body(Protocol):
    """A body as the choice needs it."""

    pk: Any
    name: Any


B = TypeVar("B", bound=Body)


class HandInForm(forms.Form):
    """A file, or text that was pasted, with a title if wanted, and for which of several bodies.

    A form of an app names its things: the words below are its own.
    """

    body_label: ClassVar[str]
    file_hint: ClassVar[str]
    pasted_hint: ClassVar[str]
    title_hint: ClassVar[str]
    pasted_name: ClassVar[str]
    """What pasted text is called as a file."""

    body = forms.ChoiceField(widget=forms.RadioSelect)
    file = forms.FileField(
        label="文件",
        required=False,
        allow_empty_file=True,  # the gate of files says what to do about it
    )
    pasted = forms.CharField(
        label="或粘贴正文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    title = forms.CharField(label="标题", required=False, max_length=300)

    def __init__(self, *args: Any, bodies: Sequence[Body], **kwargs: Any) -> None:
        """Ask for the body only of who works for several."""
        super().__init__(*args, **kwargs)
        hints = {"file": self.file_hint, "pasted": self.pasted_hint, "title": self.title_hint}
        for name, hint in hints.items():
            self.fields[name].help_text = hint
        if len(bodies) < 2:
            del self.fields["body"]
            return
        asked = self.fields["body"]
        asked.label = self.body_label
        asked.error_messages["required"] = f"请选定{self.body_label}。"
        asked.choices = [(str(body.pk), body.name) for body in bodies]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of the ways to hand in."""
        data = super().clean() or {}
        if sum(map(bool, self.ways(data))) != 1:
            raise forms.ValidationError(self.one_of())
        return data

    def ways(self, data: dict[str, Any]) -> list[object]:
        """Return what was given in each of the ways there are."""
        return [data.get("file"), (data.get("pasted") or "").strip()]

    def one_of(self) -> str:
        """Say that one way has to be chosen."""
        return "请选一个文件，或粘贴正文，二者取一。"

    def content(self) -> tuple[UploadedFile[Any] | bytes, str]:
        """Return what was handed in and what it is called."""
        upload = self.cleaned_data["file"]
        if upload:
            return upload, upload.name
        return self.cleaned_data["pasted"].encode(), self.pasted_name


def body_of(request: HttpRequest, bodies: Sequence[B], refusal: Refusal) -> B:
    """Return the body that was chosen, the only one where there is no choice.

    Raises ``Refused`` for one that is not among them, whatever else was sent.
    """
    asked = request.POST.get("body", "")
    offered = [body for body in bodies if asked in ("", str(body.pk))]
    if not offered:
        raise Refused(refusal)
    return offered[0]


def chosen_body(request: HttpRequest, bodies: Sequence[B], nobody: Refusal) -> B:
    """Return the body that a page is for: as it was sent, else as its address says, else the first.

    Raises ``Refused`` with ``nobody`` for a person who works for none.
    """
    if not bodies:
        raise Refused(nobody)
    if request.method == "POST":
        return body_of(request, bodies, nobody)
    asked = request.GET.get("body", "")
    return next((body for body in bodies if str(body.pk) == asked), bodies[0])
