"""The documentation and the files that git keeps: whole, true, and free of places and hosts."""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from importlib import metadata

import pytest
from django.core.management import CommandError, call_command

from gongkai.desk.management.commands import docs
from tests.guards import sources
from tests.guards.sources import ROOT

# -- decisions ------------------------------------------------------------------------------------

SECTIONS = ("Context", "Decision", "Consequences")


def trouble_of_decision(name: str, text: str) -> list[str]:
    """Return what a page of decision lacks."""
    number = name[:4]
    head = text.partition("\n")[0]
    lacking = [] if re.match(rf"# 0*{int(number)}\.? \S", head) else [f"heading '# {number} Title'"]
    if not re.search(r"Status:?\*{0,2}:? *(accepted|proposed|superseded by \d{4})", text):
        lacking.append("Status: accepted | proposed | superseded by NNNN")
    if not re.search(r"\b20\d\d-[01]\d-[0-3]\d\b", text.partition("## ")[0]):
        lacking.append("its date")
    lacking += [f"## {section}" for section in SECTIONS if f"\n## {section}" not in text]
    if text.count("\n") > 90:
        lacking.append("brevity: one page")
    return lacking


def decisions():
    return [p for p in sources.kept() if re.match(r"docs/adr/\d", p)]


@pytest.mark.parametrize("path", decisions())
def test_a_decision_says_when_why_and_what_follows(path):
    lacking = trouble_of_decision(path.split("/")[-1], (ROOT / path).read_text(encoding="utf-8"))
    assert not lacking, f"{path} lacks {lacking}"


def test_each_number_is_given_once():
    numbers = [path.split("/")[-1][:4] for path in decisions()]
    assert sorted(set(numbers)) == sorted(numbers)
    named = re.compile(r"docs/adr/\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md")
    assert not [path for path in decisions() if not named.fullmatch(path)]


GOOD = """# 0007 Seven

Status: accepted
Date: 2026-11-23

## Context

x

## Decision

x

## Consequences

x
"""


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        (GOOD, []),
        (GOOD.replace("Status: accepted\nDate: ", "**Status:** accepted. **Date:** "), []),
        (GOOD.replace("0007", "0008"), ["heading '# 0007 Title'"]),
        (GOOD.replace("accepted", "maybe"), ["Status: accepted | proposed | superseded by NNNN"]),
        (GOOD.replace("2026-11-23", "today"), ["its date"]),
        (GOOD.replace("## Decision", "## Thoughts"), ["## Decision"]),
    ],
)
def test_decisions_are_read(text, lacks):
    assert trouble_of_decision("0007-seven.md", text) == lacks


# -- dependencies ---------------------------------------------------------------------------------

FORBIDDEN = re.compile(r"(?<!L)GPL|Affero|(?<!Lesser )General Public")


def declared() -> list[str]:
    """Return the names of the packages that pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        asked += extra
    return [re.match(r"[\w.-]+", line)[0].lower() for line in asked]


def installed_for(names: list[str]) -> list[str]:
    """Return those packages with all that they need, as far as it is installed."""
    found: dict[str, metadata.Distribution] = {}
    left = list(names)
    while left:
        name = left.pop().lower().replace("_", "-")
        if name in found:
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        left += [re.match(r"[\w.-]+", need)[0] for need in found[name].requires or ()]
    return sorted(found)


def licence_of(name: str) -> str:
    """Return what a package's metadata says of its licence."""
    told = metadata.metadata(name)
    classes = [c for c in told.get_all("Classifier") or [] if c.startswith("License")]
    return " ".join(
        [told.get("License-Expression") or "", (told.get("License") or "")[:80], *classes]
    )


def rows_of_dependencies() -> dict[str, str]:
    text = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    return {m[1].lower(): m[0] for m in re.finditer(r"(?m)^\| `([\w.-]+)(?:\[\w+\])?` \|.*$", text)}


def test_every_dependency_says_why_and_under_what_licence():
    rows = rows_of_dependencies()
    assert not set(declared()) - set(rows), "docs/dependencies.md lacks these"
    assert not set(rows) - set(declared()), "docs/dependencies.md lists what is not asked for"
    assert all(row.count("|") == 4 and len(row) > 45 for row in rows.values())


@pytest.mark.parametrize("name", installed_for(declared()))
def test_no_licence_binds_those_who_use_the_product(name):
    assert not FORBIDDEN.search(licence_of(name)), licence_of(name)


@pytest.mark.parametrize(
    ("licence", "forbidden"),
    [
        ("GPL-3.0-only", True),
        ("AGPL-3.0-or-later", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Affero General Public License v3", True),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3", False),
        ("MIT", False),
        ("Apache-2.0 OR BSD-3-Clause", False),
    ],
)
def test_licences_are_told_apart(licence, forbidden):
    assert bool(FORBIDDEN.search(licence)) is forbidden


# -- places and hosts -----------------------------------------------------------------------------

_HOSTS = (
    "py" + "pi",
    "python" + "hosted",
    "npm" + "js",
    "js" + "delivr",
    "un" + "pkg",
    "cdn" + "js",
)
_TOOLS = ("anthr" + "opic", "cla" + "ude", "chat" + "gpt", "open" + "ai", "copi" + "lot")
_PLACES = "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me", "t" + "mp", "Us" + "ers"))
BETRAYS = {
    "a host of packages": re.compile(
        rf"\b(?:{'|'.join(_HOSTS)})\.(?:org|com|net)\b|\bmirrors?\.\w"
    ),
    "a place on somebody's machine": re.compile(rf"(?<![\w.$}})>-])/(?:{_PLACES})/\w"),
    "a tool of the workshop": re.compile(rf"(?i)\b(?:{'|'.join(_TOOLS)})\b"),
}


def betrayals(text: str) -> list[str]:
    """Return what a text gives away."""
    return [f"{what}: {m[0]!r}" for what, rule in BETRAYS.items() for m in rule.finditer(text)]


def test_no_file_names_hosts_of_packages_or_places_on_a_machine():
    found = []
    for path in sources.kept():
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path} names {what}" for what in betrayals(text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("see " + _HOSTS[0] + ".org/simple", 1),
        ("https://files." + _HOSTS[1] + ".org/x", 1),
        ("path = '/" + "ho" + "me/somebody/x'", 1),
        ("open('/" + "t" + "mp/x')", 1),
        ("written by " + _TOOLS[1].title(), 1),
        ("href='/programme/tmp/x'", 0),
        ("the work/home of it", 0),
        ("$" + "HOME/x", 0),
        ("path('work/', view)", 0),
        ("GET /workflow/", 0),
    ],
)
def test_what_gives_away_is_seen(text, n):
    assert len(betrayals(text)) == n


def test_the_lock_files_carry_hashes_and_no_addresses():
    for name in ("base", "dev"):
        text = (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")
        pinned = re.findall(r"(?m)^[\w.\[\]-]+==", text)
        assert pinned
        assert len(
            re.findall(r"(?m)^[\w.\[\]-]+==.*\\\n +--hash=sha256:[0-9a-f]{64}", text)
        ) == len(pinned)
        assert "://" not in text


# -- the command ----------------------------------------------------------------------------------


def test_the_generated_parts_are_fresh_and_links_lead_somewhere():
    call_command("docs", check=True)


class Door(StrEnum):
    """States for the tests."""

    OPEN = "open"
    SHUT = "shut"
    GONE = "gone"

    @property
    def label(self) -> str:
        return {"open": "开", "shut": "关", "gone": "无"}[self.value]


MOVES = {
    "close": (frozenset({Door.OPEN}), Door.SHUT),
    "lock": (frozenset({Door.SHUT}), None),
    "remove": (frozenset({Door.OPEN, Door.SHUT}), Door.GONE),
}


def test_a_picture_is_drawn_from_the_table():
    assert docs.picture(MOVES) == (
        "```mermaid\nstateDiagram-v2\n"
        '    state "开 open" as open\n    state "关 shut" as shut\n    state "无 gone" as gone\n'
        "    open --> shut: close\n    open --> gone: remove\n"
        "    shut --> shut: lock\n    shut --> gone: remove\n    gone --> [*]\n```\n"
    )


def test_a_picture_stands_between_its_marks_and_is_put_there_once():
    text = "# x\n\n<!-- states:Door -->\nold\n<!-- /states -->\n\nend\n"
    once = docs.with_pictures(text, {"Door": MOVES})
    assert "old" not in once
    assert once.endswith("<!-- /states -->\n\nend\n")
    assert docs.with_pictures(once, {"Door": MOVES}) == once
    added = docs.with_pictures("# x\n", {"Door": MOVES})
    assert "## State pictures" in added
    assert "open --> shut: close" in added


def test_dead_links_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(docs, "ROOT", tmp_path)
    page = tmp_path / "a.md"
    page.write_text("[x](b.md) [y](a.md#z) [z](https://x.y/) ![p](p.png) `[c](c.md)`", "utf-8")
    said = list(docs.dead_links([page]))
    assert said == [
        "a.md links to b.md, which is not there",
        "a.md links to p.png, which is not there",
    ]


def test_what_is_stale_is_named_with_what_to_run(monkeypatch):
    path = ROOT / "docs" / "settings.md"
    monkeypatch.setattr(docs, "pages", lambda: {path: "something else"})
    with pytest.raises(CommandError, match=r"docs/settings\.md is stale: run make docs"):
        call_command("docs", check=True)
    assert path.read_text(encoding="utf-8") != "something else"
