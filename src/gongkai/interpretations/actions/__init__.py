"""Every change to interpretation. One verb, one function, one transaction."""

from gongkai.interpretations.actions.excepting import except_from, follow_publication
from gongkai.interpretations.actions.planning import set_plan
from gongkai.interpretations.actions.safeguarding import PURPOSE, add_safeguard, set_rule
from gongkai.interpretations.actions.writing import interpret, publish_with, unlink, withdraw_with

__all__ = [
    "PURPOSE",
    "add_safeguard",
    "except_from",
    "follow_publication",
    "interpret",
    "publish_with",
    "set_plan",
    "set_rule",
    "unlink",
    "withdraw_with",
]
