"""Sends a person whose password has to be changed to the page where it is; nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

FREE = ("account_change_password", "account_logout", "account_login")


class PasswordChangeMiddleware:
    """Lets a person with a password to change do nothing before that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or send the person to change the password."""
        if not getattr(request.user, "must_change_password", False):
            return self.get_response(request)
        if request.path.startswith("/static/") or request.path in {reverse(n) for n in FREE}:
            return self.get_response(request)
        messages.warning(request, "请先更改初始密码。")
        return redirect("account_change_password")
