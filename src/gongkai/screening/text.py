"""Looks at a text: personal numbers, wrong words, wrong forms; one pass for each kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from gongkai.screening.findings import Code, Finding, beside, unspoken
from gongkai.screening.forms import forms
from gongkai.screening.lexicon import Lexicon
from gongkai.screening.pairs import unpaired
from gongkai.screening.personal import personal
from gongkai.screening.repeats import numbering, repeats
from gongkai.screening.signs import signs

_MARKS_OF_OLD_FORMS = frozenset(
    "國會務開關於為這發與對個時門說過問題業電應實現經產機構體點種處辦規條"
)


def screen_text(
    text: str, *, place: str, lexicon: Lexicon, day: date, secret: bytes = b""
) -> tuple[Finding, ...]:
    """Return what is found in a text, in its order; linear in its length.

    ``place`` is how the finding says where it is; ``day`` says which words are wrong by then.
    With a ``secret`` a finding is told from one of another number in the same words.
    """
    found = [
        *personal(text, place, day, secret),
        *_words(text, place, lexicon, day),
        *forms(text, place),
        *signs(text, place),
        *repeats(text, place),
        *numbering(text, place),
        *unpaired(text, place),
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _words(text: str, place: str, lexicon: Lexicon, day: date) -> Iterator[Finding]:
    for start, entry in lexicon.find(_simplified(text), day):
        end = start + len(entry.word)
        says = f"“{entry.word}”疑为错字，请核对。"
        if entry.reason:
            says = f"“{entry.word}”：{entry.reason}"
        yield Finding(
            Code.WRONG_WORD,
            entry.severity,
            place,
            start,
            end,
            unspoken(text[max(start - 8, 0) : end + 8]),
            says,
            entry.suggestion,
            beside(text, start, end, value=entry.word),
        )


def _simplified(text: str) -> str:
    """Return a text in traditional characters as one in simplified ones, of the same length."""
    if _MARKS_OF_OLD_FORMS.isdisjoint(text):
        return text
    turned: str = _converter().convert(text)
    return turned if len(turned) == len(text) else text


@cache
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")
