"""Every change to the work on tasks. One verb, one function, one transaction."""

from gongkai.progress.actions.chains import define_chains_if_missing, offer_chains
from gongkai.progress.actions.closing import send_back, strike_off
from gongkai.progress.actions.ledger import key_in_progress, record_progress, set_measures
from gongkai.progress.actions.sending import ask_extension, report, settle

__all__ = [
    "ask_extension",
    "define_chains_if_missing",
    "key_in_progress",
    "offer_chains",
    "record_progress",
    "report",
    "send_back",
    "set_measures",
    "settle",
    "strike_off",
]
