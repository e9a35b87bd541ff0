"""How the text of an edition is put into a page: sanitised once more, then as it is."""

from __future__ import annotations

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

from gongkai.richtext.api import sanitise

register = template.Library()
_FILE = re.compile(r"/files/\d+/")


def _is_ours(address: str) -> bool:
    return _FILE.fullmatch(address) is not None


@register.filter
def shown_text(html: str) -> SafeString:
    """Show stored rich text; it was sanitised when it was kept and is again here."""
    return mark_safe(sanitise(html, _is_ours))  # noqa: S308  # what the sanitiser lets through is safe
