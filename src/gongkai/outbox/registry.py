"""Who listens to what: consumers, tickers and start-up checks, declared when apps start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

Handler = Callable[[str, set[str]], None]
Tick = Callable[[datetime], int]
Start = Callable[[], object]


@dataclass(frozen=True)
class Consumer:
    """A handler with the topics it wants; with ``own_transactions`` it runs outside any."""

    name: str
    topics: frozenset[str]
    handler: Handler
    own_transactions: bool = False
    label: str = ""


@dataclass(frozen=True)
class Ticker:
    """A function called about every ``every`` seconds, again and again until it returns 0."""

    name: str
    call: Tick
    every: float
    label: str = ""


CONSUMERS: dict[str, Consumer] = {}
TICKERS: dict[str, Ticker] = {}
STARTS: dict[str, Start] = {}


def consumer(
    name: str, topics: Iterable[str], *, own_transactions: bool = False, label: str = ""
) -> Callable[[Handler], Handler]:
    """Register a handler of ``(subject, topics)`` that makes the present state so.

    Repeats for one subject come as one call; calls for one subject never overlap. The handler
    runs inside the transaction that marks its errand done, so its database effects happen
    exactly once. With ``own_transactions`` it runs outside any transaction (for long work) and
    must bear being run twice. ``label`` is what operators read. An exception parks the subject
    and is tried again later. Raises ``ValueError`` when the name is taken.
    """

    def register(handler: Handler) -> Handler:
        _refuse_taken(CONSUMERS, name, "consumer")
        CONSUMERS[name] = Consumer(name, frozenset(topics), handler, own_transactions, label)
        return handler

    return register


def ticker(name: str, *, every: float = 10.0, label: str = "") -> Callable[[Tick], Tick]:
    """Register a function of the present moment that returns how many things it handled.

    It is called about every ``every`` seconds, each call in a transaction of its own and by one
    worker at a time, and again at once until it returns 0: handle a bounded batch each time.
    Raises ``ValueError`` when the name is taken.
    """

    def register(call: Tick) -> Tick:
        _refuse_taken(TICKERS, name, "ticker")
        TICKERS[name] = Ticker(name, call, every, label)
        return call

    return register


def at_start(name: str) -> Callable[[Start], Start]:
    """Register what a worker puts right before it begins; must bear two workers starting.

    Raises ``ValueError`` when the name is taken.
    """

    def register(start: Start) -> Start:
        _refuse_taken(STARTS, name, "start-up check")
        STARTS[name] = start
        return start

    return register


def label_of(name: str) -> str:
    """Return what operators read for a consumer or ticker; its name when it has no words."""
    known: Consumer | Ticker | None = CONSUMERS.get(name) or TICKERS.get(name)
    return (known.label if known else "") or name


def _refuse_taken(registered: Mapping[str, object], name: str, what: str) -> None:
    if name in registered:
        raise ValueError(f"there is a {what} {name!r} already; give yours another name")
