"""Fixtures for every test: a real browser that lets nothing slip, shared by all journeys."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as properties

# Lets transactional tests empty the database although audit refuses UPDATE and DELETE.
pytest_plugins = ["gongkai.audit.tests.flushing", "gongkai.accounts.tests.world"]

# A property is right or wrong, never too slow: a busy machine fails no test. Speed is `make bench`.
UNTIMED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
properties.register_profile("untimed", **UNTIMED)
# What `make soak` runs the property tests with; those that name a number of examples keep to it.
properties.register_profile("soak", max_examples=2_000, **UNTIMED)
properties.load_profile("untimed")

SHOTS = Path(__file__).parent / "shots"
WIDE = (1280, 800)
NARROW = (390, 844)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_STATUS = re.compile(r"Failed to load resource: .*status of (\d{3})")


def chromium() -> str | None:
    """Return the path of the browser, from GONGKAI_CHROMIUM or as it is installed."""
    named = os.environ.get("GONGKAI_CHROMIUM", "")
    return named or shutil.which("chromium") or shutil.which("chromium-browser")


class Visitor:
    """A person at a browser.

    What the console says of errors, what the content policy blocks and what sticks out sideways
    on a phone is collected in ``complaints`` and fails the test at its end. ``expects`` names the
    statuses of refusals that a journey means to meet.
    """

    def __init__(self, page: Any, base: str) -> None:
        self.page = page
        self.base = base
        self.complaints: list[str] = []
        self.expected: set[int] = set()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def _heard(self, message: Any) -> None:
        if message.type != "error":
            return
        status = _STATUS.search(message.text)
        if status and int(status[1]) in self.expected:
            return
        self.complaints.append(f"console at {self.page.url}: {message.text}")

    def expects(self, *statuses: int) -> None:
        """Let these statuses pass: the journey means to be refused."""
        self.expected.update(statuses)

    def go(self, path: str) -> Any:
        """Open a page and check how it stands; returns the browser's page."""
        self.page.goto(self.base + path)
        self.check()
        return self.page

    def wide(self) -> None:
        """Sit at a desk."""
        self.page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})

    def narrow(self) -> None:
        """Hold a phone."""
        self.page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})

    def sign_in(self, user: Any) -> None:
        """Be this user from now on, without typing the password."""
        from django.conf import settings
        from django.test import Client

        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.base}
        self.page.context.add_cookies([cookie])

    def check(self) -> None:
        """Complain when the page is wider than the window."""
        self.page.wait_for_load_state()  # a link that was pressed may still be on its way
        inner, needed = self.page.evaluate(
            "[document.documentElement.clientWidth, document.documentElement.scrollWidth]"
        )
        if needed > inner:
            self.complaints.append(f"{self.page.url} is {needed} px wide in {inner}")

    def axe(self) -> list[str]:
        """Return what axe finds wrong with the page, one line for each place."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.page).response["violations"]
        return [
            f"{v['id']}: {v['help']} — {' '.join(map(str, node['target']))}"
            for v in found
            for node in v["nodes"]
        ]

    def shot(self, name: str) -> Path:
        """Keep a picture of the whole page in ``shots/``, named with the window's width."""
        SHOTS.mkdir(exist_ok=True)
        path = SHOTS / f"{name}-{self.page.viewport_size['width']}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def look(self, path: str, name: str) -> list[str]:
        """Open a page at both widths, keep pictures, and return what axe finds on either."""
        found = []
        for sit in (self.wide, self.narrow):
            sit()
            self.go(path)
            self.shot(name)
            found += self.axe()
        self.wide()
        return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the whole run; its tests are skipped where there is none."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium here; install it or name it in GONGKAI_CHROMIUM")
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, and Django would take that for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chrome
        chrome.close()


@pytest.fixture
def browser_page(browser: Any, live_server: Any) -> Iterator[Visitor]:
    """Give a visitor with a fresh browser at the live server; complaints fail the test."""
    size = {"width": WIDE[0], "height": WIDE[1]}
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
    visitor = Visitor(context.new_page(), live_server.url)
    yield visitor
    context.close()
    if visitor.complaints:
        pytest.fail("\n".join(visitor.complaints))
