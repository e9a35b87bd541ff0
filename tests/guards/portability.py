"""Finds what works on one database only; each rule carries lines that it must and must not find."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

DESCRIBES = frozenset({"UniqueConstraint", "Index"})
PARTIAL = frozenset({"condition", "expressions", "nulls_distinct", "include", "opclasses"})
LOOKS = frozenset({"filter", "exclude", "get", "order_by", "values", "values_list", "Q", "F"})
SAYS_NOTHING = frozenset({"isnull"})
POSTGRES_LOOKUPS = frozenset({"search", "unaccent", "trigram_similar", "trigram_word_similar"})


@dataclass(frozen=True)
class Names:
    """What the models say: the names of JSON columns that no relation shares."""

    json: Collection[str] = ()


@dataclass(frozen=True)
class Rule:
    """A construct that is not portable, what to do instead, and examples that test the rule."""

    code: str
    instead: str
    finds: Callable[[ast.AST, Names], bool]
    bad: tuple[str, ...]
    good: tuple[str, ...]
    needs: Names = field(default_factory=Names)


@dataclass(frozen=True)
class Finding:
    """A rule that a line breaks."""

    line: int
    rule: Rule


def findings(source: str, names: Names) -> Iterator[Finding]:
    """Yield every rule that a file breaks, with the line."""
    for node in ast.walk(ast.parse(source)):
        for rule in RULES:
            if rule.finds(node, names):
                yield Finding(getattr(node, "lineno", 0), rule)


def _called(node: ast.AST) -> str:
    """Return the last word of what is called, "" for what is no call."""
    if not isinstance(node, ast.Call):
        return ""
    func = node.func
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _keywords(node: ast.AST) -> dict[str, ast.expr]:
    found = node.keywords if isinstance(node, ast.Call) else []
    return {word.arg: word.value for word in found if word.arg}


def _paths(node: ast.AST) -> Iterator[str]:
    """Yield the look-up paths of a call like filter(a__b=1) or order_by("-a__b")."""
    if _called(node) in LOOKS and isinstance(node, ast.Call):
        yield from _keywords(node)
        for arg in node.args:
            if isinstance(arg, ast.Constant) and isinstance(arg.value, str):
                yield arg.value.lstrip("-")


def _partial(node: ast.AST, names: Names) -> bool:
    if _called(node) not in DESCRIBES or not isinstance(node, ast.Call):
        return False
    return bool(node.args) or bool(PARTIAL & set(_keywords(node)))


def _json_path(node: ast.AST, names: Names) -> bool:
    for path in _paths(node):
        words = path.split("__")
        if any(a in names.json and b not in SAYS_NOTHING for a, b in pairwise(words)):
            return True
    return _called(node) in {"KeyTransform", "KeyTextTransform", "KT"}


def _true(node: ast.AST, *words: str) -> bool:
    given = _keywords(node)
    return any(
        word in given and not (isinstance(given[word], ast.Constant) and given[word].value is False)  # type: ignore[attr-defined]  # a constant
        for word in words
    )


def _distinct_on(node: ast.AST, names: Names) -> bool:
    return _called(node) == "distinct" and isinstance(node, ast.Call) and bool(node.args)


def _raw(node: ast.AST, names: Names) -> bool:
    if _called(node) in {"raw", "extra", "cursor"}:
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return _called(node) in {"RawSQL", "RunSQL"}


def _postgres(node: ast.AST, names: Names) -> bool:
    module = "django.contrib.postgres"
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith(module)
    if isinstance(node, ast.Import):
        return any(alias.name.startswith(module) for alias in node.names)
    return any(set(path.split("__")[1:]) & POSTGRES_LOOKUPS for path in _paths(node))


def _vendor(node: ast.AST, names: Names) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "vendor"


RULES = (
    Rule(
        "partial-index",
        "a partial or expression index is not built everywhere, so it guards nothing there: keep a "
        "column that is null when the rule does not hold (Round.open_for) and make that unique",
        _partial,
        bad=(
            "UniqueConstraint(fields=['a'], condition=Q(open=True), name='x')",
            "models.UniqueConstraint(Lower('name'), name='x')",
            "models.Index(fields=['a'], condition=Q(b=None), name='x')",
            "models.Index(Lower('a'), name='x')",
            "UniqueConstraint(fields=['a'], nulls_distinct=False, name='x')",
        ),
        good=(
            "UniqueConstraint(fields=['a', 'b'], name='x')",
            "models.Index(fields=['a', '-id'], name='x')",
            "models.CheckConstraint(condition=Q(n__gt=0), name='x')",
        ),
    ),
    Rule(
        "json-path",
        "look-ups inside JSON differ between databases: give what you search for its own column",
        _json_path,
        bad=(
            "Task.objects.filter(clock__kind='date')",
            "rows.exclude(proposal__clock__kind='date')",
            "rows.order_by('-clock__on')",
            "Q(clock__contains={'a': 1})",
            "KeyTransform('kind', 'clock')",
        ),
        good=(
            "Task.objects.filter(clock__isnull=True)",
            "rows.filter(kind='date')",
            "rows.values('clock')",
            "rows.filter(clock_kind='x')",
        ),
        needs=Names(json=frozenset({"clock"})),
    ),
    Rule(
        "ignore-conflicts",
        "what a conflict does differs between databases: get_or_create under a unique key, or "
        "a savepoint that catches IntegrityError",
        lambda node, names: _true(node, "ignore_conflicts", "update_conflicts"),
        bad=(
            "Row.objects.bulk_create(rows, ignore_conflicts=True)",
            "Row.objects.bulk_create(rows, update_conflicts=True, unique_fields=['a'])",
        ),
        good=("Row.objects.bulk_create(rows)", "bulk_create(rows, ignore_conflicts=False)"),
    ),
    Rule(
        "distinct-on",
        "DISTINCT ON is PostgreSQL's: take the newest by Subquery or Exists",
        _distinct_on,
        bad=("rows.distinct('subject')", "Task.objects.order_by('a').distinct('a', 'b')"),
        good=("rows.distinct()", "Count('a', distinct=True)"),
    ),
    Rule(
        "raw-sql",
        "SQL by hand is one database's: say it with the ORM, or name the exception in "
        "tests/test_portability.py with its reason",
        _raw,
        bad=(
            "Task.objects.raw('select 1')",
            "Task.objects.extra(where=['1=1'])",
            "rows.annotate(x=RawSQL('1', []))",
            "connection.cursor()",
            "migrations.RunSQL('create index')",
        ),
        good=("rows.annotate(x=Value(1))", "raw = text.strip()", "page.cursor"),
    ),
    Rule(
        "postgres-only",
        "django.contrib.postgres and its look-ups do not run on SQLite or domestic databases",
        _postgres,
        bad=(
            "from django.contrib.postgres.aggregates import ArrayAgg",
            "import django.contrib.postgres.fields",
            "rows.filter(text__search='x')",
        ),
        good=("from django.db.models import Count", "rows.filter(search='x')"),
    ),
    Rule(
        "no-key",
        "FOR NO KEY UPDATE is PostgreSQL's: take the row by kernel.rows.lock",
        lambda node, names: _called(node) == "select_for_update" and _true(node, "no_key"),
        bad=("rows.select_for_update(no_key=True)",),
        good=("rows.select_for_update()", "rows.select_for_update(skip_locked=True)"),
    ),
    Rule(
        "vendor",
        "a branch by database is two programs: find what runs on all, or name the exception in "
        "tests/test_portability.py with its reason",
        _vendor,
        bad=("if connection.vendor == 'sqlite':\n    pass",),
        good=("vendor = 'x'",),
    ),
)
