"""What every page gets: navigation, banners, type size. Registers what apps add; no queries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest

from gongkai.ui import navigation

TYPE_COOKIE = "gongkai_type"
LARGE = "large"


@dataclass(frozen=True)
class Banner:
    """A line above the page; ``warning`` is announced, ``note`` is not."""

    text: str
    tone: Literal["note", "warning"] = "note"
    url: str = ""
    label: str = ""


BannerSource = Callable[[HttpRequest], Banner | None]
_BANNERS: dict[str, BannerSource] = {}
_BYLINE: list[Callable[[HttpRequest], str]] = []


def banner(name: str, source: BannerSource) -> None:
    """Declare a banner: ``source`` is asked on each page and answers None for nothing."""
    _BANNERS[name] = source


def byline(source: Callable[[HttpRequest], str]) -> None:
    """Declare who writes the line under a person's name (say, the post held now)."""
    _BYLINE[:] = [source]


class Shell:
    """The frame of a page; everything is looked up only when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def entries(self) -> list[navigation.Shown]:
        """All navigation entries."""
        return navigation.entries_for(self.request)

    @property
    def work(self) -> list[navigation.Shown]:
        """The entries of daily work."""
        return [e for e in self.entries if e.group == navigation.WORK]

    @property
    def more(self) -> list[navigation.Shown]:
        """The entries under 更多."""
        return [e for e in self.entries if e.group == navigation.MORE]

    @property
    def more_is_here(self) -> bool:
        """Whether this page lies under 更多."""
        return any(e.current for e in self.more)

    @property
    def admin(self) -> list[navigation.Shown]:
        """The entries under 管理."""
        return [e for e in self.entries if e.group == navigation.ADMIN]

    @property
    def admin_is_here(self) -> bool:
        """Whether this page lies under 管理."""
        return any(e.current for e in self.admin)

    @cached_property
    def banners(self) -> list[Banner]:
        """What is to be said above this page."""
        found = (source(self.request) for source in _BANNERS.values())
        return [b for b in found if b is not None]

    @property
    def large(self) -> bool:
        """Whether large type is on."""
        return self.request.COOKIES.get(TYPE_COOKIE) == LARGE

    @cached_property
    def signed_in(self) -> bool:
        """Whether somebody is signed in."""
        user = getattr(self.request, "user", None)
        return bool(user is not None and user.is_authenticated)

    @cached_property
    def name(self) -> str:
        """The name of whoever is signed in."""
        user = getattr(self.request, "user", None)
        return str(getattr(user, "full_name", "") or user) if self.signed_in else ""

    @cached_property
    def byline(self) -> str:
        """The post of whoever is signed in, when an app declared how to say it."""
        return _BYLINE[0](self.request) if self.signed_in and _BYLINE else ""

    @property
    def demo(self) -> bool:
        """Whether this is the demo."""
        return bool(settings.DEMO)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: everything the frame needs, under one name."""
    return {"shell": Shell(request)}
