"""What a person filled in, or why it cannot be taken; shared by the views that only take a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import Form
from django.http import HttpRequest, QueryDict

from gongkai.kernel.refusal import Refusal, Refused


def data_of(form: Form, why_not: Iterable[Refusal]) -> dict[str, Any]:
    """Return the cleaned data of a form.

    Raises ``Refused`` with ``why_not`` and each field's error when it was not filled in right:
    who may not do it at all is told so first, and nobody's click ends in silence.
    """
    if form.is_valid():
        return form.cleaned_data
    raise Refused(*why_not, *_errors(form))


def sent_of(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, be it nothing at all; None while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def _errors(form: Form) -> Iterator[Refusal]:
    for name, sentences in form.errors.items():
        label = form.fields[name].label if name in form.fields else None
        for sentence in sentences:
            text = f"{label}：{sentence}" if label else str(sentence)
            yield Refusal("programme.not_filled", text)
