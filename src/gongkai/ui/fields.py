"""How a form field is joined to its label, help and errors; no form is declared here."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, widgets

_CHECKS = (widgets.CheckboxInput,)
_GROUPS = (widgets.RadioSelect, widgets.CheckboxSelectMultiple)


def context_of(bound: BoundField) -> dict[str, Any]:
    """Return what the field's template shows, with the widget's attributes for screen readers."""
    widget = bound.field.widget
    _as_date(widget)
    help_id, error_id = f"{bound.auto_id}_help", f"{bound.auto_id}_error"
    described = [i for i, on in ((help_id, bound.help_text), (error_id, bound.errors)) if on]
    attrs: dict[str, Any] = {}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "widget": bound.as_widget(attrs=attrs),
        "help_id": help_id,
        "error_id": error_id,
        "check": isinstance(widget, _CHECKS) and not isinstance(widget, _GROUPS),
        "group": isinstance(widget, _GROUPS),
        "optional": not bound.field.required,
    }


def _as_date(widget: widgets.Widget) -> None:
    """Let the browser's own calendar pick days; it speaks ISO only."""
    if isinstance(widget, widgets.DateInput):
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"
