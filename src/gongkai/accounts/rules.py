"""Spans of posts and delegations, sign-in names and passwords as rules; no tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date

from gongkai.accounts.states import Role

_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9.]*[a-z0-9])?")
_WINDOW = re.compile(r"^\d+/(\d+(?:\.\d+)?)?([smhd])/")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def clean_username(text: str) -> str:
    """Return a sign-in name as it is kept: lower case, no spaces round it."""
    return text.strip().lower()


def is_username(name: str) -> bool:
    """Say whether a clean sign-in name is made of letters, digits and dots inside."""
    return 2 <= len(name) <= 50 and bool(_USERNAME.fullmatch(name)) and ".." not in name


def spans_meet(start: date, end: date, other_start: date, other_end: date) -> bool:
    """Say whether two spans of days, ends included, share a day."""
    return start <= other_end and other_start <= end


def overlap(path: str, other: str) -> bool:
    """Say whether one of two unit paths is the other or lies below it."""
    return path.startswith(other) or other.startswith(path)


def stands_apart(role: Role, held: Iterable[Role]) -> bool:
    """Say whether a role and those held already may not meet in one person.

    Who audits a unit does nothing else there: nobody checks their own work.
    """
    others = set(held) - {role}
    return bool(others) if role is Role.AUDITOR else Role.AUDITOR in others


def widest(paths: Collection[str]) -> tuple[str, ...]:
    """Leave out the paths that lie below another of them."""
    return tuple(
        sorted(p for p in set(paths) if not any(p != q and p.startswith(q) for q in paths))
    )


def classes_in(password: str) -> int:
    """Count which of lower case, upper case, digits and other characters a password has."""
    tests = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    return sum(any(test(c) for c in password) for test in tests)


def lock_minutes(rates: str) -> int:
    """Return for how many minutes a sign-in stays locked at most.

    ``rates`` is written as the sign-in library reads it ("5/15m/key,30/15m/ip").
    """
    seconds = [
        float(found[1] or 1) * _SECONDS[found[2]]
        for rate in rates.split(",")
        if (found := _WINDOW.match(rate.strip()))
    ]
    return max(1, round(max(seconds, default=60) / 60))


ASYMMETRIC = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")


def asymmetric(algorithms: Iterable[str]) -> list[str]:
    """Keep the ways of signing that only the holder of a private key can."""
    return [name for name in ASYMMETRIC if name in set(algorithms)]


def same_issuer(said: str, wanted: str) -> bool:
    """Say whether a sign-on is the one that was set; a slash at the end is no difference."""
    return bool(said) and said.rstrip("/") == wanted.rstrip("/")


_PLACES = (
    ("HarmonyOS", "鸿蒙手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Android", "安卓手机"),
    ("UOS", "统信电脑"),
    ("Kylin", "麒麟电脑"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("QQBrowser", "QQ浏览器"),
    ("360", "360浏览器"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device(user_agent: str) -> str:
    """Return what somebody signs in with, in words a person recognises; never for decisions."""
    place = next((word for mark, word in _PLACES if mark in user_agent), "其他设备")
    browser = next((word for mark, word in _BROWSERS if mark in user_agent), "其他浏览器")
    return f"{place}，{browser}"
