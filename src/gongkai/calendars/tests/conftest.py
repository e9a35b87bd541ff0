"""The fixtures that all tests of this app share."""

from gongkai.accounts.tests.world import world

__all__ = ["world"]
