"""How long to wait after failures, as plain numbers; no tables, no clock."""

from __future__ import annotations

FIRST_WAIT = 5.0  # seconds after the first failure
LONGEST_WAIT = 3600.0  # an hour: nothing is given up, it is tried for ever
CRASHES_BORNE = 3  # a handler that took its worker down so often waits like a failed one


def wait_after(tries: int, first: float = FIRST_WAIT) -> float:
    """Return the seconds to wait after so many failures: doubled each time, at most an hour."""
    return min(first * 2.0 ** min(max(tries, 1) - 1, 30), LONGEST_WAIT)
