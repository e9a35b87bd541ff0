"""Every change to items and their editions. One verb, one function, one transaction."""

from gongkai.publications.actions.chains import define_chains_if_missing, offer_chains
from gongkai.publications.actions.checking import ask_check, fail_check, overrule, run_check
from gongkai.publications.actions.columns import enter_column, load_columns
from gongkai.publications.actions.drafting import (
    PURPOSE,
    Draft,
    add_file,
    draft,
    drop,
    facts_of,
    remove_file,
    revise,
    save,
)
from gongkai.publications.actions.numbering import set_grammar
from gongkai.publications.actions.publishing import (
    file,
    publish,
    publish_due,
    schedule,
    unschedule,
)
from gongkai.publications.actions.sending import recall, send, settle
from gongkai.publications.actions.taking import begin
from gongkai.publications.actions.withdrawing import restore, withdraw

__all__ = [
    "PURPOSE",
    "Draft",
    "add_file",
    "ask_check",
    "begin",
    "define_chains_if_missing",
    "draft",
    "drop",
    "enter_column",
    "facts_of",
    "fail_check",
    "file",
    "load_columns",
    "offer_chains",
    "overrule",
    "publish",
    "publish_due",
    "recall",
    "remove_file",
    "restore",
    "revise",
    "run_check",
    "save",
    "schedule",
    "send",
    "set_grammar",
    "settle",
    "unschedule",
    "withdraw",
]
