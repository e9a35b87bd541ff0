"""``gongkai docs``: writes the generated parts of the documentation, or says what is stale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from importlib import import_module, util
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config import env

Moves = Mapping[str, tuple[frozenset[StrEnum], StrEnum | None]]
ROOT: Path = settings.ROOT
NOTE = "<!-- Written by `make docs`; change what it is made from. -->\n"
OTHER_SETTINGS = {
    "GONGKAI_CHROMIUM": "Path of the browser for the journeys, where it is not found by itself",
}
"""Variables that are read where Django's settings are not loaded."""
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_PICTURE = re.compile(r"<!-- states:(\w+) -->\n.*?<!-- /states -->\n", re.DOTALL)


class Command(BaseCommand):
    """Write docs/settings.md, glossary.md, dates.md, adr/README.md and the state pictures."""

    help = "Write the generated parts of the documentation; --check only says what is stale."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="change nothing, fail when stale")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what differs. Raises ``CommandError`` with every complaint."""
        stale = [path for path, text in pages().items() if _text(path) != text]
        if options["check"]:
            complaints = [f"{_short(p)} is stale: run make docs" for p in stale]
        else:
            for path in stale:
                path.write_text(pages()[path], encoding="utf-8")
                self.stdout.write(f"wrote {_short(path)}")
            complaints = []
        complaints += [*missing_readmes(), *dead_links(markdown_files())]
        if complaints:
            raise CommandError("\n".join(complaints))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def pages() -> dict[Path, str]:
    """Return every generated page, and every README with its state pictures, as it should be."""
    docs = ROOT / "docs"
    found = {
        docs / "settings.md": settings_page(env.KNOWN.values(), _shown_default),
        docs / "glossary.md": gathered("Glossary", GLOSSARY, docs / "glossary"),
        docs / "dates.md": gathered("Dates and moments", DATES, docs / "dates"),
        docs / "adr" / "README.md": decisions_page(docs / "adr"),
    }
    for name, tables in moves_by_app().items():
        path = _readme(name)
        if path.exists():
            found[path] = with_pictures(_text(path), tables)
    return found


# -- settings ----------------------------------------------------------------------------------


def _shown_default(setting: env.Setting) -> str:
    """Return the default as it reads on any machine."""
    text = setting.default
    if setting.name != "GONGKAI_VAR":
        text = text.replace(str(settings.VAR), "$GONGKAI_VAR")
    return text.replace(f"{ROOT}/", "")


def settings_page(known: Iterable[env.Setting], shown: Any) -> str:
    """Return the page of settings: one row for each environment variable."""
    rows = [
        (setting.name, f"`{shown(setting)}`" if shown(setting) else "none", setting.help)
        for setting in known
    ]
    rows += [(name, "none", text) for name, text in OTHER_SETTINGS.items()]
    lines = [f"| `{name}` | {default} | {text} |" for name, default, text in sorted(rows)]
    head = "| variable | default | what it is |\n|---|---|---|\n"
    told = "Everything that an office may set is an environment variable.\n\n"
    return f"# Settings\n\n{NOTE}\n{told}{head}" + "\n".join(lines) + "\n"


# -- glossary, dates, decisions ------------------------------------------------------------------

GLOSSARY = "What the screens call it, what the code calls it, and where the word comes from.\n"
DATES = (
    "Dates end in `_on` (a day at the office), moments in `_at` (with hour and zone), the end of "
    "a span in `_until`. Who sets each, when, and for what.\n"
)


def gathered(title: str, told: str, folder: Path) -> str:
    """Return one page from a folder of pages, one for each app, headings one level down."""
    found = [f"# {title}\n\n{NOTE}\n{told}"]
    for path in sorted(folder.glob("*.md")):
        text = _text(path).strip()
        head, _, rest = text.partition("\n")
        name = head.removeprefix("# ") if head.startswith("# ") else path.stem
        body = (rest if head.startswith("# ") else text).replace("](../", "](")
        found.append(f"## {name}\n\n{re.sub(r'(?m)^#', '##', body.strip())}\n")
    return "\n".join(found)


def decisions_page(folder: Path) -> str:
    """Return the list of decisions, by number."""
    rows = []
    for path in sorted(folder.glob("[0-9]*.md")):
        head = _text(path).partition("\n")[0].removeprefix("# ")
        title = re.sub(r"^\d+\.?\s+", "", head)
        rows.append(f"| {path.name[:4]} | [{title}]({path.name}) |")
    told = "Decisions that somebody could dispute; superseded by number, never edited.\n"
    table = "| number | decision |\n|---|---|\n" + "\n".join(rows) + "\n"
    return f"# Decisions\n\n{NOTE}\n{told}\n{table}"


# -- state pictures ------------------------------------------------------------------------------


def moves_by_app() -> dict[str, dict[str, Moves]]:
    """Return each app's tables of moves by the name of the enumeration they move in."""
    found: dict[str, dict[str, Moves]] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.states"
        if config.name.startswith("gongkai.") and util.find_spec(name):
            tables = dict(_tables(import_module(name)))
            if tables:
                found[config.name] = tables
    return found


def _tables(module: Any) -> Iterator[tuple[str, Moves]]:
    for name, table in vars(module).items():
        if name.endswith("MOVES") and isinstance(table, Mapping) and table:
            froms, to = next(iter(table.values()))
            state = to if to is not None else next(iter(froms))
            yield type(state).__name__, table


def picture(moves: Moves) -> str:
    """Return a table of moves as a mermaid picture; what keeps a state leads back to it."""
    every = {s for froms, to in moves.values() for s in [*froms, *([to] if to is not None else [])]}
    states = [state for state in type(next(iter(every))) if state in every]
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{_label(state)}" as {_name(state)}' for state in states]
    for here in states:
        ways: dict[StrEnum, list[str]] = {}
        for verb, (froms, to) in moves.items():
            if here in froms:
                ways.setdefault(to if to is not None else here, []).append(verb)
        lines += [f"    {_name(here)} --> {_name(to)}: {', '.join(v)}" for to, v in ways.items()]
        if not ways:
            lines.append(f"    {_name(here)} --> [*]")
    return "```mermaid\n" + "\n".join(lines) + "\n```\n"


def _name(state: StrEnum) -> str:
    return state.value.replace("-", "_")


def _label(state: StrEnum) -> str:
    return f"{getattr(state, 'label', state.value)} {state.value}"


def with_pictures(text: str, tables: Mapping[str, Moves]) -> str:
    """Return a README with its state pictures as they should be; missing ones go to its end."""
    there = set(_PICTURE.findall(text))
    lacking = [name for name in tables if name not in there]
    if lacking:
        text = text.rstrip("\n") + "\n\n## State pictures\n"
        for name in lacking:
            text += f"\n<!-- states:{name} -->\n<!-- /states -->\n"

    def drawn(match: re.Match[str]) -> str:
        name = match[1]
        body = picture(tables[name]) if name in tables else ""
        return f"<!-- states:{name} -->\n{body}<!-- /states -->\n"

    return _PICTURE.sub(drawn, text)


def _readme(app: str) -> Path:
    return ROOT / "src" / Path(*app.split(".")) / "README.md"


def missing_readmes() -> Iterator[str]:
    """Complain of apps with states and no README."""
    for name in moves_by_app():
        if not _readme(name).exists():
            yield f"{_short(_readme(name))} is missing: say which law, the words, who may"


# -- links ---------------------------------------------------------------------------------------


def markdown_files() -> list[Path]:
    """Return every page of documentation of the project."""
    folders = [ROOT.glob("*.md"), (ROOT / "docs").rglob("*.md"), (ROOT / "src").rglob("*.md")]
    return sorted(path for folder in folders for path in folder)


def dead_links(paths: Iterable[Path]) -> Iterator[str]:
    """Complain of relative links that lead nowhere."""
    for path in paths:
        for found in _LINK.findall(_CODE.sub("", _text(path))):
            target = (found[0] or found[1]).partition("#")[0]
            elsewhere = not target or "://" in target or target.startswith("mailto:")
            if not elsewhere and not (path.parent / target).exists():
                yield f"{_short(path)} links to {target}, which is not there"
