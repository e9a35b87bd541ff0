"""The values that components show: plain data that any app may build; no queries, no HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.forms import Form

from gongkai.kernel.refusal import Refusal

Tone = Literal["plain", "primary", "binding", "quiet"]


@dataclass(frozen=True)
class Crumb:
    """One step of the way to this page."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Sign:
    """A light with what it says: code, label, the rule behind it, the day it speaks of."""

    code: str
    label: str
    rule: str = ""
    due: date | datetime | None = None


@dataclass(frozen=True)
class Status:
    """A word for a state; tones plain, good, wait, binding, off."""

    label: str
    tone: str = "plain"


@dataclass(frozen=True)
class Act:
    """A button, or why it cannot be pressed now.

    ``refusals`` (from ``policies.why_not_*``) grey the button and are shown as sentences.
    ``form`` (an unbound or bound Django form) or ``confirm`` (a sentence) open below the button
    before anything is sent. ``hidden`` travels as hidden inputs, e.g. the version seen.
    ``binding`` is the official red: only for what binds.
    """

    label: str
    url: str
    method: Literal["post", "get"] = "post"
    refusals: Sequence[Refusal] = ()
    tone: Tone = "plain"
    form: Form | None = None
    confirm: str = ""
    hidden: Mapping[str, str | int] = field(default_factory=dict)
    hint: str = ""

    @property
    def opens(self) -> bool:
        """Whether something has to be filled in or confirmed before it is sent."""
        return self.form is not None or bool(self.confirm)

    @property
    def starts_open(self) -> bool:
        """A form that came back with errors is shown open."""
        return self.form is not None and self.form.is_bound and bool(self.form.errors)


@dataclass(frozen=True)
class Fact:
    """One line of a key–value list; ``value`` may be a date, a moment, a number or text."""

    label: str
    value: object
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Empty:
    """What an empty place says: what would stand here, and the next step if there is one."""

    title: str
    text: str = ""
    url: str = ""
    label: str = ""


@dataclass(frozen=True)
class Card:
    """One card of a board."""

    title: str
    url: str = ""
    sign: Sign | None = None
    lines: Sequence[str] = ()
    tag: str = ""


@dataclass(frozen=True)
class Stripe:
    """One part of a bar picture: a light's code, its label, how many, where they are listed."""

    code: str
    label: str
    n: int
    url: str = ""


@dataclass(frozen=True)
class Pile:
    """One column of a board; ``more_url`` leads to the whole list when cards are left out."""

    label: str
    cards: Sequence[Card]
    count: int | None = None
    url: str = ""
    more_url: str = ""
    stripes: Sequence[Stripe] = ()


@dataclass(frozen=True)
class Need:
    """One thing that waits for a person: the desk's home shows these in order of time left."""

    title: str
    url: str
    sign: Sign
    reason: str
    button: str
    due: date | datetime | None = None
    button_url: str = ""
    unit: str = ""
    key: str = ""


@dataclass(frozen=True)
class DayCell:
    """One day of a month grid."""

    on: date
    working: bool
    note: str = ""
    lines: Sequence[str] = ()
    url: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class Mark:
    """A stretch of a source text that something was read from; offsets count characters."""

    start: int
    end: int
    key: str
    label: str = ""
    url: str = ""


@dataclass(frozen=True)
class Panel:
    """A section that an app above brings to a record page: heading, template, what it is given."""

    anchor: str
    heading: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50
    """Smaller stands higher; what is done daily has under 30."""
