"""The form field for a body: pasted HTML as it comes, or plain lines as paragraphs."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.richtext.clean import from_text

MOST = 2_000_000
"""Characters; a longer text belongs into an attachment."""


class RichTextField(forms.CharField):
    """A body that may be pasted with its structure; whoever keeps it sanitises it."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        """Limit the length and give the text room."""
        kwargs.setdefault("max_length", MOST)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 18}))
        super().__init__(strip=False, **kwargs)

    def clean(self, value: Any) -> str:
        """Return HTML: plain lines have become paragraphs."""
        text = super().clean(value) or ""
        return text if text.lstrip().startswith("<") else from_text(text)
