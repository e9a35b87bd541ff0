"""Which files the guards read: what git keeps, and what of it is whose; checks nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = "src/gongkai"


@cache
def kept() -> tuple[str, ...]:
    """Return every file that git keeps or would keep (new ones too), as paths from the root."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    found = [path for path in listed.split("\0") if path and (ROOT / path).is_file()]
    return tuple(sorted(set(found)))


def python(*folders: str) -> Iterator[tuple[str, str]]:
    """Yield path and text of each Python file below the folders, or of all."""
    for path in kept():
        if path.endswith(".py") and (not folders or path.startswith(folders)):
            yield path, (ROOT / path).read_text(encoding="utf-8")


def app_of(path: str) -> str:
    """Return the app that a file belongs to, "" for a file outside the apps."""
    inside = path.removeprefix(f"{APPS}/")
    return inside.split("/")[0] if inside != path and "/" in inside else ""


def parts_in_app(path: str) -> list[str]:
    """Return a file's path inside its app, without ending: ["actions", "signing"]."""
    return path.removesuffix(".py").split("/")[3:]


def is_test(path: str) -> bool:
    """Say whether a file belongs to the tests."""
    return "/tests/" in f"/{path}" or path.endswith("conftest.py")
