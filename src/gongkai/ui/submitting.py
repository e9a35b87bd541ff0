"""How a form is sent: done and gone on, or shown again with the reasons beside what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.kernel.refusal import Refused
from gongkai.ui.middleware import status_of

Again = Callable[[forms.Form, int], HttpResponse]
"""Shows the page again, with the form as it was sent and the status to answer with."""


class _VersionForm(forms.Form):
    version = forms.IntegerField()


def version_seen(request: HttpRequest) -> int:
    """Return the version that the page showed; 0, which no row has, when it was not sent."""
    form = _VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


def submit(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], str],
    *,
    again: Again,
    done: str = "",
    beside: str | None = None,
) -> HttpResponse:
    """Do ``act`` with what was typed and go where it says; else show the page ``again``.

    ``done`` is said on the next page. Reasons of a refusal stand ``beside`` the named field, above
    the form without one. Answers 422 for what cannot be read, 403 for what is not theirs, 409 for
    what was refused.
    """
    if not form.is_valid():
        return again(form, 422)
    try:
        there = act(form.cleaned_data)
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error(beside, refusal.sentence)
        return again(form, status_of(refused))
    if done:
        messages.success(request, done)
    return redirect(there)
