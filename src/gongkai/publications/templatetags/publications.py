"""How the text of an edition is put into a page: sanitised once more, then as it is."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from gongkai.richtext import sanitise

register = template.Library()


@register.filter
def shown_text(html: str) -> SafeString:
    """Show stored rich text; it was sanitised when it was kept and is again here."""
    return mark_safe(sanitise(html))  # noqa: S308  # what the sanitiser lets through is safe
