"""The form field for rich text: what comes in is sanitised, plain lines become paragraphs."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.richtext.cleaning import from_typed

MOST = 2_000_000
"""Characters; a longer text belongs into an attachment."""


class RichTextField(forms.CharField):
    """A text that may be pasted with its structure; returns sanitised HTML."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        """Limit the length and give the text room."""
        kwargs.setdefault("max_length", MOST)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 18}))
        super().__init__(strip=False, **kwargs)

    def clean(self, value: Any) -> str:
        """Return sanitised HTML."""
        return from_typed(super().clean(value) or "")
