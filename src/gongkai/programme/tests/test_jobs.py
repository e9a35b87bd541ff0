"""What the worker does for programmes survives being cut short between any two of its writes."""

from __future__ import annotations

import pytest

from gongkai.outbox import api as outbox
from gongkai.programme import actions, jobs
from gongkai.programme.tests.factories import TABLE
from gongkai.reading.source import Unreadable

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Stands for the end of the process: nothing in the product catches it."""


def dies(*_):
    raise Killed


def cannot(*_, **__):
    raise Unreadable("too_large", "文件太长。")


@pytest.mark.parametrize(
    ("reader", "state", "outcome"),
    [(jobs.load, "read", "done"), (cannot, "unreadable", "failed")],
    ids=["read", "unreadable"],
)
def test_a_worker_that_dies_at_the_end_of_a_reading_leaves_no_progress_open(
    world, monkeypatch, reader, state, outcome
):
    document = actions.receive_document(
        actor=world.own.openness_office, body=world.own.body, upload=TABLE.encode(), name="a.txt"
    )
    subject, key = f"programme.document:{document.pk}", f"reading:{document.pk}"
    monkeypatch.setattr(jobs, "load", reader)
    with monkeypatch.context() as patched:
        patched.setattr(outbox, "progress_end", dies)
        with pytest.raises(Killed):
            jobs.read_document(subject, set())
    document.refresh_from_db()
    assert document.state == "received"
    assert not outbox.progress_of(key)["ended"]

    jobs.read_document(subject, set())
    document.refresh_from_db()
    assert document.state == state
    assert outbox.progress_of(key)["outcome"] == outcome
