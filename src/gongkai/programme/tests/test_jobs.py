"""What the worker does for programmes survives being cut short between any two of its writes."""

from __future__ import annotations

import pytest

from gongkai.outbox import api as outbox
from gongkai.programme import actions, jobs
from gongkai.programme.tests.factories import TABLE

pytestmark = pytest.mark.django_db
DAMAGED = b"%PDF-1.7\n" + b"broken" * 50


@pytest.fixture
def side(world):
    return world.own


class Killed(BaseException):
    """Stands for the end of the process: nothing in the product catches it."""


@pytest.mark.parametrize(
    ("data", "name", "state", "outcome"),
    [(TABLE.encode(), "a.txt", "read", "done"), (DAMAGED, "a.pdf", "unreadable", "failed")],
    ids=["read", "unreadable"],
)
def test_a_worker_that_dies_at_the_end_of_a_reading_leaves_no_progress_open(
    side, monkeypatch, data, name, state, outcome
):
    document = actions.receive_document(
        actor=side.openness_office, body=side.body, upload=data, name=name
    )
    subject, key = f"programme.document:{document.pk}", f"reading:{document.pk}"

    def dies(*_):
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(outbox, "progress_end", dies)
        jobs.read_document(subject, set())
    document.refresh_from_db()
    assert document.state == "received"
    assert not outbox.progress_of(key)["ended"]

    jobs.read_document(subject, set())
    document.refresh_from_db()
    assert document.state == state
    assert outbox.progress_of(key)["outcome"] == outcome
