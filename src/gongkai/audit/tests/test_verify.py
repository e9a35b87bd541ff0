"""Whoever gets past the triggers is found: each kind of tampering is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from gongkai.audit import actions, api
from gongkai.audit.models import AuditEvent, Mention, Seal, Unsealed, triggers
from gongkai.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain() -> list[Seal]:
    """Five links; what migrations recorded comes before them."""
    for n in range(5):
        with transaction.atomic():
            api.record("things.changed", subject=f"test.thing:{n}", actor=None, n=n)
    while actions.seal():
        pass
    return list(Seal.objects.order_by("-sequence")[:5])[::-1]


@pytest.fixture
def tamper() -> Callable[[Callable[[], object]], None]:
    """Do something behind the triggers' back."""

    def do(act: Callable[[], object]) -> None:
        connection.check_constraints()  # PostgreSQL alters no table with checks pending
        with triggers.lifted(connection):
            act()
            connection.check_constraints()

    return do


def _event(seal: Seal):
    return AuditEvent.objects.filter(pk=seal.event_id)


def test_an_untouched_chain_is_whole(chain: list[Seal]) -> None:
    verdict = api.verify()
    assert verdict.ok
    assert verdict.checked == chain[-1].sequence
    assert verdict.first_broken is None
    assert "链完整" in verdict.sentence


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("event", "things.made"),
        ("actor_name", "李四"),
        ("subject", "test.thing:99"),
        ("facts_text", '{"n":99}'),
        ("unit_path", "/9/"),
        ("acting_for_name", "王五"),
        ("algorithm", "sm3"),
        ("hash", "0" * 64),
    ],
)
def test_a_changed_event_is_the_first_broken_link(
    chain: list[Seal], tamper: Callable, field: str, value: str
) -> None:
    tamper(lambda: _event(chain[2]).update(**{field: value}))
    verdict = api.verify()
    assert not verdict.ok
    assert verdict.first_broken == chain[2].sequence
    assert verdict.checked == chain[1].sequence
    assert f"第 {chain[2].sequence} 环" in verdict.sentence


def test_a_changed_event_with_its_hash_mended_is_found_too(
    chain: list[Seal], tamper: Callable
) -> None:
    def forge() -> None:
        event = _event(chain[1]).get()
        event.actor_name = "李四"
        from gongkai.audit.queries.chain import hash_of

        _event(chain[1]).update(actor_name="李四", hash=hash_of(event))

    tamper(forge)
    assert api.verify().first_broken == chain[1].sequence


def test_a_missing_link_is_named(chain: list[Seal], tamper: Callable) -> None:
    tamper(lambda: Seal.objects.filter(pk=chain[2].pk).delete())
    verdict = api.verify()
    assert verdict.first_broken == chain[2].sequence
    assert "缺失" in verdict.sentence


def test_links_in_another_order_are_found(chain: list[Seal], tamper: Callable) -> None:
    def swap() -> None:
        first, second = chain[1], chain[2]
        Seal.objects.filter(pk__in=[first.pk, second.pk]).delete()
        first.event_id, second.event_id = second.event_id, first.event_id
        first.event_hash, second.event_hash = second.event_hash, first.event_hash
        Seal.objects.bulk_create([first, second])

    tamper(swap)
    assert api.verify().first_broken == chain[1].sequence


def test_a_hidden_mention_is_found(chain: list[Seal], tamper: Callable) -> None:
    tamper(lambda: Mention.objects.filter(event_id=chain[3].event_id).delete())
    assert api.verify().first_broken == chain[3].sequence


def test_an_event_kept_out_of_the_chain_is_found(chain: list[Seal]) -> None:
    with transaction.atomic():
        event = api.record("things.changed", subject="test.thing:1", actor=None)
    Unsealed.objects.filter(event=event).delete()
    verdict = api.verify()
    assert not verdict.ok
    assert f"事件 {event.pk} 没有入链" in verdict.sentence


def test_a_waiting_event_that_was_changed_is_found(chain: list[Seal], tamper: Callable) -> None:
    with transaction.atomic():
        event = api.record("things.changed", subject="test.thing:1", actor=None)
    assert api.verify().ok
    tamper(lambda: AuditEvent.objects.filter(pk=event.pk).update(actor_name="李四"))
    assert not api.verify().ok


def _rewrite(chain: list[Seal]) -> None:
    """Change an event and compute every hash anew: without an anchor nobody can tell."""
    from gongkai.audit.queries.chain import hash_of

    _event(chain[2]).update(actor_name="李四")
    event = _event(chain[2]).get()
    _event(chain[2]).update(hash=hash_of(event))
    waiting = [seal.event_id for seal in chain[2:]]
    Seal.objects.filter(sequence__gte=chain[2].sequence).delete()
    Unsealed.objects.bulk_create(Unsealed(event_id=pk) for pk in waiting)
    actions.seal()


def test_a_rewritten_chain_is_betrayed_by_the_anchor(chain: list[Seal], tamper: Callable) -> None:
    anchor = actions.export_anchor(clock.today())
    assert api.verify(anchor).ok
    tamper(lambda: _rewrite(chain))
    assert api.verify().ok
    verdict = api.verify(anchor)
    assert not verdict.ok
    assert verdict.first_broken == chain[-1].sequence  # the link the anchor holds
    assert "重写" in verdict.sentence


def test_a_shortened_chain_is_betrayed_by_the_anchor(chain: list[Seal], tamper: Callable) -> None:
    anchor = actions.export_anchor(clock.today())

    def cut() -> None:
        gone = [seal.event_id for seal in chain[3:]]
        later = AuditEvent.objects.filter(pk__gt=chain[-1].event_id).values_list("pk", flat=True)
        gone += list(later)
        Seal.objects.filter(sequence__gte=chain[3].sequence).delete()
        Mention.objects.filter(event_id__in=gone).delete()
        Unsealed.objects.filter(event_id__in=gone).delete()
        AuditEvent.objects.filter(pk__in=gone).delete()

    tamper(cut)
    assert api.verify().ok
    verdict = api.verify(anchor)
    assert not verdict.ok
    assert "截" in verdict.sentence


@pytest.mark.parametrize("field", ["day", "sequence", "link", "exported_at"])
def test_a_changed_anchor_is_refused(chain: list[Seal], field: str) -> None:
    path = actions.export_anchor(clock.today())
    anchor = json.loads(path.read_text())
    anchor[field] = 1 if field == "sequence" else "x"
    path.write_text(json.dumps(anchor))
    verdict = api.verify(path)
    assert not verdict.ok
    assert "签名不对" in verdict.sentence


def test_an_anchor_signed_with_another_key_is_refused(
    chain: list[Seal], settings: Settings
) -> None:
    path = actions.export_anchor(clock.today())
    settings.DATA_KEY = "another"
    assert "签名不对" in api.verify(path).sentence


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"signature": 5}', "\x00\xff"])
def test_what_is_no_anchor_is_said_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "anchor.json"
    path.write_text(text)
    assert "读不懂" in api.verify(path).sentence
    assert "读不懂" in api.verify(tmp_path / "missing.json").sentence


def test_the_command_says_it_in_one_line_and_by_its_exit(
    chain: list[Seal], tamper: Callable, capsys: pytest.CaptureFixture[str], anchors: Path
) -> None:
    call_command("audit", "anchor")
    [path] = anchors.glob("*.json")
    call_command("audit", "verify")
    call_command("audit", "verify", str(path))
    assert capsys.readouterr().out.count("与 1 个锚点一致") == 2
    call_command("audit", "key")
    key = capsys.readouterr().out.strip()
    call_command("audit", "verify", str(path), key=key)
    capsys.readouterr()
    tamper(lambda: _event(chain[2]).update(actor_name="李四"))
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify")
    assert ended.value.code == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip().startswith(f"第 {chain[2].sequence} 环断裂")


def test_the_command_refuses_an_impossible_anchor(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("audit", "verify", str(tmp_path / "no.json"))
    assert ended.value.code == 1
    assert "读不懂" in capsys.readouterr().err


def test_checking_takes_few_queries_whatever_the_length(
    chain: list[Seal], django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(8):
        assert api.verify().ok
