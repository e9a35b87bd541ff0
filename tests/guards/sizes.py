"""Measures files and functions; ``python -m tests.guards.sizes`` prints the report."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from dataclasses import dataclass

from tests.guards.sources import APPS, is_test, python


@dataclass(frozen=True)
class Function:
    """A function and how many lines its body's code takes, without its docstring."""

    path: str
    name: str
    lines: int


def functions(path: str, source: str) -> Iterator[Function]:
    """Yield each function of a file with its length, docstring not counted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            yield Function(path, node.name, lines)


def measured() -> tuple[dict[str, int], list[Function]]:
    """Return the lines of each file of the product and its functions."""
    files: dict[str, int] = {}
    found: list[Function] = []
    for path, source in python(APPS, "config"):
        if not is_test(path) and "/migrations/" not in path:
            files[path] = source.count("\n")
            found += functions(path, source)
    return files, found


def ninetieth(values: list[int]) -> int:
    """Return the length that nine of ten do not pass."""
    return sorted(values)[int(len(values) * 0.9)]


def report() -> str:
    """Return the sizes as a few lines of text."""
    files, found = measured()
    longest = sorted(found, key=lambda f: -f.lines)[:10]
    biggest = sorted(files.items(), key=lambda pair: -pair[1])[:10]
    return "\n".join(
        [
            _summary("files", list(files.values())),
            *(f"  {n:4} {path}" for path, n in biggest),
            _summary("functions", [f.lines for f in found]),
            *(f"  {f.lines:4} {f.path}: {f.name}" for f in longest),
        ]
    )


def _summary(what: str, lines: list[int]) -> str:
    middle, tenth, most = statistics.median(lines), ninetieth(lines), max(lines)
    return f"{what} {len(lines)}: median {middle:.0f}, p90 {tenth}, longest {most} lines"


if __name__ == "__main__":
    print(report())  # noqa: T201
