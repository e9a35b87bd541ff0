"""A visitor who signs in, presses buttons by their words, and looks at every page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.urls import reverse

from gongkai.demo.city import City
from gongkai.outbox import api as outbox
from gongkai.programme import api as programme
from gongkai.programme.tests.factories import TABLE

PASSWORD = "Qingjiang-Journey-1"


class Journey:
    """A visitor with the habits of these tests: look at both widths, find nothing wrong."""

    def __init__(self, visitor: Any, name: str) -> None:
        self.visitor = visitor
        self.page = visitor.page
        self.name = name
        self.wrong: list[str] = []
        visitor.page.set_default_timeout(30_000)

    def look(self, name: str) -> None:
        """Picture and axe at both widths, as it stands and with everything opened."""
        width = self.page.viewport_size["width"]
        for sit in (self.visitor.wide, self.visitor.narrow):
            sit()
            self.visitor.check()
            self.visitor.shot(f"{self.name}-{name}")
            self._axe(name)
        opened = "document.querySelectorAll('details').forEach(one => { one.open = %s })"
        if self.page.locator("details:not([open])").count():
            self.page.evaluate(opened % "true")
            self.visitor.check()
            self._axe(f"{name} opened")
            self.visitor.shot(f"{self.name}-{name}-opened")
            self.page.reload()
        self.visitor.wide() if width > 1000 else self.visitor.narrow()

    def _axe(self, name: str) -> None:
        self.wrong += [f"{name}: {line}" for line in self.visitor.axe()]

    def press(self, button: str, *, within: Any = None) -> None:
        """Press a button by its words and wait for the page that follows."""
        place = within or self.page.locator("main")
        with self.page.expect_navigation():
            place.get_by_role("button", name=button, exact=True).first.click()
        self.visitor.check()

    def follow(self, link: Any) -> None:
        """Follow a link and wait for the page it leads to."""
        with self.page.expect_navigation():
            link.click()
        self.visitor.check()

    def sign_in(self, username: str) -> None:
        """Type name and password on the sign-in page."""
        self.page.context.clear_cookies()
        self.visitor.go(reverse("account_login"))
        self.page.locator("input[name=login]").fill(username)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.press("登录")


def wait_until(true: Callable[[], bool]) -> None:
    """Let the worker do its part; what the page shows follows the record."""
    for _ in range(200):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("the worker did not come to it in twenty seconds")


def opened(journey: Journey, words: str) -> Any:
    """Open a button's form by its words and return the form."""
    act = journey.page.locator("details", has=journey.page.locator("summary", has_text=words))
    act.locator("summary").first.click()
    return act.locator("form").first


def bound_table(city: City, year: int) -> programme.Programme:
    """Bind the short division table for a year, as the openness office would."""
    office = city.people["zhoumin"]
    document = programme.receive_document(
        actor=office, body=city.bureau, upload=TABLE.encode(), name="责任分工表.txt"
    )
    outbox.drain()
    document.refresh_from_db()
    for name in document.names.filter(settled=False):
        units = [city.units["办公室"]]
        programme.settle_name(name, actor=office, units=units, expected=name.version)
    programme.accept_clear(document, actor=office)
    for proposal in document.proposals.filter(state="proposed"):
        programme.drop(proposal, actor=office, expected=proposal.version, reason="不单列")
    document.refresh_from_db()
    return programme.bind(document, actor=office, expected=document.version, year=year)
