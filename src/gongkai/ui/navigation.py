"""The registry of navigation entries; each app declares its own when Django starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from gongkai.ui.people import Person

WORK = "work"
MORE = "more"
"""What is opened now and then: under 更多, where the bar is short."""

ADMIN = "admin"


def everybody(user: Person) -> bool:
    """Show an entry to everyone who is signed in."""
    return True


@dataclass(frozen=True)
class Entry:
    """One place in the navigation; ``badge`` counts what is new there."""

    label: str
    url_name: str
    order: int
    shows: Callable[..., bool]
    group: str = WORK
    badge: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True)
class Shown:
    """An entry as one person sees it on one page."""

    label: str
    url: str
    current: bool
    group: str
    badge: int


_ENTRIES: dict[str, Entry] = {}
_WITHIN: dict[str, str] = {}
"""Addresses without an entry of their own → the entry that is lit there."""


def entry(
    label: str,
    url_name: str,
    order: int,
    shows: Callable[..., bool] = everybody,
    *,
    group: str = WORK,
    badge: Callable[[HttpRequest], int] | None = None,
) -> None:
    """Declare a navigation entry; ``group`` MORE puts it under 更多, ADMIN under 管理.

    Repeating is harmless.
    """
    _ENTRIES[url_name] = Entry(label, url_name, order, shows, group, badge)


def lies_within(prefix: str, url_name: str) -> None:
    """Light another app's entry on the pages under ``prefix``; repeating is harmless."""
    _WITHIN[prefix] = url_name


def entries_for(request: HttpRequest) -> list[Shown]:
    """Return what the signed-in person of this request sees, in order; nothing when signed out."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    found = [
        (entry, url)
        for entry in sorted(_ENTRIES.values(), key=lambda e: (e.order, e.url_name))
        if (url := _url(entry)) and entry.shows(user)
    ]
    here = _lit(request.path) or _nearest([url for _, url in found], request.path)
    return [
        Shown(e.label, url, url == here, e.group, e.badge(request) if e.badge else 0)
        for e, url in found
    ]


def _url(entry: Entry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""


def _lit(path: str) -> str:
    """Return the address of the entry under which another app has put this page."""
    return next((reverse(name) for at, name in _WITHIN.items() if path.startswith(at)), "")


def _nearest(urls: list[str], path: str) -> str:
    """Return the longest of the addresses under which the path lies; home only for itself."""
    fits = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(fits, key=len, default="")
