"""What the sign-in library does our way: no sign-up, no mail, a page for the lock, sealed keys."""

from __future__ import annotations

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render

from gongkai.accounts import actions, policies, rules
from gongkai.accounts.single_sign_on import BY, offered
from gongkai.kernel import sealed

RATE = "login_failed"
PURPOSE = "accounts.second_factor"
NAME = "公开平台"
"""What the person's telephone calls this place."""


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Accounts are opened, reset and unlocked by the administrator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "登录名或密码不对，请核对大小写后再试。",
        "incorrect_password": "现在的密码不对，请再输入一次。",
        "enter_current_password": "现在的密码不对，请再输入一次。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def clean_password(self, password: str, user: Any = None) -> str:
        """Check a new password by the rules of the settings alone."""
        validate_password(password, user)
        return password

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt; answer with the page that says how long the lock holds."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            minutes = rules.lock_minutes(app_settings.RATE_LIMITS.get(RATE) or "")
            _note_once(str(credentials.get("username", "")), minutes)
            page = render(request, "account/locked.html", {"minutes": minutes}, status=429)
            page["Retry-After"] = str(minutes * 60)
            raise ImmediateHttpResponse(page) from error

    def pre_login(self, request: HttpRequest, user: Any, **way: Any) -> Any:
        """Keep for the session whether the person comes through the office's sign-on."""
        request.session[BY] = BY in (way.get("signal_kwargs") or {})
        return super().pre_login(request, user, **way)

    def logout(self, request: HttpRequest) -> None:
        """Sign out here, and say so where the office's sign-on may still be open."""
        came_through = request.session.get(BY)
        super().logout(request)
        if came_through:
            name = offered() or "单点登录"
            messages.info(request, f"{name}那边可能还登录着。公用电脑上，请在那里也退出。")

    def unlock(self, request: HttpRequest, username: str) -> None:
        """Let somebody whose password was reset sign in at once."""
        self._delete_login_attempts_cached_email(request, username=username)


def _note_once(username: str, minutes: int) -> None:
    """Keep one event for a lock and not one for each attempt: whoever hammers writes nothing."""
    key = f"accounts:locked:{rules.clean_username(username).encode().hex()[:100]}"
    if cache.add(key, 1, timeout=minutes * 60):
        actions.note_locked_out(username)


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Codes from a telephone (TOTP) and codes on paper for when it is lost."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "没有认出来。验证码请看手机上最新的6位数字，核对手机时间后再输一次。",
        "cannot_delete_authenticator": "您的职务必须用动态验证码，不能停用。"
        "要换手机，请找平台管理员解除后重新绑定。",
        "cannot_generate_recovery_codes": "还没有启用动态验证码，不能生成备用码。",
    }

    def get_totp_issuer(self) -> str:
        """Return what the telephone calls this place."""
        return NAME

    def get_totp_label(self, user: Any) -> str:
        """Return whose code it is: the name that the person signs in with."""
        return str(user.username)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """Return what a new passkey is called until the person says otherwise."""
        return "通行密钥"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return what this place is called where the passkey is kept."""
        return {**super().get_public_key_credential_rp_entity(), "name": NAME}

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is kept."""
        return sealed.seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a kept secret."""
        return sealed.unseal(encrypted_text, purpose=PURPOSE)

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Whoever has to have a second factor does not give it up alone."""
        return not policies.needs_second_factor(authenticator.user)
