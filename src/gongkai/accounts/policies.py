"""Why an account, a post or a delegation may not be changed; answers reasons, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gongkai.accounts import queries
from gongkai.accounts.models import Delegation, Post, User
from gongkai.accounts.states import DELEGABLE, Role
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit

NOT_AN_ADMIN = Refusal("accounts.not_yours", "只有平台管理员可以管理账号，请联系他们。")


def may_administer(actor: Any, unit: Unit | None = None) -> bool:
    """Say whether the person administers accounts (at this unit); the system itself (None) may."""
    if actor is None:
        return True
    held = [h for h in queries.held_by(actor) if h.role is Role.PLATFORM_ADMIN]
    return any(unit is None or unit.path.startswith(h.unit.path) for h in held)


def may_change_unit(actor: Any, unit: Unit | None) -> bool:
    """Say whether the person may change a unit: its administrator or its openness office."""
    if actor is None:
        return True
    if unit is None:
        return False
    return any(unit.path.startswith(path) for path in queries.admin_paths(actor))


def why_not_create(
    username: str, full_name: str, password: str, *, actor: Any
) -> Iterator[Refusal]:
    """Say why an account may not be opened."""
    if not may_administer(actor):
        yield NOT_AN_ADMIN
    if not full_name.strip():
        yield Refusal("accounts.no_name", "请填写姓名。")
    if not username.strip().isascii() or not username.strip().replace(".", "").isalnum():
        yield Refusal("accounts.bad_username", "登录名只能用英文字母、数字和点。")
    elif User.objects.filter(username=username.strip().lower()).exists():
        yield Refusal("accounts.username_taken", "这个登录名已有人用，请换一个。")
    yield from why_not_password(password, User(username=username, full_name=full_name))


def why_not_password(password: str, user: User | None = None) -> Iterator[Refusal]:
    """Say why a password is too weak, by the rules in the settings."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        for sentence in error.messages:
            yield Refusal("accounts.weak_password", sentence)


def why_not_administer(user: User, *, actor: Any) -> Iterator[Refusal]:
    """Say why the person may not change this account."""
    if actor is None:
        return
    if not queries.people_under(actor).filter(pk=user.pk).exists() or not may_administer(actor):
        yield NOT_AN_ADMIN


def why_not_deactivate(user: User, *, actor: Any) -> Iterator[Refusal]:
    """Say why the account may not be deactivated."""
    yield from why_not_administer(user, actor=actor)
    if actor is not None and actor.pk == user.pk:
        yield Refusal("accounts.oneself", "不能停用自己的账号，请由另一位管理员办理。")


def why_not_appoint(user: User, unit: Unit, role: Role, *, actor: Any) -> Iterator[Refusal]:
    """Say why the person may not be given this post."""
    if not may_administer(actor, unit):
        yield NOT_AN_ADMIN
    if not user.is_active:
        yield Refusal("accounts.inactive", "账号已停用，请先恢复。")
    if unit.dissolved_on is not None and unit.dissolved_on <= clock.today():
        yield Refusal("accounts.unit_dissolved", f"“{unit.name}”已撤销，不能任职。")
    if queries.current_posts().filter(user=user, unit=unit, role=role).exists():
        yield Refusal("accounts.has_post", f"{user.full_name}已经是{unit.name}{role.label}。")


def why_not_end_post(post: Post, *, actor: Any) -> Iterator[Refusal]:
    """Say why the post may not be ended."""
    if not may_administer(actor, post.unit):
        yield NOT_AN_ADMIN
    if post.until_on is not None:
        yield Refusal("accounts.post_over", "这个职务已经结束。")


def why_not_delegate(
    *, actor: User, taker: User, from_on: date, until_on: date, reason: str
) -> Iterator[Refusal]:
    """Say why the person may not let another stand in."""
    if not any(h.role in DELEGABLE and h.by is None for h in queries.held_by(actor)):
        yield Refusal("accounts.nothing_to_give", "您没有可以委托的职务。")
    if taker.pk == actor.pk:
        yield Refusal("accounts.oneself", "不能委托给自己。")
    if not taker.is_active:
        yield Refusal("accounts.inactive", "受托人的账号已停用，请另选一人。")
    if until_on < from_on:
        yield Refusal("accounts.wrong_span", "结束日期早于开始日期。")
    if until_on < clock.today():
        yield Refusal("accounts.span_over", "这段时间已经过去，请核对日期。")
    if not reason.strip():
        yield Refusal("accounts.no_reason", "请写明委托原因，例如出差、休假。")
    overlapping = Delegation.objects.filter(
        giver=actor, ended_at=None, from_on__lte=until_on, until_on__gte=from_on
    )
    if overlapping.exists():
        yield Refusal("accounts.delegated_already", "这段时间已经委托给别人，请先结束那次委托。")


def why_not_end_delegation(delegation: Delegation, *, actor: Any) -> Iterator[Refusal]:
    """Say why the delegation may not be ended by this person."""
    if actor.pk not in (delegation.giver_id, delegation.taker_id):
        yield Refusal("accounts.not_yours", "只有委托人和受托人可以结束委托。")
    if delegation.ended_at is not None:
        yield Refusal("accounts.delegation_over", "委托已经结束。")
