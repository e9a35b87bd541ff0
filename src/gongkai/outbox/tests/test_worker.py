"""What the worker promises, one sentence a test; killing it is in test_kills."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused
from gongkai.outbox import api, queries
from gongkai.outbox.models import Cursor, Errand, Message, Progress, Tick
from gongkai.outbox.worker import lease, sequencer, sweep

pytestmark = pytest.mark.django_db
Calls = list[tuple[str, set[str]]]


@pytest.fixture(autouse=True)
def _nothing_left_by_migrations(db: None) -> None:
    Message.objects.all().delete()


def _put(subject: str, topic: str = "things.changed") -> None:
    with transaction.atomic():
        api.put(topic, subject=f"test.thing:{subject}")


def _listen(name: str = "listener", topics: tuple[str, ...] = ("things.changed",)) -> Calls:
    calls: Calls = []
    api.consumer(name, topics)(lambda subject, named: calls.append((subject, named)))
    return calls


def _fail_on(subject: str, *, own_transactions: bool = False) -> Calls:
    """Listen with a handler that fails on one subject after it has written."""
    calls: Calls = []

    @api.consumer("failing", ["things.changed"], own_transactions=own_transactions)
    def handler(about: str, topics: set[str]) -> None:
        calls.append((about, topics))
        api.progress_begin(f"written:{about}", 1, "写入")
        if about == f"test.thing:{subject}":
            raise Refused(Refusal("test.no", "不行。"))

    return calls


def _later(minutes: int):
    return clock.at(clock.now() + timedelta(minutes=minutes))


def test_repeats_for_one_subject_come_as_one_call() -> None:
    calls = _listen(topics=("things.changed", "things.made"))
    _put("1", "things.made")
    _put("2")
    _put("1")
    assert api.drain() == 2
    assert calls == [
        ("test.thing:1", {"things.made", "things.changed"}),
        ("test.thing:2", {"things.changed"}),
    ]
    assert not Errand.objects.exists()
    assert api.drain() == 0


def test_each_consumer_has_its_own_cursor_and_topics() -> None:
    first = _listen("first")
    _put("1")
    api.drain()
    second = _listen("second", ("things.made",))
    third = _listen("third")
    _put("2", "things.made")
    api.drain()
    assert first == third == [("test.thing:1", {"things.changed"})]
    assert second == [("test.thing:2", {"things.made"})]
    assert set(Cursor.objects.values_list("position", flat=True)) == {2}


def test_what_is_rolled_back_is_never_told() -> None:
    calls = _listen()
    with transaction.atomic():
        api.put("things.changed", subject="test.thing:1")
        transaction.set_rollback(True)
    api.drain()
    assert calls == []


def test_a_handler_may_put_messages_that_run_in_the_same_drain() -> None:
    seen = _listen("second", ("things.made",))

    @api.consumer("first", ["things.changed"])
    def chain(subject: str, topics: set[str]) -> None:
        api.put("things.made", subject=subject)

    _put("1")
    api.drain()
    assert seen == [("test.thing:1", {"things.made"})]


@pytest.mark.parametrize("topic", ["changed", "Things.changed", "things.", "things changed"])
def test_a_malformed_topic_is_refused(topic: str) -> None:
    with pytest.raises(ValueError, match="topic"), transaction.atomic():
        api.put(topic, subject="test.thing:1")


def test_a_malformed_subject_is_refused() -> None:
    with pytest.raises(ValueError, match="record"), transaction.atomic():
        api.put("things.changed", subject="thing 1")


@pytest.mark.django_db(transaction=True)
def test_put_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        api.put("things.changed", subject="test.thing:1")


def test_a_failing_subject_is_parked_and_blocks_no_other() -> None:
    calls = _fail_on("1")
    _put("1")
    _put("2")
    api.drain()
    assert [subject for subject, _ in calls] == ["test.thing:1", "test.thing:2"]
    [parked] = api.parked()
    assert (parked.subject, parked.tries) == ("test.thing:1", 1)
    assert "不行" in parked.last_error
    assert parked.failed_at is not None
    assert parked.next_try_at > clock.now()
    # the handler's own writes went with its transaction
    assert Progress.objects.filter(key="written:test.thing:1").count() == 0
    assert Progress.objects.filter(key="written:test.thing:2").count() == 1


def test_later_events_of_a_parked_subject_wait_behind_it_and_join_it() -> None:
    calls = _listen("steady", ("things.changed", "things.made"))
    trouble = [True]

    @api.consumer("failing", ["things.changed", "things.made"])
    def handler(subject: str, topics: set[str]) -> None:
        if trouble:
            raise RuntimeError
        calls.append((f"failing {subject}", topics))

    _put("1")
    api.drain()
    _put("1", "things.made")
    api.drain()
    assert Errand.objects.filter(consumer="failing").count() == 2
    assert [e.tries for e in Errand.objects.order_by("id")] == [1, 0]
    trouble.clear()
    with _later(1):
        api.drain()
    assert calls[-1] == ("failing test.thing:1", {"things.changed", "things.made"})
    assert not Errand.objects.exists()


def test_waiting_doubles_and_ends_at_an_hour() -> None:
    _fail_on("1")
    _put("1")
    waits = []
    now = clock.now()
    for _ in range(12):
        with clock.at(now):
            api.drain()
        errand = Errand.objects.get()
        waits.append((errand.next_try_at - now).total_seconds())
        now = errand.next_try_at
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]


def test_operators_can_have_parked_work_tried_at_once() -> None:
    calls = _fail_on("1")
    _put("1")
    api.drain()
    api.drain()
    assert len(calls) == 1
    assert api.retry_parked("another") == 0
    assert api.retry_parked("failing") == 1
    api.drain()
    assert len(calls) == 2
    assert Errand.objects.get().tries == 2


def test_drain_can_be_strict_for_tests() -> None:
    _fail_on("1")
    _put("1")
    with pytest.raises(Refused):
        api.drain(strict=True)
    assert Errand.objects.get().tries == 1


def test_drain_keeps_to_its_limit() -> None:
    calls = _listen()
    for n in range(5):
        _put(str(n))
    assert api.drain(2) == 2
    assert len(calls) == 2
    assert api.drain() == 3


def test_long_work_runs_outside_the_errands_transaction_and_fails_like_the_rest() -> None:
    calls = _fail_on("1", own_transactions=True)
    _put("1")
    _put("2")
    api.drain()
    assert len(calls) == 2
    errand = Errand.objects.get()
    assert (errand.tries, errand.holder, errand.starts) == (1, "", 0)
    # its writes are its own and stay: such a handler must bear being run twice
    assert Progress.objects.filter(key="written:test.thing:1").exists()


@pytest.mark.django_db(transaction=True)
def test_long_work_is_outside_any_transaction() -> None:
    inside: list[bool] = []

    @api.consumer("long", ["things.changed"], own_transactions=True)
    def handler(subject: str, topics: set[str]) -> None:
        inside.append(connection.in_atomic_block)

    _put("1")
    api.drain()
    assert inside == [False]


def test_a_held_errand_is_left_alone_until_its_lease_ends() -> None:
    calls: Calls = []
    api.consumer("long", ["things.changed"], own_transactions=True)(
        lambda subject, topics: calls.append((subject, topics))
    )
    _put("1")
    sequencer.number_messages()
    sequencer.make_errands()
    Errand.objects.update(holder="elsewhere/12/ab", held_until=lease.until(), starts=1)
    assert api.drain() == 0
    with _later(2):
        assert api.drain() == 1
    assert len(calls) == 1


def test_a_lease_of_a_process_that_is_gone_counts_as_ended() -> None:
    calls = _long_listener()
    _put("1")
    sequencer.number_messages()
    sequencer.make_errands()
    gone = lease.ME.rpartition("/")[0] + "/another-run"  # our number, another start
    Errand.objects.update(holder=gone, held_until=lease.until(), starts=1)
    assert api.drain() == 1
    assert len(calls) == 1


def test_work_that_takes_its_worker_down_again_and_again_is_parked() -> None:
    calls = _long_listener()
    _put("1")
    sequencer.number_messages()
    sequencer.make_errands()
    gone = lease.ME.rpartition("/")[0] + "/another-run"
    Errand.objects.update(holder=gone, held_until=lease.until(), starts=3)
    api.drain()
    assert calls == []
    errand = Errand.objects.get()
    assert (errand.tries, errand.starts, errand.holder) == (1, 0, "")
    with _later(1):
        api.drain()
    assert len(calls) == 1


def _long_listener() -> Calls:
    calls: Calls = []
    api.consumer("long", ["things.changed"], own_transactions=True)(
        lambda subject, topics: calls.append((subject, topics))
    )
    return calls


def test_a_ticker_is_called_until_it_has_nothing_left() -> None:
    left = [3]

    @api.ticker("test.tick")
    def tick(now) -> int:
        left[0] -= left[0] > 0
        return left[0]

    assert api.drain() == 3  # 2 + 1, then 0
    assert Tick.objects.get().next_at > clock.now()


def test_a_failing_ticker_is_noted_rolled_back_and_tried_later() -> None:
    @api.ticker("test.tick")
    def tick(now) -> int:
        api.progress_begin("tick", 1, "写入")
        raise RuntimeError("坏了")

    api.drain()
    [tick_row] = api.failing_tickers()
    assert "坏了" in tick_row.last_error
    assert not Progress.objects.exists()


def test_a_name_can_be_taken_once() -> None:
    _listen("one")
    with pytest.raises(ValueError, match="another name"):
        _listen("one")


def test_progress_is_begun_stepped_and_ended() -> None:
    assert api.progress_of("reading:1") is None
    api.progress_begin("reading:1", 8, "正在读取")
    api.progress_step("reading:1", 3)
    found = api.progress_of("reading:1")
    assert found is not None
    assert (found["done"], found["total"], found["percent"], found["ended"]) == (3, 8, 38, False)
    api.progress_step("reading:1", 99, "快好了")
    assert api.progress_of("reading:1")["done"] == 8  # never more than the total
    api.progress_end("reading:1", "读完了")
    found = api.progress_of("reading:1")
    assert (found["outcome"], found["ended"], found["label"]) == ("读完了", True, "快好了")
    api.progress_step("reading:1", 1)
    assert api.progress_of("reading:1")["done"] == 8  # ended is ended
    api.progress_begin("reading:1", 0, "重新读取")
    assert api.progress_of("reading:1")["percent"] is None


def test_old_messages_go_when_every_consumer_has_passed_them() -> None:
    _listen("one")
    _put("1")
    api.drain()
    _listen("two")  # has not begun: keeps them
    with _later(60 * 24 * 31):
        assert sweep.sweep(clock.now()) == 0
        api.drain()
        _put("2")
        assert sweep.sweep(clock.now()) == 1
    assert Message.objects.get().subject == "test.thing:2"


def test_backlogs_say_how_far_behind() -> None:
    _fail_on("1")
    _put("1")
    api.drain()
    _put("2")
    assert queries.unnumbered() == 1
    [line] = api.backlogs()
    assert (line.consumer, line.unread, line.errands, line.parked) == ("failing", 0, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_until_it_is_told_to_stop() -> None:
    stop = threading.Event()
    ran = threading.Event()
    started: list[int] = []
    api.at_start("test.start")(lambda: started.append(1))
    api.at_start("test.broken")(lambda: 1 / 0)  # does not keep the worker from working

    @api.consumer("listener", ["things.changed"])
    def handler(subject: str, topics: set[str]) -> None:
        ran.set()

    thread = threading.Thread(target=api.run_worker, kwargs={"stop": stop, "pause_seconds": 0.01})
    thread.start()
    try:
        _put("1")
        assert ran.wait(20)
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()
    assert started == [1]
    assert not Errand.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_running_handler_does_not_stop_other_subjects_or_new_errands_on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    inside, go_on = threading.Event(), threading.Event()
    done: list[str] = []

    @api.consumer("listener", ["things.changed"])
    def handler(subject: str, topics: set[str]) -> None:
        if subject == "test.thing:slow":
            inside.set()
            assert go_on.wait(20)
        done.append(subject)

    _put("slow")
    stop = threading.Event()
    thread = threading.Thread(target=api.run_worker, kwargs={"stop": stop, "pause_seconds": 0.01})
    thread.start()
    try:
        assert inside.wait(20)
        _put("slow")
        _put("quick")
        api.drain()
        assert done == ["test.thing:quick"]
    finally:
        go_on.set()
        stop.set()
        thread.join(20)
    api.drain()
    assert done == ["test.thing:quick", "test.thing:slow", "test.thing:slow"]
