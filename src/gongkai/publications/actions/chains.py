"""The chains that come with the product: who signs which kind of item, and in what order."""

from __future__ import annotations

from gongkai.accounts.api import Role
from gongkai.approvals import api as approvals
from gongkai.publications.policies import DRAFTERS
from gongkai.publications.states import (
    AFTERWARDS_CHAIN,
    CHAINS,
    EMERGENCY_CHAIN,
    Kind,
    without_head,
)

_KIND = approvals.StepKind
_HEAD = approvals.Step(_KIND.SIGN, Role.SECTION_HEAD.value, 1)
_OFFICE = approvals.Step(_KIND.SIGN, Role.OPENNESS_OFFICE.value, 1, at_body=True)


def _secrecy(turn: int) -> approvals.Step:
    return approvals.Step(
        _KIND.CLEAR_SECRECY, Role.SECRECY_REVIEWER.value, turn, at_body=True, four_eyes=True
    )


def _at_body(kind: approvals.StepKind, role: Role, turn: int) -> approvals.Step:
    return approvals.Step(kind, role.value, turn, at_body=True, four_eyes=True)


_WITH_HEAD = {
    CHAINS[Kind.DOCUMENT]: (
        "公文公开审签",
        [
            _HEAD,
            _secrecy(2),
            _at_body(_KIND.SIGN, Role.DEPUTY_LEADER, 3),
            _at_body(_KIND.APPROVE, Role.LEADER, 4),
        ],
    ),
    CHAINS[Kind.ANNOUNCEMENT]: (
        "公告和政务信息审签",
        [_HEAD, _secrecy(2), _at_body(_KIND.APPROVE, Role.DEPUTY_LEADER, 3)],
    ),
    CHAINS[Kind.NEWS]: ("工作动态审签", [_HEAD, _secrecy(2)]),
}
COMING = {
    **_WITH_HEAD,
    **{
        without_head(code): (f"{name}（无科室负责人账号）", [_OFFICE, *steps[1:]])
        for code, (name, steps) in _WITH_HEAD.items()
    },
    CHAINS[Kind.REPOST]: ("转发上级信息审签", [_secrecy(1)]),
    EMERGENCY_CHAIN: ("紧急发布审签", [_secrecy(1)]),
    AFTERWARDS_CHAIN: ("紧急发布补批", [_at_body(_KIND.APPROVE, Role.LEADER, 1)]),
}
"""In every chain by which something comes out stands the secrecy review (条例 第十七条)."""


def offer_chains() -> None:
    """Let the openness office of each body set these chains; none may drop the secrecy review."""
    for code, (name, _) in COMING.items():
        comes_out = code != AFTERWARDS_CHAIN
        approvals.offer_chain(
            code,
            name=name,
            senders=DRAFTERS,
            at_sections=True,
            needs=(_KIND.CLEAR_SECRECY,) if comes_out else (),
        )


def define_chains_if_missing() -> None:
    """Define each chain where the installation has none."""
    for code, (name, steps) in COMING.items():
        if approvals.chain_in_force(code) is None:
            approvals.define_chain(actor=None, code=code, name=name, steps=steps)
