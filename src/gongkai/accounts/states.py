"""Roles, what each lets a person see and lend, and the events of accounts, as data."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class Role(Worded):
    """What a person is at a unit."""

    OFFICER = "officer", "信息员"
    SECTION_HEAD = "section_head", "科室负责人"
    DEPUTY_LEADER = "deputy_leader", "分管领导"
    LEADER = "leader", "主要领导"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查员"
    OPENNESS_OFFICE = "openness_office", "政务公开办"
    AUDITOR = "auditor", "审计员"
    PLATFORM_ADMIN = "platform_admin", "平台管理员"


SEES_WORK = frozenset(Role) - {Role.PLATFORM_ADMIN}
"""The roles that see the work of their unit and all below; the administrator sees accounts only."""

SEES_PEOPLE = frozenset({Role.PLATFORM_ADMIN, Role.AUDITOR})
"""The roles that open the records of people."""

SEES_STRUCTURE = frozenset({Role.PLATFORM_ADMIN, Role.OPENNESS_OFFICE, Role.AUDITOR})
"""The roles that open the records of units."""

CHANGES_STRUCTURE = frozenset({Role.PLATFORM_ADMIN, Role.OPENNESS_OFFICE})
"""The roles that change units, their names and sets."""

DELEGABLE = frozenset(
    {
        Role.OFFICER,
        Role.SECTION_HEAD,
        Role.DEPUTY_LEADER,
        Role.LEADER,
        Role.OPENNESS_OFFICE,
    }
)
"""The roles that a stand-in may hold for another; secrecy, audit and administration are personal
(ADR 0052)."""

EVENTS: dict[str, str] = {
    "accounts.user_created": "开设账号",
    "accounts.user_changed": "更正姓名或邮箱",
    "accounts.user_deactivated": "停用账号",
    "accounts.user_reactivated": "恢复账号",
    "accounts.password_reset": "重置密码",
    "accounts.password_changed": "更改密码",
    "accounts.appointed": "任职",
    "accounts.post_ended": "免职",
    "accounts.delegated": "委托代办",
    "accounts.delegation_ended": "结束委托",
    "accounts.signed_in": "登录",
    "accounts.signed_out": "退出",
    "accounts.sign_in_failed": "登录失败",
    "accounts.locked_out": "登录失败过多，暂时锁定",
    "accounts.second_factor_added": "启用动态验证码",
    "accounts.second_factor_removed": "停用动态验证码",
    "accounts.passkey_added": "添加通行密钥",
    "accounts.passkey_removed": "移除通行密钥",
    "accounts.recovery_codes_made": "生成备用码",
    "accounts.second_factor_reset": "解除登录验证",
    "accounts.sessions_ended": "退出其他登录",
    "accounts.identity_bound": "绑定单点登录",
    "accounts.identity_unbound": "解除单点登录",
}
