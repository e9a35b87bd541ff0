"""The door of the words: what other apps may use."""

from gongkai.wording.actions import add, switch_off
from gongkai.wording.queries import lexicon_for

__all__ = ["add", "lexicon_for", "switch_off"]
