"""Which words each app owes to the glossary and the page of dates; reads no documentation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from importlib import import_module, util
from types import FunctionType, ModuleType

from django.apps import AppConfig, apps
from django.db import models

DATED = (models.DateField, models.DateTimeField)


def configs() -> list[AppConfig]:
    """Return the apps of the product."""
    return [c for c in apps.get_app_configs() if c.name.startswith("gongkai.")]


def module_of(config: AppConfig, name: str) -> ModuleType | None:
    """Return a module of an app, or None where it has none."""
    full = f"{config.name}.{name}"
    return import_module(full) if util.find_spec(full) else None


def state_values(states: ModuleType) -> Iterator[str]:
    """Yield every value of every enumeration that the module itself defines."""
    for thing in vars(states).values():
        own = isinstance(thing, type) and thing.__module__.startswith(states.__name__)
        if own and issubclass(thing, StrEnum):
            yield from (member.value for member in thing)


def public_actions(api: ModuleType, app: str) -> Iterator[str]:
    """Yield the verbs that an app offers: functions of its actions named in its api."""
    for name in getattr(api, "__all__", ()):
        thing = getattr(api, name)
        home = getattr(thing, "__module__", "")
        if isinstance(thing, FunctionType) and home.startswith(f"{app}.actions"):
            yield name


def owed_to_glossary(config: AppConfig) -> Iterator[str]:
    """Yield each state value, event and public action of an app."""
    states, api = module_of(config, "states"), module_of(config, "api")
    if states is not None:
        yield from state_values(states)
        yield from getattr(states, "EVENTS", {})
    if api is not None:
        yield from public_actions(api, config.name)


def owed_to_dates(config: AppConfig) -> Iterator[str]:
    """Yield each date and moment of an app's rows as ``Model.field``."""
    for model in config.get_models(include_auto_created=False):
        for field in model._meta.get_fields():
            if isinstance(field, DATED) and field.model is model:
                yield f"{model.__name__}.{field.name}"


def misnamed_dates(model: type[models.Model]) -> Iterator[str]:
    """Yield the dates not ending in _on, the moments not in _at, and neither in _until."""
    for field in model._meta.get_fields():
        if isinstance(field, models.DateField):
            ending = "_at" if isinstance(field, models.DateTimeField) else "_on"
            if not field.name.endswith((ending, "_until")):
                yield field.name


def unmentioned(words: Iterable[str], text: str) -> list[str]:
    """Return the words that stand nowhere in the text as words of their own."""
    return sorted(
        {word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)}
    )
