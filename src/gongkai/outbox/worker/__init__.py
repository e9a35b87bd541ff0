"""The worker: numbers messages, turns them into errands, runs them, calls tickers."""

from gongkai.outbox.worker.errands import retry_parked
from gongkai.outbox.worker.loop import drain, run_worker

__all__ = ["drain", "retry_parked", "run_worker"]
