"""Every change to chains and rounds of signatures. One verb, one function, one transaction."""

from gongkai.approvals.actions.signing import (
    delegate_step,
    return_to_drafter,
    sign,
    sign_own,
    sign_through,
)
from gongkai.approvals.actions.starting import (
    define_chain,
    hide_title,
    reopen_for,
    start_round,
    supersede,
)

__all__ = [
    "define_chain",
    "delegate_step",
    "hide_title",
    "reopen_for",
    "return_to_drafter",
    "sign",
    "sign_own",
    "sign_through",
    "start_round",
    "supersede",
]
