"""What runs on SQLite runs on PostgreSQL, and can run on the databases that offices must use."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps
from django.db import models

from tests.guards import portability, sources
from tests.guards.portability import RULES, Names

EXCEPTIONS: dict[tuple[str, str], str] = {
    ("raw-sql", "src/gongkai/audit"): "the triggers that refuse UPDATE and DELETE, for each engine",
    ("vendor", "src/gongkai/audit"): "one trigger text for each engine",
    ("raw-sql", "src/gongkai/desk/views.py"): "health asks the database for nothing but an answer",
    ("vendor", "src/gongkai/demo/site.py"): "starting the demo over removes the SQLite file",
    (
        "partial-index",
        "src/gongkai/duties",
    ): "they guard nothing and only make lists faster: without them the same rows come, later",
    ("vendor", "bench/writing.py"): "a million rows go by executemany here and by COPY there",
    ("raw-sql", "bench/writing.py"): "a million rows go by executemany here and by COPY there",
}
"""(Rule, file or folder) → why it is right there: the whole list."""


def names_of_the_models() -> Names:
    """Return the JSON columns of the product that no relation shares its name with."""
    json, others = set(), set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            (json if isinstance(field, models.JSONField) else others).add(field.name)
    return Names(json=frozenset(json - others))


def excepted(code: str, path: str) -> bool:
    """Say whether the file may use what the rule forbids."""
    return any(
        code == rule and (path == place or path.startswith(f"{place}/"))
        for rule, place in EXCEPTIONS
    )


def test_everything_is_portable():
    names = names_of_the_models()
    assert names.json, "no JSON column found: the rule about them would find nothing"
    found = [
        f"{path}:{finding.line}: {finding.rule.code}: {finding.rule.instead}"
        for path, source in sources.python(sources.APPS, "config", "bench")
        if not sources.is_test(path)
        for finding in portability.findings(source, names)
        if not excepted(finding.rule.code, path)
    ]
    assert not found, "\n".join(found)


def test_every_exception_is_still_used():
    names = names_of_the_models()
    for code, place in EXCEPTIONS:
        used = [
            finding
            for path, source in sources.python(place)
            for finding in portability.findings(source, names)
            if finding.rule.code == code
        ]
        assert used, f"{place} no longer needs {code}: take it off the list"


@pytest.mark.parametrize(("rule", "line"), [(r, line) for r in RULES for line in r.bad])
def test_a_rule_finds_what_it_forbids(rule, line):
    assert rule.code in {f.rule.code for f in portability.findings(line, rule.needs)}


@pytest.mark.parametrize(("rule", "line"), [(r, line) for r in RULES for line in r.good])
def test_a_rule_leaves_the_way_out_open(rule, line):
    ast.parse(line)
    assert not list(portability.findings(line, rule.needs))


def test_rules_say_what_to_do_instead():
    assert all(len(rule.instead) > 40 for rule in RULES)
    assert len({rule.code for rule in RULES}) == len(RULES)
