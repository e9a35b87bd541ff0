"""Who leads and who supports, from the words of a cell, bracket or sentence; resolves no names."""

from gongkai.reading.units.brackets import Bracket, find_brackets, split_bracket
from gongkai.reading.units.phrases import UnitPhrase, read_units
from gongkai.reading.units.sentences import find_units

__all__ = ["Bracket", "UnitPhrase", "find_brackets", "find_units", "read_units", "split_bracket"]
