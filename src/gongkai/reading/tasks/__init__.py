"""From clauses and rows of tables to proposed tasks; decides nothing about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from gongkai.reading.clauses import Node
from gongkai.reading.result import Task
from gongkai.reading.tables import Row
from gongkai.reading.tasks.prose import task_of_told, tasks_of_node
from gongkai.reading.tasks.table import tasks_of_rows
from gongkai.reading.tasks.told import telling

__all__ = ["find_tasks"]


def find_tasks(
    nodes: Sequence[Node],
    rows: Sequence[Row],
    *,
    year: int | None,
    title: str | None = None,
    step: Callable[[int], None] = lambda _: None,
) -> list[Task]:
    """Return the tasks of a document in the order of its text; ``title`` tells a report.

    Rows of tables keep their printed number; tasks of the running text are numbered on in
    their order, behind the largest number printed. ``step`` is told how far the text is read.
    """
    of_table = tasks_of_rows(rows, year=year, step=step)
    of_text: list[Task] = []
    numbered = any(node.path and not node.is_group for node in nodes)
    tells = telling(nodes, title)
    for node in nodes:
        step(node.start)
        if tells(node):
            of_text += task_of_told(node)
        elif not node.is_group:
            of_text += tasks_of_node(node, year=year, numbered=numbered, table=bool(rows))
    last = max((task.row for task in of_table), default=0)
    of_text.sort(key=lambda task: (task.start, -task.end))
    of_text = [replace(task, row=last + place) for place, task in enumerate(of_text, 1)]
    return sorted([*of_table, *of_text], key=lambda task: (task.start, -task.end))
