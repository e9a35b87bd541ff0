"""Sends a person who has to change the password or set up a second factor to where it is done."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gongkai.accounts import policies, queries


class PasswordChangeMiddleware:
    """Lets a person with a password to change do nothing before that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or send the person to change the password."""
        if request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        if not getattr(request.user, "must_change_password", False):
            return self.get_response(request)
        there = reverse("account_change_password")
        if request.path in (there, reverse("account_logout")):
            return self.get_response(request)
        return _sent(request, there)


class SecondFactorMiddleware:
    """Lets a person whose posts ask for a second factor do nothing before there is one."""

    ON_THE_WAY = (
        "mfa_activate_totp",
        "account_reauthenticate",
        "account_change_password",
        "account_logout",
    )

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, or send the person to set up the second factor."""
        if not settings.SECOND_FACTOR_ROLES or request.path.startswith(settings.STATIC_URL):
            return self.get_response(request)
        user = request.user
        if not user.is_authenticated or request.path in map(reverse, self.ON_THE_WAY):
            return self.get_response(request)
        if not policies.needs_second_factor(user) or queries.has_second_factor(user):
            return self.get_response(request)
        return _sent(request, reverse("mfa_activate_totp"))


def _sent(request: HttpRequest, there: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": there})
    return redirect(there)
