"""Reads of documents, tasks and the board; each starts from what the user may see."""

from gongkai.programme.queries.board import (
    GROUPINGS,
    Card,
    Lane,
    board,
    needs,
    unit_counts,
)
from gongkai.programme.queries.documents import (
    compare,
    digest_of,
    document_or_none,
    other_version_changes,
    part_headings,
    proposal_or_none,
    review,
    shares,
)
from gongkai.programme.queries.tasks import TaskView, task_or_none, task_view

__all__ = [
    "GROUPINGS",
    "Card",
    "Lane",
    "TaskView",
    "board",
    "compare",
    "digest_of",
    "document_or_none",
    "needs",
    "other_version_changes",
    "part_headings",
    "proposal_or_none",
    "review",
    "shares",
    "task_or_none",
    "task_view",
    "unit_counts",
]
