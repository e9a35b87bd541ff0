"""The form field for a body: the editor where there is script, a plain box where there is none."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy

from gongkai.richtext.addresses import Owns, no_pictures
from gongkai.richtext.clean import from_either
from gongkai.richtext.look import as_typed, missing_alternatives

MAX_CHARACTERS = 2_000_000


class RichTextWidget(forms.Textarea):
    """A plain box that the editor's script takes the place of."""

    template_name = "richtext/widget.html"

    def __init__(self, attrs: dict[str, Any] | None = None, images: str = "") -> None:
        """``images``: address where the draft's pictures are listed (GET) and added (POST)."""
        super().__init__({"rows": 16, **(attrs or {})})
        self.images = images

    def format_value(self, value: Any) -> str:
        """Return what the box shows: text where nothing is lost by it, else the HTML."""
        return as_typed(str(value)) if value else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add where the editor asks for cleaning and for pictures."""
        context = super().get_context(name, value, attrs)
        context["clean"] = reverse_lazy("richtext:clean")
        context["images"] = self.images
        return context


class RichTextField(forms.CharField):
    """A body; what it gives is clean. Set ``owns`` and ``images`` for the draft at hand.

    A form does so in its ``__init__``: ``self.fields["body"].of_draft(owns, images_url)``.
    Pictures without words are allowed while drafting; ``alternatives=True`` asks for them.
    """

    widget = RichTextWidget
    default_error_messages = {
        "too_long": f"正文超过{MAX_CHARACTERS // 10_000}万字符，请分成几件发布，或把附表改为附件。",
        "alternatives": (
            "有%(count)d张图片没有替代文字。请选中图片，按“图片”补写；只是装饰的请勾选。"
        ),
    }

    def __init__(self, *, alternatives: bool = False, **kwargs: Any) -> None:
        """Take the words and pictures that a body may have; see the class."""
        kwargs.setdefault("strip", False)
        super().__init__(**kwargs)
        self.alternatives = alternatives
        self.owns: Owns = no_pictures

    def of_draft(self, owns: Owns, images: str) -> None:
        """Say which pictures are the draft's and where the editor lists and adds them."""
        self.owns = owns
        if isinstance(self.widget, RichTextWidget):
            self.widget.images = images

    def to_python(self, value: Any) -> str:
        """Return the clean body, "" for none. Raises ``ValidationError`` when it is too long."""
        text = super().to_python(value) or ""
        if len(text) > MAX_CHARACTERS:
            raise forms.ValidationError(self.error_messages["too_long"], code="too_long")
        return from_either(text, self.owns)

    def validate(self, value: Any) -> None:
        """Refuse pictures without words where the form asks for them."""
        super().validate(value)
        missing = len(missing_alternatives(value)) if self.alternatives else 0
        if missing:
            raise forms.ValidationError(
                self.error_messages["alternatives"],
                code="alternatives",
                params={"count": missing},
            )

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Tell whether the body differs; how it was typed does not count."""
        if self.disabled:
            return False
        return from_either(str(data or ""), self.owns) != (initial or "")
