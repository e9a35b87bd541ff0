"""What the shell needs to know of whoever is signed in; the model itself is in accounts."""

from __future__ import annotations

from typing import Protocol


class Person(Protocol):
    """A user as the shell sees one."""

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is signed in."""
