"""File names as they are kept and served: readable, short, without tricks."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath, PureWindowsPath

from gongkai.files.states import Kind

_LENGTH = 150
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')


def clean_name(name: str) -> str:
    """Return the last part of a path without control and direction marks, at most 150 long.

    The ending stays when the name is cut. "" when nothing is left.
    """
    last = PureWindowsPath(PurePath(name.replace("\0", "")).name).name
    shown = unicodedata.normalize("NFC", last)
    # Cc control, Cf direction and joining marks: they make one name look like another
    shown = "".join(c for c in shown if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    shown = _FORBIDDEN.sub("_", shown).strip(" .")
    suffix = PurePath(shown).suffix[:10]
    stem = shown.removesuffix(suffix) if suffix else shown
    return stem[: _LENGTH - len(suffix)] + suffix


def served_name(name: str, kind: Kind) -> str:
    """Return the name with an ending that fits the content."""
    said = PurePath(name).suffix.lstrip(".").lower()
    return name if said in kind.extensions else f"{name}.{kind.value}"
