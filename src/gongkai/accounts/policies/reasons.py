"""Why an account, a post or a delegation may not be changed; answers reasons, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from gongkai.accounts import rules
from gongkai.accounts.models import Delegation, Identity, Post, User
from gongkai.accounts.policies import standing
from gongkai.accounts.states import DELEGABLE, SEES_PEOPLE, Role
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit, UnitKind

NOT_AN_ADMIN = Refusal("accounts.not_yours", "只有本机关的平台管理员可以管理账号，请联系他们。")
NOT_A_READER = Refusal(
    "accounts.not_yours", "只有本机关的平台管理员和审计员可以查看账号，请联系他们。"
)

USERNAME_TAKEN = Refusal("accounts.username_taken", "这个登录名已有人用，请换一个。")
FOUNDED = Refusal("accounts.founded", "系统里已经有账号，请由平台管理员在页面上办理。")


def may_operate(actor: Any) -> bool:
    """Say whether the person looks after the running system: a platform administrator."""
    return Role.PLATFORM_ADMIN in standing.roles_of(actor)


def may_administer(actor: Any, unit: Unit | None = None) -> bool:
    """Say whether the person administers accounts (at this unit); the system itself (None) may."""
    if actor is None:
        return True
    paths = standing.account_paths(actor)
    return bool(paths) if unit is None else unit.path.startswith(paths or ("-",))


def may_see_people(actor: Any) -> bool:
    """Say whether the person may open the list of people."""
    return bool(roles_that_see(actor))


def roles_that_see(actor: Any) -> set[Role]:
    """Return the roles by which the person may open the records of people."""
    return standing.roles_of(actor) & SEES_PEOPLE


def may_change_unit(actor: Any, unit: Unit | None) -> bool:
    """Say whether a person may change a unit: its administrator or its openness office.

    The top of the tree (None) is for the system alone.
    """
    paths = standing.admin_paths(actor)
    return unit is not None and bool(paths) and unit.path.startswith(paths)


# -- accounts ----------------------------------------------------------------------------------


def why_not_create(
    username: str, full_name: str, password: str, body: Unit | None, *, actor: Any
) -> Iterator[Refusal]:
    """Say why an account may not be opened for the body."""
    if not may_administer(actor, body) or (actor is not None and body is None):
        yield NOT_AN_ADMIN
    if body is not None and body.kind != UnitKind.BODY:
        yield Refusal("accounts.no_body", "账号要归一个机关管理，请选择机关。")
    yield from _why_not_full_name(full_name)
    name = rules.clean_username(username)
    if not rules.is_username(name):
        yield Refusal("accounts.bad_username", "登录名用2到50个英文字母、数字或点，首尾不能是点。")
    elif User.objects.filter(username=name).exists():
        yield USERNAME_TAKEN
    yield from why_not_password(password, User(username=name, full_name=full_name))


def _why_not_full_name(full_name: str) -> Iterator[Refusal]:
    if not full_name.strip():
        yield Refusal("accounts.no_name", "请填写姓名。")


def why_not_password(password: str, user: User | None = None) -> Iterator[Refusal]:
    """Say why a password is too weak, by the rules in the settings."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        for sentence in error.messages:
            yield Refusal("accounts.weak_password", sentence)


def why_not_administer(user: User, *, actor: Any) -> Iterator[Refusal]:
    """Say why the person may not change this account.

    Whoever resets a password could act as its owner: the administrator has to cover every post
    the owner holds, and the body that looks after the account.
    """
    if actor is None:
        return
    paths = standing.account_paths(actor)
    theirs = [h.unit for h in standing.held_by(user) if h.by is None]
    places = theirs + ([user.body] if user.body else [])
    outside = [unit for unit in places if not (paths and unit.path.startswith(paths))]
    if not places or len(outside) == len(places):
        yield NOT_AN_ADMIN
    elif outside:
        where = outside[0].name
        yield Refusal(
            "accounts.posts_elsewhere",
            f"{user.full_name}还与“{where}”有关，请由上一级的平台管理员办理。",
        )


def why_not_correct(user: User, full_name: str, *, actor: Any) -> Iterator[Refusal]:
    """Say why the name and mail address of the account may not be corrected."""
    yield from why_not_administer(user, actor=actor)
    yield from _why_not_full_name(full_name)


def why_not_deactivate(user: User, *, actor: Any) -> Iterator[Refusal]:
    """Say why the account may not be deactivated."""
    yield from why_not_administer(user, actor=actor)
    if actor is not None and actor.pk == user.pk:
        yield Refusal("accounts.oneself", "不能停用自己的账号，请由另一位管理员办理。")
    if not user.is_active:
        yield Refusal("accounts.inactive", "账号已经停用。")


def why_not_reactivate(user: User, *, actor: Any) -> Iterator[Refusal]:
    """Say why the account may not be used again."""
    yield from why_not_administer(user, actor=actor)
    if user.is_active:
        yield Refusal("accounts.active", "账号本来就在用。")


def why_not_reset(user: User, password: str, *, actor: Any) -> Iterator[Refusal]:
    """Say why the person's password may not be set anew."""
    yield from why_not_administer(user, actor=actor)
    if actor is not None and actor.pk == user.pk:
        yield Refusal("accounts.oneself", "自己的密码请在“更改密码”里改。")
    yield from why_not_password(password, user)


def needs_second_factor(user: Any) -> bool:
    """Say whether one of the person's posts asks for a second factor (a setting)."""
    wanted = set(settings.SECOND_FACTOR_ROLES)
    return bool(wanted) and any(post.role in wanted for post in standing.posts_of(user))


def why_not_reset_second_factor(user: User, *, actor: Any) -> Iterator[Refusal]:
    """Say why the person's second factor may not be taken away."""
    yield from why_not_administer(user, actor=actor)
    if actor is not None and actor.pk == user.pk:
        yield Refusal("accounts.oneself", "自己的动态验证码请在“动态验证码”里停用。")


def why_not_end_sessions(user: User, *, actor: Any) -> Iterator[Refusal]:
    """Say why the person may not be signed out elsewhere."""
    if actor is None or actor.pk != user.pk:
        yield from why_not_administer(user, actor=actor)


def why_not_bind(user: User, trace: str) -> Iterator[Refusal]:
    """Say why an identity of the office's sign-on may not be bound to the person."""
    if not user.is_active:
        yield Refusal("accounts.inactive", "账号已停用，请先恢复。")
    if Identity.objects.filter(user=user, live=True).exists():
        yield Refusal("accounts.bound_already", "这个账号已经绑定了一个身份，请先解除再绑定。")
    if Identity.objects.filter(trace=trace, live=True).exclude(user=user).exists():
        yield Refusal(
            "accounts.bound_elsewhere",
            "这个身份已经绑定了别的账号。如果那是您以前的账号，请在那里解除，或请平台管理员解除。",
        )


def why_not_unbind(user: User, *, actor: Any) -> Iterator[Refusal]:
    """Say why the person's identity may not be unbound: oneself may, and the administrator."""
    if actor is None or actor.pk != user.pk:
        yield from why_not_administer(user, actor=actor)
    if not Identity.objects.filter(user=user, live=True).exists():
        yield Refusal("accounts.not_bound", "这个账号没有绑定单点登录。")


# -- posts -------------------------------------------------------------------------------------


def why_not_appoint(
    user: User, unit: Unit, role: Role, *, actor: Any, from_on: date, until_on: date | None
) -> Iterator[Refusal]:
    """Say why the person may not be given this post."""
    if not may_administer(actor, unit) or not _may_take(user, actor):
        yield NOT_AN_ADMIN
    if not user.is_active:
        yield Refusal("accounts.inactive", "账号已停用，请先恢复。")
    if unit.dissolved_on is not None and unit.dissolved_on <= from_on:
        yield Refusal("accounts.unit_dissolved", f"“{unit.name}”已撤销，不能任职。")
    if until_on is not None and until_on <= from_on:
        yield Refusal("accounts.wrong_span", "结束日期要晚于开始日期，请核对。")
    yield from _why_not_beside(user, unit, role, from_on)


def _may_take(user: User, actor: Any) -> bool:
    """An administrator appoints the people whose accounts are looked after in their bodies."""
    return actor is None or standing.visible_people(actor).filter(pk=user.pk).exists()


def _why_not_beside(user: User, unit: Unit, role: Role, from_on: date) -> Iterator[Refusal]:
    posts = [p for p in standing.all_posts(user) if p.until_on is None or p.until_on > from_on]
    if any(p.unit_id == unit.pk and p.role == role for p in posts):
        yield Refusal("accounts.has_post", f"{user.full_name}已经是{unit.name}{role.label}。")
    near = [Role(p.role) for p in posts if rules.overlap(p.unit.path, unit.path)]
    if rules.stands_apart(role, near):
        yield Refusal(
            "accounts.auditor_apart", "审计员不能在同一机关兼任其他职务，请另选一人或先免职。"
        )


def why_not_end_post(post: Post, *, actor: Any, on: date) -> Iterator[Refusal]:
    """Say why the post may not be ended on the day."""
    if not may_administer(actor, post.unit):
        yield NOT_AN_ADMIN
    if post.until_on is not None and post.until_on <= on:
        yield Refusal("accounts.post_over", "这个职务到那天已经结束。")
    if on < post.from_on:
        yield Refusal("accounts.wrong_span", "免职日期早于任职日期，请核对。")
    if _is_last_admin(post, actor):
        yield Refusal("accounts.last_admin", "这是您自己的管理员职务，请由另一位管理员办理。")


def _is_last_admin(post: Post, actor: Any) -> bool:
    return actor is not None and post.role == Role.PLATFORM_ADMIN and actor.pk == post.user_id


# -- delegations -------------------------------------------------------------------------------


def why_not_delegate(
    *, actor: User, taker: User, from_on: date, until_on: date, reason: str
) -> Iterator[Refusal]:
    """Say why the person may not let another stand in."""
    lent = [h for h in standing.held_by(actor) if h.role in DELEGABLE and h.by is None]
    if not lent:
        yield Refusal(
            "accounts.nothing_to_give",
            "您没有可以委托的职务。保密审查、审计和平台管理要由平台管理员另行任职。",
        )
    if until_on < from_on:
        yield Refusal("accounts.wrong_span", "结束日期早于开始日期，请核对。")
    if from_on < clock.today():
        yield Refusal("accounts.span_past", "委托只能从今天或以后开始，请改开始日期。")
    if not reason.strip():
        yield Refusal("accounts.no_reason", "请写明委托原因，例如出差、休假。")
    yield from _why_not_taker(actor, taker, lent)
    yield from _why_not_in_span(actor, taker, from_on, until_on)


def _why_not_taker(actor: User, taker: User, lent: list[standing.Held]) -> Iterator[Refusal]:
    if taker.pk == actor.pk:
        yield Refusal("accounts.oneself", "不能委托给自己，请另选一人。")
        return
    if not taker.is_active:
        yield Refusal("accounts.inactive", "受托人的账号已停用，请另选一人。")
        return
    theirs = [h for h in standing.held_by(taker) if h.by is None]
    bodies = {h.unit.body_id for h in lent}
    if bodies and not bodies & {h.unit.body_id for h in theirs}:
        yield Refusal("accounts.other_body", "受托人不在本机关任职，请选本机关的同事。")
    if any(h.role in (Role.AUDITOR, Role.PLATFORM_ADMIN) for h in theirs):
        yield Refusal("accounts.taker_apart", "审计员和平台管理员不能代办业务，请另选一人。")


def _why_not_in_span(actor: User, taker: User, from_on: date, until_on: date) -> Iterator[Refusal]:
    """Refuse a second stand-in, and one who is away or stands in while being replaced."""
    every = Delegation.objects.all()
    if standing.meeting(every.filter(giver=actor), from_on, until_on).exists():
        yield Refusal("accounts.delegated_already", "这段时间已经委托过，请先结束那次委托。")
    away = standing.meeting(every.filter(giver=taker), from_on, until_on).exists()
    if away and taker.pk != actor.pk:
        yield Refusal("accounts.taker_away", "受托人这段时间自己也委托了别人，请另选一人。")
    stood_in = standing.meeting(every.filter(taker=actor), from_on, until_on)
    first = stood_in.select_related("giver").first()
    if first is not None:
        yield Refusal(
            "accounts.standing_in",
            f"这段时间您正代{first.giver.full_name}办事，请先结束那次委托。",
        )


def why_not_end_delegation(delegation: Delegation, *, actor: Any) -> Iterator[Refusal]:
    """Say why the delegation may not be ended by this person."""
    if actor.pk not in (delegation.giver_id, delegation.taker_id):
        yield Refusal("accounts.not_yours", "只有委托人和受托人可以结束委托。")
    if delegation.ended_at is not None:
        yield Refusal("accounts.delegation_over", "委托已经结束。")


# -- passwords: what the settings name ---------------------------------------------------------


class CharacterClassesValidator:
    """Asks for several of lower case, upper case, digits and other characters."""

    def __init__(self, classes: int = 3) -> None:
        self.classes = classes

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ``ValidationError`` when the password has too few kinds of characters."""
        if rules.classes_in(password) < self.classes:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return f"密码要包含大写字母、小写字母、数字、符号中的至少{self.classes}种。"


class NotTheSameValidator:
    """Refuses the password that the person has now."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ``ValidationError`` when nothing would change."""
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError("新密码不能与现在的密码相同。", code="password_same")

    def get_help_text(self) -> str:
        """Say what is asked for."""
        return "新密码不能与现在的密码相同。"
