"""Every word, date and setting of the code is bound to the words of the field in docs/."""

from __future__ import annotations

import re
from enum import StrEnum
from types import ModuleType

import pytest

from config import env
from tests.guards import sources, words
from tests.guards.sources import ROOT

# Names of the framework's own columns, and the two that are names of the ledger itself.
NOT_NAMED_BY_US = {"last_login", "at", "on"}


def page(folder: str, config) -> str:
    path = ROOT / "docs" / folder / f"{config.label}.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.mark.parametrize("config", words.configs(), ids=lambda c: c.label)
def test_states_events_and_verbs_are_in_the_glossary(config):
    missing = words.unmentioned(words.owed_to_glossary(config), page("glossary", config))
    assert not missing, (
        f"docs/glossary/{config.label}.md must bind these to the words of the field "
        f"(中文 | identifier | source | meaning): {missing}"
    )


@pytest.mark.parametrize("config", words.configs(), ids=lambda c: c.label)
def test_every_date_says_who_sets_it_and_for_what(config):
    owed = [name for name in words.owed_to_dates(config) if not name.endswith(".last_login")]
    missing = words.unmentioned(owed, page("dates", config))
    assert not missing, (
        f"docs/dates/{config.label}.md must say who sets these, when, and for what: {missing}"
    )


@pytest.mark.parametrize("config", words.configs(), ids=lambda c: c.label)
def test_dates_end_in_on_and_moments_in_at(config):
    found = [
        f"{model.__name__}.{name}"
        for model in config.get_models()
        for name in words.misnamed_dates(model)
        if name not in NOT_NAMED_BY_US
    ]
    assert not found, f"a day ends in _on, a moment in _at, a span's end in _until: {found}"


def test_every_setting_is_on_the_page_of_settings():
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    missing = words.unmentioned(env.KNOWN, text)
    assert not missing, f"run make docs: {missing}"


def test_every_variable_that_is_read_anywhere_is_on_that_page():
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    read = set()
    for path in sources.kept():
        if path.endswith((".py", ".md", "Makefile")) or path.startswith(".ci/"):
            found = re.findall(r"\bGONGKAI_[A-Z_]*[A-Z]\b", (ROOT / path).read_text("utf-8"))
            read |= set(found)
    assert not words.unmentioned(read, text)


# -- the checks themselves ------------------------------------------------------------------------


class Mood(StrEnum):
    """An enumeration of the module that is examined."""

    GOOD = "good"
    IN_DOUBT = "in_doubt"


def a_module(name: str, **things) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(things)
    return made


def test_values_are_taken_from_the_own_enumerations_alone():
    here = a_module(__name__, Mood=Mood, Other=StrEnum("Other", {"X": "x"}, module="elsewhere"))
    assert list(words.state_values(here)) == ["good", "in_doubt"]


def test_verbs_are_functions_of_the_actions():
    def begin() -> None: ...
    def look() -> None: ...

    begin.__module__, look.__module__ = "gongkai.x.actions.verbs", "gongkai.x.queries"
    api = a_module("gongkai.x.api", __all__=["Mood", "begin", "look"], begin=begin, look=look)
    api.Mood = Mood
    assert list(words.public_actions(api, "gongkai.x")) == ["begin"]


@pytest.mark.parametrize(
    ("word", "text", "there"),
    [
        ("open", "| 在办 | `open` |", True),
        ("open", "| 在办 | `State.open` |", True),
        ("open", "reopened", False),
        ("open", "`reopen_for`", False),
        ("half-yearly", "每半年 `half-yearly`", True),
        ("yearly", "每半年 `half-yearly`", False),
        ("duties.met", "event `duties.met`", True),
        ("duties.met", "event `duties.met_late`", False),
    ],
)
def test_a_word_is_found_as_a_word(word, text, there):
    assert (words.unmentioned([word], text) == []) is there
