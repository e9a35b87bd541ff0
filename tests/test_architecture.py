"""What import-linter cannot say: only actions write, apps meet at their doors, files keep shape."""

from __future__ import annotations

import ast
import statistics
from functools import cache

import grimp
import pytest
from django.apps import apps as django_apps
from django.core.management import call_command

from tests.guards import doors, sizes, sources
from tests.guards.writes import writes

# -- only actions write --------------------------------------------------------------------------

MAY_WRITE = {
    "src/gongkai/outbox/worker": "claims, cursors and parked errands are the worker's own rows",
    "src/gongkai/calendars/management/commands": "the loader of the built-in calendar",
    "src/gongkai/accounts/adapter.py": "the sign-in library saves the people it signs in",
    "src/gongkai/kernel/rows.py": "lock() raises the version of any row",
}
"""Where rows are written outside actions, and why: the whole list."""


@cache
def many_to_many() -> frozenset[str]:
    """Return the names under which many-to-many relations hang on rows."""
    names = set()
    for model in django_apps.get_models():
        names |= {f.name for f in model._meta.many_to_many}
        for relation in model._meta.related_objects:
            if relation.many_to_many and relation.get_accessor_name():
                names.add(relation.get_accessor_name())
    return frozenset(names - {"groups", "user_permissions"})


def may_write(path: str) -> bool:
    """Say whether a file may write rows: actions, migrations, tests, and the named exceptions."""
    inside = sources.parts_in_app(path)[:1]
    if inside in (["actions"], ["migrations"]) or sources.is_test(path):
        return True
    return any(path == place or path.startswith(f"{place}/") for place in MAY_WRITE)


def test_only_actions_write():
    found = [
        f"{path}:{write.line}: {write.text}()"
        for path, source in sources.python(sources.APPS, "config")
        if not may_write(path)
        for write in writes(source, relations=many_to_many())
    ]
    assert not found, "move the write into a verb of the app's actions:\n" + "\n".join(found)


def test_every_exception_is_still_needed():
    for place in MAY_WRITE:
        files = [p for p, _ in sources.python(sources.APPS) if p == place or p.startswith(place)]
        assert files, f"{place} is gone: take it off the list"


@pytest.mark.parametrize(
    "line",
    [
        "task.save()",
        "task.save(update_fields=['state'])",
        "Task.objects.create(text='x')",
        "await Task.objects.acreate(text='x')",
        "Task.objects.filter(pk=1).update(state='x')",
        "rows.update(**changes)",
        "task.delete()",
        "Task.objects.all().delete()",
        "Task.objects.bulk_create(rows)",
        "Task.objects.bulk_update(rows, ['state'])",
        "Task.objects.get_or_create(pk=1)",
        "task.parts.update_or_create(pk=1)",
        "name.units.set(chosen)",
        "name.units.add(unit)",
        "form.save()",
    ],
)
def test_a_write_is_seen(line):
    source = f"async def f():\n    {line}\n"
    assert [w.line for w in writes(source, relations={"units"})] == [2]


@pytest.mark.parametrize(
    "line",
    [
        "found.update({'a': 1})",
        "seen.update(more)",
        "digest.update(data)",
        "book.save(path)",
        "client.delete('/x/')",
        "cache.delete(key)",
        "chosen.add(unit)",
        "self.marks.add(1)",
        "clock.set(moment)",
        "x.__dict__.update(a=1)",
        "widget.attrs.update(rows='3')",
        "update(a=1)",
        "Task.objects.filter(pk=1).first()",
    ],
)
def test_what_is_no_write_is_left_alone(line):
    assert not list(writes(line, relations={"units"}))


def test_where_writing_is_allowed():
    assert may_write("src/gongkai/duties/actions.py")
    assert may_write("src/gongkai/duties/actions/verbs.py")
    assert may_write("src/gongkai/duties/tests/factories.py")
    assert not may_write("src/gongkai/duties/queries.py")
    assert not may_write("src/gongkai/duties/views/actions.py")
    assert not may_write("src/gongkai/kernel/clock.py")


# -- another app is reached only through its api --------------------------------------------------


def direct_imports() -> list[tuple[str, str]]:
    """Return every import between modules of the product, those for types too."""
    graph = grimp.build_graph("gongkai", include_external_packages=False)
    return [
        (module, imported)
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
    ]


def test_another_app_is_reached_only_through_its_api():
    names = {sources.app_of(path) for path in sources.kept()} - {""}
    found = sorted(doors.past_the_door(direct_imports(), apps=names))
    assert not found, "import it from the other app's api (or offer it there):\n" + "\n".join(
        f"{importer} -> {imported}" for importer, imported in found
    )


def test_every_app_with_tables_has_a_door():
    for config in django_apps.get_app_configs():
        if config.name.startswith("gongkai.") and list(config.get_models()):
            path = f"src/{config.name.replace('.', '/')}/api.py"
            assert path in sources.kept(), f"{config.name} has tables and no api.py"


@pytest.mark.parametrize(
    ("importer", "imported", "past"),
    [
        ("gongkai.desk.sources", "gongkai.duties.models", True),
        ("gongkai.desk.sources", "gongkai.duties", True),
        ("gongkai.desk.sources", "gongkai.duties.api", False),
        ("gongkai.programme.views.board", "gongkai.duties.rules.limits", True),
        ("gongkai.programme.tests.factories", "gongkai.accounts.tests.world", False),
        ("gongkai.duties.views", "gongkai.duties.models", False),
        ("gongkai.duties.views", "gongkai.ui.parts", False),
        ("gongkai.duties.models", "gongkai.kernel.rows", False),
        ("gongkai.cli", "gongkai.calendars.command", False),
        ("gongkai.cli", "gongkai.calendars.models", True),
    ],
)
def test_the_door_is_watched(importer, imported, past):
    apps = {"desk", "duties", "programme", "accounts", "calendars", "ui", "kernel"}
    found = list(doors.past_the_door([(importer, imported)], apps=apps))
    assert found == ([(importer, imported)] if past else [])


# -- the shape of files ---------------------------------------------------------------------------

BANNED = {"utils", "util", "helpers", "helper", "managers", "signals", "common", "misc", "base"}
LONGEST_FILE = 400


def test_no_file_is_named_for_nothing():
    found = [
        path
        for path in sources.kept()
        if path.startswith(sources.APPS) and BANNED & set(path.removesuffix(".py").split("/"))
    ]
    assert not found, f"name it after what it holds: {found}"


def docstring_trouble(path: str, source: str) -> str:
    """Return what is wrong with a module's docstring, "" for nothing."""
    if not source.strip():
        return "" if path.endswith("__init__.py") else "is empty"
    text = ast.get_docstring(ast.parse(source))
    if not text:
        return "opens without a sentence: what lives here and what must not"
    first = text.split("\n\n")[0]
    return "" if first.endswith((".", "。", "?", ":")) else f"first sentence has no end: {first!r}"


def test_every_module_opens_with_a_sentence():
    found = [
        f"{path} {trouble}"
        for path, source in sources.python()
        if "/migrations/" not in path and (trouble := docstring_trouble(path, source))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "good"),
    [
        ('"""What lives here; nothing else."""\n', True),
        ("", True),
        ('"""No end"""\n', False),
        ("x = 1\n", False),
        ('# a comment\nx = """not a docstring."""\n', False),
    ],
)
def test_docstrings_are_read(source, good):
    assert (docstring_trouble("a/__init__.py", source) == "") is good


def test_files_and_functions_stay_small():
    files, functions = sizes.measured()
    lines = [function.lines for function in functions]
    long = [f"{path}: {n}" for path, n in files.items() if n >= LONGEST_FILE]
    assert not long, f"make a folder of the same name of it: {long}"
    assert statistics.median(lines) < 10, sizes.report()
    assert sizes.ninetieth(lines) < 30, sizes.report()


def test_functions_are_measured():
    source = 'def f():\n    """A docstring\n\n    of three lines."""\n    a = 1\n    return a\n'
    assert [(f.name, f.lines) for f in sizes.functions("x.py", source)] == [("f", 2)]


# -- migrations -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
