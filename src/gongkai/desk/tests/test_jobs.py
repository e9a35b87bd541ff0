"""What runs in the background is named for the people who watch over it."""

from __future__ import annotations

from gongkai.outbox import registry


def test_every_job_of_the_product_says_in_chinese_what_it_does() -> None:
    jobs = [*registry.CONSUMERS.values(), *registry.TICKERS.values()]
    assert jobs
    assert [job.name for job in jobs if not job.label or job.label.isascii()] == []
