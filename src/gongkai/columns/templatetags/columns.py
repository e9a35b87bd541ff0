"""Tags of the columns: a line as a light."""

from __future__ import annotations

from django import template

from gongkai.columns.queries import Line
from gongkai.columns.views.overview import sign_of
from gongkai.ui.parts import Sign

register = template.Library()


@register.filter
def standing(line: Line) -> Sign:
    """Show how a column stands."""
    return sign_of(line)
