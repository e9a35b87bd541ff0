"""Finds calls that write rows, by their shape; knows nothing of where they are allowed."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass

ALWAYS = frozenset({"bulk_create", "bulk_update", "get_or_create", "update_or_create"})
"""Only querysets and managers have methods of these names."""
WITHOUT_POSITION = frozenset({"save", "create", "update", "delete"})
"""On rows and querysets these take nothing by position; on dicts, sets, files and clients they do,
or nothing at all."""
MANY = frozenset({"add", "set", "remove", "clear"})
"""What writes through a many-to-many relation; Python's sets have them too."""


@dataclass(frozen=True)
class Write:
    """A call that writes: its line and how it reads."""

    line: int
    text: str


def writes(source: str, *, relations: Collection[str] = ()) -> Iterator[Write]:
    """Yield the calls that write rows; ``relations`` are the names of many-to-many relations."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _writes(node, relations):
            yield Write(node.lineno, ast.unparse(node.func))


def _writes(call: ast.Call, relations: Collection[str]) -> bool:
    func = call.func
    if not isinstance(func, ast.Attribute):
        return False
    name = func.attr
    if name.startswith("a") and name[1:] in ALWAYS | WITHOUT_POSITION:
        name = name[1:]
    if name in ALWAYS:
        return True
    if name in MANY:
        return isinstance(func.value, ast.Attribute) and func.value.attr in relations
    return name in WITHOUT_POSITION and not call.args and not _is_plain(func.value)


def _is_plain(receiver: ast.expr) -> bool:
    """Whether a receiver is plainly no row: super(), a dict or set, self.fields and the like."""
    if isinstance(receiver, ast.Dict | ast.DictComp | ast.Set | ast.Constant):
        return True
    return isinstance(receiver, ast.Attribute) and receiver.attr in {"__dict__", "attrs", "session"}
