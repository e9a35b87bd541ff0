"""How accounts are wired when Django starts: events, the gates of apps below, sign-in's traces."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig

FACTS = {
    "appointee": "人员",
    "post": "职务",
    "from_on": "开始",
    "until_on": "结束",
    "taker": "受托人",
    "way": "方式",
}


class AccountsConfig(AppConfig):
    """The accounts app."""

    name = "gongkai.accounts"
    label = "accounts"
    verbose_name = "人员账号"

    def ready(self) -> None:
        """Declare events and navigation, answer the gates below, listen to the sign-in."""
        from gongkai.accounts import policies, queries
        from gongkai.accounts.states import EVENTS
        from gongkai.audit import api as audit
        from gongkai.outbox import api as outbox
        from gongkai.ui import context, navigation, words

        audit.declare_events(EVENTS)
        audit.page_gate(policies.audit_paths)
        outbox.page_gate(policies.may_operate)
        words.declare_facts(FACTS)
        navigation.entry(
            "人员", "accounts:people", 80, policies.may_see_people, group=navigation.ADMIN
        )
        navigation.entry(
            "后台任务", "outbox:status", 90, policies.may_operate, group=navigation.ADMIN
        )
        context.byline(lambda request: queries.posts_in_words(queries.user_of(request)))
        _answer_the_organisation()
        _listen()


def _answer_the_organisation() -> None:
    from gongkai.accounts import actions, policies, queries
    from gongkai.organisation import api as organisation

    organisation.set_gate(policies.may_change_unit, policies.structure_paths)
    organisation.show_beside("accounts.people", queries.beside_unit)
    organisation.on_dissolving(actions.end_posts_of)


def _listen() -> None:
    from allauth.account.signals import password_changed
    from allauth.mfa import signals as factors
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
    from django.db.models.signals import post_save

    user_logged_in.connect(_signed_in, dispatch_uid="accounts.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="accounts.signed_out")
    user_login_failed.connect(_failed, dispatch_uid="accounts.failed")
    password_changed.connect(_password_changed, dispatch_uid="accounts.password_changed")
    # The library tells of what is added after the commit; the event belongs into the transaction.
    post_save.connect(_factor_added, sender=Authenticator, dispatch_uid="accounts.factor_added")
    factors.authenticator_removed.connect(_factor_removed, dispatch_uid="accounts.factor_removed")


def _signed_in(user: Any, request: Any = None, **_: Any) -> None:
    from gongkai.accounts import actions
    from gongkai.accounts.single_sign_on import BY, offered

    session = getattr(request, "session", {})
    actions.note_signed_in(user, way=offered() if session.get(BY) else "")


def _signed_out(user: Any, **_: Any) -> None:
    from gongkai.accounts import actions

    if user is not None:
        actions.note_signed_out(user)


def _failed(credentials: dict[str, Any], **_: Any) -> None:
    from gongkai.accounts import actions

    actions.note_sign_in_failed(str(credentials.get("username", "")))


def _password_changed(user: Any, **_: Any) -> None:
    from gongkai.accounts import actions

    actions.note_password_changed(user)


_ADDED = {
    "totp": "second_factor_added",
    "webauthn": "passkey_added",
    "recovery_codes": "recovery_codes_made",
}
_REMOVED = {"totp": "second_factor_removed", "webauthn": "passkey_removed"}


def _factor_added(instance: Any, created: bool, **_: Any) -> None:
    from gongkai.accounts import actions

    if created:
        actions.note_second_factor(instance.user, _ADDED[str(instance.type)])


def _factor_removed(user: Any, authenticator: Any, **_: Any) -> None:
    from gongkai.accounts import actions

    event = _REMOVED.get(str(authenticator.type))
    if event:
        actions.note_second_factor(user, event)
