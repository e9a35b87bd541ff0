"""Roles and what each lets a person see, and the events of accounts, as data."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is at a unit."""

    OFFICER = "officer"
    SECTION_HEAD = "section_head"
    DEPUTY_LEADER = "deputy_leader"
    LEADER = "leader"
    SECRECY_REVIEWER = "secrecy_reviewer"
    OPENNESS_OFFICE = "openness_office"
    AUDITOR = "auditor"
    PLATFORM_ADMIN = "platform_admin"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {
            "officer": "信息员",
            "section_head": "科室负责人",
            "deputy_leader": "分管领导",
            "leader": "主要领导",
            "secrecy_reviewer": "保密审查员",
            "openness_office": "政务公开办",
            "auditor": "审计员",
            "platform_admin": "平台管理员",
        }[self.value]


SEES_WORK = frozenset(Role) - {Role.PLATFORM_ADMIN}
"""The roles that see the work of their unit and all below; the administrator sees accounts only."""

DELEGABLE = frozenset(Role) - {Role.AUDITOR, Role.PLATFORM_ADMIN}
"""The roles that a stand-in may hold for another person."""

EVENTS: dict[str, str] = {
    "accounts.user_created": "开设账号",
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
}
