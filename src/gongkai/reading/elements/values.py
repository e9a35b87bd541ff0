"""What was recognised of a document for its draft, as plain values; nothing here reads anything.

``start`` and ``end`` are offsets into the decoded text, as everywhere in the reader; both 0 where
the value stands in no words of it (in the head of an .html page).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Attribute = Literal["proactive", "on_request", "closed", "declassified", "redacted"]
RelationKind = Literal["amends", "repeals", "replaces", "implements", "cites"]


@dataclass(frozen=True)
class Found:
    """One element: its value in the right form, the words it was read from, and what is in doubt.

    Days are ISO days. ``doubts`` are sentences for the officer; without any the words leave no
    room for another reading.
    """

    value: str
    text: str
    start: int = 0
    end: int = 0
    doubts: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether nothing about it needs a second look."""
        return not self.doubts


@dataclass(frozen=True)
class Relation:
    """Another document that the text names, and what it does to it.

    ``text`` is the stretch that says so; ``number`` None where the text gives none, ``title``
    "" where it gives only a number.
    """

    kind: RelationKind
    title: str
    number: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Elements:
    """What a document says of itself for a draft; None or empty where it does not say."""

    title: Found | None = None
    genre: Found | None = None
    """One of the fifteen kinds of official documents (文种)."""
    number: Found | None = None
    index_number: Found | None = None
    register_number: Found | None = None
    issuers: tuple[Found, ...] = ()
    """The lead, to whom the number belongs, first."""
    formed_on: Found | None = None
    published_on: Found | None = None
    effective_on: Found | None = None
    lapses_on: Found | None = None
    term: Found | None = None
    """How long it is valid, as 5年; ``lapses_on`` is counted by it where no day stands."""
    trial: Found | None = None
    """试行 or 暂行, when the title says so."""
    attribute: Found | None = None
    """Its value is one of ``Attribute``."""
    recipients: tuple[Found, ...] = ()
    copied: tuple[Found, ...] = ()
    attachments: tuple[Found, ...] = ()
    secrecy: Found | None = None
    urgency: Found | None = None
    relations: tuple[Relation, ...] = ()
    doubts: tuple[str, ...] = field(default=())
    """What speaks against publishing the paper at all, or does not fit together."""

    @property
    def lead(self) -> Found | None:
        """The issuer to whom the document number belongs."""
        return self.issuers[0] if self.issuers else None
