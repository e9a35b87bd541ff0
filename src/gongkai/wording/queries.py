"""Reads of words: what a body's checks use, its own list; writes nothing."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.accounts.api import User
from gongkai.organisation.api import Unit
from gongkai.screening import Entry, Lexicon, Severity, shipped_entries
from gongkai.wording import policies
from gongkai.wording.models import Word

__all__ = ["Word"]


def lexicon_for(body: Unit) -> Lexicon:
    """Return the words that the checks of a body use: the product's and its own.

    What the bodies above it added counts as well; what one of them lets be is let be below it.
    """
    rows = list(Word.objects.filter(body__in=_with_those_above(body), ended_at=None))
    off = {row.word for row in rows if row.is_off}
    shipped = [entry for entry in shipped_entries() if entry.word not in off]
    return Lexicon((*(entry_of(row) for row in rows if not row.is_off), *shipped))


def _with_those_above(body: Unit) -> QuerySet[Unit]:
    parts = body.path.strip("/").split("/")
    paths = [f"/{'/'.join(parts[: n + 1])}/" for n in range(len(parts))]
    return Unit.objects.filter(path__in=paths)


def entry_of(row: Word) -> Entry:
    """Return a row as the checks take it."""
    return Entry(
        row.word,
        row.suggestion,
        row.reason,
        row.since_on,
        row.until_on,
        tuple(row.exceptions.splitlines()),
        Severity(row.severity),
    )


def words_of(body: Unit) -> QuerySet[Word]:
    """Return a body's own rows, for a list."""
    return Word.objects.filter(body=body).select_related("added_by", "ended_by")


def word_or_none(user: User, pk: int) -> Word | None:
    """Return a row of a body whose words the person keeps."""
    bodies = policies.keeping_bodies(user)
    return Word.objects.select_related("body").filter(pk=pk, body__in=bodies).first()


def is_shipped(word: str) -> bool:
    """Say whether a word comes with the product."""
    return any(entry.word == word for entry in shipped_entries())


def all_entries(body: Unit) -> tuple[Entry, ...]:
    """Return all that a body's checks use, to be taken along as a table."""
    return lexicon_for(body).entries
