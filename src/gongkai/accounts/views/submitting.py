"""How a form is sent: the action's refusals come back beside what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongkai.accounts.forms import VersionForm
from gongkai.kernel.refusal import Refused

Again = Callable[[Form, int], HttpResponse]


def version_seen(request: HttpRequest) -> int:
    """Return the version that the page showed; 0, which no row has, when it was not sent."""
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


def submit(
    request: HttpRequest,
    form: Form,
    act: Callable[[dict[str, Any]], str],
    *,
    done: str,
    again: Again,
) -> HttpResponse:
    """Do ``act`` with what was typed and go where it says; else show the page ``again``.

    422 for what cannot be read, 403 for what is not theirs, 409 for what was refused.
    """
    if not form.is_valid():
        return again(form, 422)
    try:
        there = act(form.cleaned_data)
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error(None, refusal.sentence)
        return again(form, 403 if "accounts.not_yours" in refused.codes else 409)
    messages.success(request, done)
    return redirect(there)
