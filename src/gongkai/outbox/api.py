"""The door of the outbox: what other apps may use."""

from gongkai.outbox.actions import progress_begin, progress_end, progress_step, put, put_many
from gongkai.outbox.policies import page_gate
from gongkai.outbox.queries import backlogs, failing_tickers, parked, progress_of
from gongkai.outbox.registry import at_start, consumer, ticker
from gongkai.outbox.worker import drain, retry_parked, run_worker

__all__ = [
    "at_start",
    "backlogs",
    "consumer",
    "drain",
    "failing_tickers",
    "page_gate",
    "parked",
    "progress_begin",
    "progress_end",
    "progress_of",
    "progress_step",
    "put",
    "put_many",
    "retry_parked",
    "run_worker",
    "ticker",
]
