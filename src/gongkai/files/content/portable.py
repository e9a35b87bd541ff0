"""Looks whether a .pdf opens, by the parser that reads it later and in its own process."""

from __future__ import annotations

from pathlib import Path

from gongkai.files.content import refusals
from gongkai.files.states import Kind
from gongkai.reading.formats.pdf import check_opens
from gongkai.reading.source import Unreadable


def portable_kind(path: Path) -> Kind:
    """Return pdf. Raises ``Refused`` for one that wants a password or does not open.

    One that is protected against changes only opens, and is taken; so is one that is too long for
    the reader, because not every file that is kept is read.
    """
    try:
        with path.open("rb") as stream:
            check_opens(stream)
    except Unreadable as problem:
        if problem.code == "encrypted":
            raise refusals.encrypted() from problem
        if problem.code == "damaged":
            raise refusals.damaged() from problem
    return Kind.PDF
