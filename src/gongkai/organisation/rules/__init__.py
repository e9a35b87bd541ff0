"""Names, sets and paths of units as rules on text; no tables."""

from gongkai.organisation.rules.book import Bearer, Book, Match, Stored, match, members_of
from gongkai.organisation.rules.names import (
    derived,
    fold,
    heads,
    is_locality,
    near,
    own_words,
    spellings,
)
from gongkai.organisation.rules.paths import (
    depth,
    keys_above,
    lies_under,
    path_under,
    rehung,
    would_turn_in_a_circle,
)
from gongkai.organisation.rules.sets import is_vague, qualifier, set_rules, without_vagueness

__all__ = [
    "Bearer",
    "Book",
    "Match",
    "Stored",
    "depth",
    "derived",
    "fold",
    "heads",
    "is_locality",
    "is_vague",
    "keys_above",
    "lies_under",
    "match",
    "members_of",
    "near",
    "own_words",
    "path_under",
    "qualifier",
    "rehung",
    "set_rules",
    "spellings",
    "without_vagueness",
    "would_turn_in_a_circle",
]
