"""Every value of every column has a word for screens."""

from __future__ import annotations

import importlib
import pkgutil
from enum import StrEnum

import pytest

import gongkai
from gongkai.kernel.words import Worded


class Light(Worded):
    GREEN = "green", "绿灯"
    RED = "red", "红灯"


def test_a_member_is_its_value_and_carries_its_word() -> None:
    assert Light.GREEN == "green"
    assert f"{Light.GREEN}" == "green"
    assert Light("red") is Light.RED
    assert Light.RED.label == "红灯"
    assert Light.pairs() == [("green", "绿灯"), ("red", "红灯")]
    with pytest.raises(ValueError, match="blue"):
        Light("blue")


def worded() -> list[type[Worded]]:
    """Return every such enumeration of the apps."""
    found = []
    for app in pkgutil.iter_modules(gongkai.__path__):
        try:
            states = importlib.import_module(f"gongkai.{app.name}.states")
        except ModuleNotFoundError:
            continue
        found += [one for one in vars(states).values() if isinstance(one, type)]
    return [one for one in found if issubclass(one, StrEnum) and one is not Worded]


@pytest.mark.parametrize("kind", worded(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_no_value_lacks_its_word(kind: type[StrEnum]) -> None:
    assert issubclass(kind, Worded)
    words = [member.label for member in kind]
    assert all(words)
    assert len(set(words)) == len(words)
