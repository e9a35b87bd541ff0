"""What two texts have in common and in what they differ. Pure code: no tables, no settings."""

from gongkai.comparing.clauses import Pair, Part, compare_clauses, parts_of
from gongkai.comparing.overlapping import Overlap, Passage, overlap
from gongkai.comparing.runs import Run
from gongkai.comparing.versions import Row, compare_versions

__all__ = [
    "Overlap",
    "Pair",
    "Part",
    "Passage",
    "Row",
    "Run",
    "compare_clauses",
    "compare_versions",
    "overlap",
    "parts_of",
]
