"""The chains that come with the product: who signs what a unit reports or asks for."""

from __future__ import annotations

from gongkai.accounts.api import Role, people_of
from gongkai.approvals import api as approvals
from gongkai.organisation.api import Unit
from gongkai.progress.states import (
    EXTENSION_CHAIN,
    OFFICE_CHAIN,
    OFFICE_EXTENSION_CHAIN,
    REPORT_CHAIN,
)

_HEAD = approvals.Step(approvals.StepKind.SIGN, Role.SECTION_HEAD.value, 1)
_OFFICE = approvals.Step(approvals.StepKind.SIGN, Role.OPENNESS_OFFICE.value, 1, at_body=True)
_THEN_OFFICE = approvals.Step(
    approvals.StepKind.APPROVE, Role.OPENNESS_OFFICE.value, 2, at_body=True
)
WORKERS = (Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE)
CHAINS = {
    REPORT_CHAIN: ("任务完成签认", [_HEAD]),
    OFFICE_CHAIN: ("任务完成签认（无科室负责人账号）", [_OFFICE]),
    EXTENSION_CHAIN: ("任务延期审批", [_HEAD, _THEN_OFFICE]),
    OFFICE_EXTENSION_CHAIN: ("任务延期审批（无科室负责人账号）", [_OFFICE]),
}


def offer_chains() -> None:
    """Let the openness office of each body set these chains for its sections (ADR 0100)."""
    for code, (name, _) in CHAINS.items():
        at_sections = code in (REPORT_CHAIN, EXTENSION_CHAIN)
        approvals.offer_chain(code, name=name, senders=WORKERS, at_sections=at_sections)


def define_chains_if_missing() -> None:
    """Define each chain where the installation has none; an office may define a longer one."""
    for code, (name, steps) in CHAINS.items():
        if approvals.chain_in_force(code) is None:
            approvals.define_chain(actor=None, code=code, name=name, steps=steps)


def chain_for(unit: Unit, with_head: str, without: str) -> str:
    """Return the unit's chain: its head signs, or the office where it has none (ADR 0100)."""
    return with_head if people_of(unit, [Role.SECTION_HEAD]) else without
