"""Every way in which the standing of a document changes."""

from gongkai.normative.actions.deciding import correct, decide, lapse_due
from gongkai.normative.actions.registering import enter_force, register
from gongkai.normative.actions.relating import relate, take_effect, take_effect_due, unrelate

__all__ = [
    "correct",
    "decide",
    "enter_force",
    "lapse_due",
    "register",
    "relate",
    "take_effect",
    "take_effect_due",
    "unrelate",
]
