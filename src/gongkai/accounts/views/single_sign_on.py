"""Signing in through the office's sign-on, and binding an account to it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts import actions, policies, queries
from gongkai.accounts import single_sign_on as sign_on
from gongkai.accounts.queries import user_of
from gongkai.kernel.refusal import Refused
from gongkai.ui.parts import Crumb

if TYPE_CHECKING:
    from gongkai.accounts.models import User

log = logging.getLogger(__name__)


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the office's sign-on."""
    if request.method == "GET" or not sign_on.offered():
        return redirect("account_login")
    return _leave(request, purpose="sign_in", next=_next(request))


@require_http_methods(["GET", "POST"])
def bind(request: HttpRequest) -> HttpResponse:
    """Say what binding does, after the password once more; then send the person there."""
    if not sign_on.offered():
        raise Http404
    answer: HttpResponse = _bind_after_password(request)
    return answer


def _bind_page(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    if request.method == "POST":
        return _leave(request, purpose="bind", user=user.pk)
    name = sign_on.offered()
    crumbs = [Crumb("我的账号", reverse("accounts:me")), Crumb(name)]
    context = {"name": name, "crumbs": crumbs, "identity": queries.identity_of(user)}
    return render(request, "accounts/identity.html", context)


_bind_after_password = reauthentication_required(app="allauth.mfa")(_bind_page)


@require_POST
def unbind(request: HttpRequest) -> HttpResponse:
    """End one's own binding."""
    user = user_of(request)
    actions.unbind_identity(user, actor=user)
    messages.success(request, "已解除，以后用登录名和密码登录。")
    return redirect("accounts:me")


@login_not_required
@never_cache
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Take somebody back from the sign-on, and do what they had set out for."""
    if not sign_on.offered():
        return redirect("account_login")
    try:  # nothing is asked of the sign-on for whoever did not set out from here
        proof = sign_on.come_back(request)
    except sign_on.Cancelled as error:
        log.info("the sign-on sent somebody back without a proof: %s", error)
        messages.info(request, f"没有通过{sign_on.offered()}登录。可以再试一次，或用登录名和密码。")
        return redirect("account_login")
    except sign_on.NotProved as error:
        log.warning("what the sign-on sent back proves nothing: %s", error)
        return _failed(request, "not_proved", 400)
    except sign_on.Unreachable as error:
        log.warning("the sign-on is not reached: %s", error)
        return _failed(request, "unreachable", 502)
    if proof.asked.get("purpose") == "bind":
        return _bind(request, proof)
    return _sign_in(request, proof)


def _bind(request: HttpRequest, proof: sign_on.Proof) -> HttpResponse:
    if not request.user.is_authenticated or request.user.pk != proof.asked.get("user"):
        return _failed(request, "not_proved", 400)
    try:
        actions.bind_identity(user_of(request), trace=proof.trace)
    except Refused as refused:
        for refusal in refused.refusals:
            messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"已绑定。下次登录可以直接点“{sign_on.offered()}”。")
    return redirect("accounts:me")


def _sign_in(request: HttpRequest, proof: sign_on.Proof) -> HttpResponse:
    user = queries.person_behind(proof.trace) or _named(proof)
    if user is None:
        return _failed(request, "unknown", 403)
    if request.user.is_authenticated:
        logout(request)
    there = proof.asked.get("next") or "/"
    answer: HttpResponse = perform_login(
        request, user, redirect_url=there, signal_kwargs={sign_on.BY: True}
    )
    return answer


def _named(proof: sign_on.Proof) -> User | None:
    """Return the person whom the sign-on names, bound from now on, where the office trusts it."""
    user = queries.person_named(proof.login_name) if proof.login_name else None
    if user is None or any(policies.why_not_bind(user, proof.trace)):
        return None
    actions.bind_identity(user, trace=proof.trace, by_name=True)
    return user


def _leave(request: HttpRequest, **asked: Any) -> HttpResponse:
    # As often as the sign-in page allows one address; a whole office may share one.
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="login")
    if limited is not None:
        return limited
    there = reverse("accounts:sign_on_back")
    base = settings.BASE_URL.rstrip("/")
    back = base + there if base else request.build_absolute_uri(there)
    try:
        return sign_on.leave(request, back, **asked)
    except sign_on.Unreachable as error:
        log.warning("the sign-on is not reached: %s", error)
        return _failed(request, "unreachable", 502)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    fits = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if fits else ""


def _failed(request: HttpRequest, why: str, status: int) -> HttpResponse:
    context = {"why": why, "name": sign_on.offered()}
    return render(request, "accounts/sign_on_failed.html", context, status=status)
