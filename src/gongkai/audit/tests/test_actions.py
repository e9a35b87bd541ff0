"""Recording, sealing, anchors: what is written, what is refused."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from gongkai.audit import actions, api
from gongkai.audit.models import AuditEvent, Seal, Unsealed
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.outbox.models import Message

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def _record(event: str = "things.changed", subject: str = "test.thing:1", **more: Any):
    with transaction.atomic():
        return api.record(event, subject=subject, actor=more.pop("actor", None), **more)


def test_an_event_says_who_what_where_and_is_told_to_the_outbox(user: Any, unit: Any) -> None:
    event = _record(actor=user, unit=unit, also=["test.other:2", user], days=5, on=date(2026, 3, 1))
    kept = AuditEvent.objects.get(pk=event.pk)
    assert (kept.actor_id, kept.actor_name) == (user.pk, "张三")
    assert (kept.unit_id, kept.unit_path, kept.unit_name) == (5, "/1/5/", "科技科")
    assert kept.facts == {"days": 5, "on": "2026-03-01"}
    assert kept.also == ["test.other:2", f"accounts.user:{user.pk}"]
    assert kept.algorithm == "sha256"
    message = Message.objects.latest("id")
    assert (message.topic, message.subject) == ("things.changed", "test.thing:1")
    assert message.data == {"event": event.pk}


def test_without_actor_it_was_the_system_and_a_delegation_names_both(user: Any) -> None:
    assert _record().actor_name == "系统"
    event = _record(actor=user, on_behalf_of=user)
    assert (event.actor_name, event.acting_for_name) == ("张三", "张三")
    [entry, _] = api.timeline("test.thing:1")
    assert entry.facts["acting_for"] == "张三"


def test_an_undeclared_event_is_refused_and_leaves_nothing() -> None:
    before = AuditEvent.objects.count()
    with pytest.raises(api.UndeclaredEvent, match=r"states\.EVENTS"):
        _record("things.unheard_of")
    assert AuditEvent.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        api.record("things.changed", subject="test.thing:1", actor=None)


def test_a_malformed_subject_is_refused() -> None:
    with pytest.raises(ValueError, match="record"):
        _record(subject="some thing")


def test_a_label_cannot_be_declared_twice_differently() -> None:
    api.declare_events({"things.changed": "改动事项"})
    with pytest.raises(ValueError, match="already"):
        api.declare_events({"things.changed": "别的"})


def test_the_timeline_is_newest_first_by_pages_and_shows_what_also_names_it() -> None:
    first = _record()
    second = _record("things.made", subject="test.other:2", also=["test.thing:1"])
    third = _record()
    _record(subject="test.other:3")
    assert [e.id for e in api.timeline("test.thing:1")] == [third.pk, second.pk, first.pk]
    assert [e.id for e in api.timeline("test.thing:1", limit=1)] == [third.pk]
    assert [e.id for e in api.timeline("test.thing:1", before=third.pk)] == [second.pk, first.pk]
    assert [e.label for e in api.timeline("test.other:2")] == ["新建事项"]


def test_a_look_names_fields_and_reason_never_values(user: Any) -> None:
    event = api.looked("test.person:1", actor=user, fields=["phone"], why="核对申请人")
    assert event.event == "audit.looked"
    assert event.facts == {"fields": ["phone"], "why": "核对申请人"}


def test_a_keyed_digest_tells_the_same_from_other_and_hangs_on_the_key(
    settings: Settings,
) -> None:
    digest = api.keyed_digest("张三")
    assert digest == api.keyed_digest(" 张三 ") != api.keyed_digest("李四")
    assert digest.startswith("sha256:")
    settings.DATA_KEY = "another"
    assert api.keyed_digest("张三") != digest
    settings.AUDIT_HASH = "sm3"
    assert api.keyed_digest("张三").startswith("sm3:")


def test_sealing_numbers_without_gaps_in_order_of_writing() -> None:
    while actions.seal():
        pass
    last = Seal.objects.count()
    events = [_record() for _ in range(3)]
    assert actions.seal() == 3
    assert actions.seal() == 0
    seals = Seal.objects.filter(sequence__gt=last).order_by("sequence")
    assert [(s.sequence - last, s.event_id) for s in seals] == [
        (n, e.pk) for n, e in enumerate(events, start=1)
    ]
    assert not Unsealed.objects.exists()


def test_another_algorithm_goes_on_from_the_same_chain(settings: Settings) -> None:
    _record()
    actions.seal()
    settings.AUDIT_HASH = "sm3"
    _record()
    actions.seal()
    assert Seal.objects.latest("sequence").algorithm == "sm3"
    assert Seal.objects.latest("sequence").event.algorithm == "sm3"
    assert api.verify().ok


def test_an_anchor_holds_the_head_of_its_day_and_fits_the_chain(anchors: Path) -> None:
    evening = datetime(2027, 3, 18, 20, tzinfo=SHANGHAI)
    with clock.at(evening):
        _record()
        actions.seal()
        head = Seal.objects.latest("sequence")
    with clock.at(evening + timedelta(days=1)):
        _record()
        actions.seal()
        path = actions.export_anchor(date(2027, 3, 18))
    anchor = json.loads(path.read_text())
    assert path == anchors / f"2027-03-18-{head.sequence:09d}.json"
    assert (anchor["day"], anchor["sequence"], anchor["link"]) == (
        "2027-03-18",
        head.sequence,
        head.link,
    )
    assert "-----" not in path.read_text()
    verdict = api.verify(path)
    assert verdict.ok, verdict.sentence
    assert verdict.checked == Seal.objects.count()


def test_exporting_again_changes_nothing_and_records_once() -> None:
    day = clock.today()
    _record()
    actions.seal()
    path = actions.export_anchor(day)
    before = path.read_text()
    assert actions.export_anchor(day) == path
    assert path.read_text() == before
    assert AuditEvent.objects.filter(event="audit.anchor_exported").count() == 1


def test_with_nothing_sealed_there_is_no_anchor() -> None:
    with pytest.raises(Refused) as refused:
        actions.export_anchor(date(2003, 1, 1))
    assert refused.value.codes == {"audit.nothing_sealed"}


def test_the_daily_ticker_exports_yesterday_once(anchors: Path) -> None:
    evening = datetime(2027, 3, 18, 20, tzinfo=SHANGHAI)
    with clock.at(evening):
        _record()
        actions.seal()
    next_day = evening + timedelta(hours=8)
    with clock.at(next_day):
        assert actions.export_yesterday(next_day) == 1
        assert actions.export_yesterday(next_day) == 0
    assert [path.name[:10] for path in anchors.glob("*.json")] == ["2027-03-18"]


def test_two_sealers_at_once_are_harmless(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second counts from what the first has taken meanwhile: it fails whole."""
    _record()
    actions.seal()
    _record()
    before = Seal.objects.count()
    monkeypatch.setattr(Seal.objects, "order_by", lambda *_: Seal.objects.filter(pk=0))
    assert actions.seal() == 0
    monkeypatch.undo()
    assert Seal.objects.count() == before
    assert actions.seal() == 1
