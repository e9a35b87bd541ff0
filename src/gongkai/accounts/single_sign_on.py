"""Asks the office's sign-on (OpenID Connect) who somebody is, and believes only what is proved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from joserfc.errors import JoseError
from requests import RequestException

from gongkai.accounts.rules import asymmetric, same_issuer
from gongkai.kernel import sealed

SECONDS = 10
"""How long the sign-on may take for one answer; a person waits in front of the page."""


BY = "accounts.by_sign_on"
"""In the session of whoever came through the sign-on; they are still signed in there."""


class Unreachable(Exception):
    """The sign-on does not answer, or not as one."""


class NotProved(Exception):
    """What came back does not prove who it is: forged, expired, or not asked for."""


class Cancelled(Exception):
    """The person did not want to sign in there, or the sign-on would not let them."""


@dataclass(frozen=True)
class Proof:
    """Who somebody is at the sign-on, and what they had set out for.

    ``trace`` recognises the identity; ``login_name`` is what the sign-on says they are called,
    empty unless the office trusts it in this; ``asked`` is what was given to ``leave``.
    """

    trace: str
    login_name: str
    asked: dict[str, Any]


def offered() -> str:
    """Return what the office calls its sign-on; nothing where there is none."""
    return str(settings.OIDC_NAME) if settings.OIDC_ISSUER else ""


def leave(request: HttpRequest, back: str, **asked: Any) -> HttpResponse:
    """Send the person to the sign-on; it sends them ``back``. Raises ``Unreachable``."""
    client = _client()
    try:
        _check_metadata(client)
        way = client.create_authorization_url(back)
    except _FAULTS as error:
        raise Unreachable(str(error)) from error
    client.save_authorize_data(request, redirect_uri=back, asked=asked, **way)
    return HttpResponseRedirect(way["url"])


def come_back(request: HttpRequest) -> Proof:
    """Take what the sign-on sent the person back with, once.

    Raises ``Cancelled``, ``NotProved`` or ``Unreachable``.
    """
    client = _client()
    state = request.GET.get("state", "")
    kept = client.framework.get_state_data(request.session, state)
    if not kept:
        raise NotProved("nobody set out from here with this state, or too long ago")
    if "error" in request.GET:
        client.framework.clear_state_data(request.session, state)
        raise Cancelled(request.GET["error"])
    try:
        _check_metadata(client)
        token = client.authorize_access_token(request)
        claims = dict(token.get("userinfo") or {})
        if not claims.get("sub"):
            raise NotProved("no signed statement of who it is")
        name = _login_name(client, token, claims)
    except RequestException as error:
        raise Unreachable(str(error)) from error
    except (AuthlibBaseError, JoseError, KeyError, RuntimeError, ValueError) as error:
        raise NotProved(str(error)) from error
    trace = sealed.trace(settings.OIDC_ISSUER, str(claims["sub"]), purpose="accounts.identity")
    return Proof(trace, name, dict(kept["asked"]))


_FAULTS = (RequestException, AuthlibBaseError, JoseError, KeyError, RuntimeError, ValueError)


def _client() -> Any:
    return _registered(settings.OIDC_ISSUER, settings.OIDC_CLIENT, settings.OIDC_SECRET)


@lru_cache(maxsize=4)
def _registered(issuer: str, client_id: str, secret: str) -> Any:
    """Return the client, which keeps what the sign-on says of itself until the process ends.

    New signing keys are fetched when a statement names one that is not known.
    """
    return OAuth().register(
        "single_sign_on",
        client_id=client_id,
        client_secret=secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS,
        },
    )


def _check_metadata(client: Any) -> None:
    """Make sure that the sign-on is the one that was set, and that its statements are signed.

    Without this a shared secret, or none at all, could pass for a signature.
    """
    said = client.load_server_metadata()
    if not same_issuer(said.get("issuer", ""), settings.OIDC_ISSUER):
        raise RuntimeError(f"the sign-on calls itself {said.get('issuer')!r}")
    known = said.get("id_token_signing_alg_values_supported") or ["RS256"]
    said["id_token_signing_alg_values_supported"] = asymmetric(known)


def _login_name(client: Any, token: dict[str, Any], claims: dict[str, Any]) -> str:
    claim = settings.OIDC_USERNAME_CLAIM
    if not claim:
        return ""
    if claim not in claims:
        told = client.userinfo(token=token)
        if told.get("sub") != claims["sub"]:
            raise NotProved("the sign-on speaks of somebody else")
        claims = {**told, **claims}
    return str(claims.get(claim, ""))
