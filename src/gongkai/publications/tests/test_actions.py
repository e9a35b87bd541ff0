"""The verbs of items: who may, when, why not; the clock, the ledger and what stays unchanged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.accounts.api import Role
from gongkai.approvals import api as approvals
from gongkai.approvals.models import Round
from gongkai.audit.models import AuditEvent
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refused
from gongkai.notices.models import Notice
from gongkai.organisation.api import Unit
from gongkai.publications import actions, policies, queries
from gongkai.publications.models import Edition, Emergency, Item, Publication, Sending
from gongkai.publications.states import (
    Attribute,
    Change,
    CheckState,
    EditionState,
    FileRole,
    Ground,
    How,
    Kind,
    WithdrawReason,
)
from gongkai.publications.tests.factories import (
    SECRET,
    again,
    checked,
    drafted,
    published,
    revised,
    sent,
    sign_all,
    signed,
    what,
    with_file,
    withdrawn,
)
from gongkai.screening import Entry
from gongkai.wording import api as wording

pytestmark = pytest.mark.django_db(transaction=True)


def refused(call, *args, **how):
    with pytest.raises(Refused) as found:
        call(*args, **how)
    return found.value.codes


def test_the_whole_way(side):
    edition = published(side)
    item = edition.item
    assert edition.state == EditionState.PUBLISHED
    assert item.index_number == f"{side.body.pk}/2026-00001"
    assert edition.published_at == item.published_at
    line = Publication.objects.get()
    assert (line.how, line.by, line.ended_at) == (How.NOW, side.openness_office, None)
    assert edition.duty.closed_at is not None
    assert edition.duty.law == "《政府信息公开条例》第二十六条"
    events = AuditEvent.objects.filter(event__startswith="publications.").values_list(
        "event", flat=True
    )
    for event in ("drafted", "check_asked", "checked", "sent", "signed", "published"):
        assert f"publications.{event}" in events


def test_no_event_carries_title_or_text(side):
    edition = published(side, title="独一无二的标题", text="<p>独一无二的正文</p>")
    withdrawn(side, edition, WithdrawReason.WRONG)
    for event in AuditEvent.objects.all():
        assert "独一无二" not in str(event.facts), event.event


def test_a_document_goes_to_the_leader(side):
    edition = sent(side, kind=Kind.DOCUMENT, document_number="清交发〔2026〕8号")
    steps = approvals.newest_round(subject_key(edition)).steps.order_by("order")
    assert [(s.kind, s.role) for s in steps] == [
        ("sign", Role.SECTION_HEAD),
        ("clear_secrecy", Role.SECRECY_REVIEWER),
        ("sign", Role.DEPUTY_LEADER),
        ("approve", Role.LEADER),
    ]


def test_a_draft_may_be_loose_and_a_signature_not(side):
    edition = drafted(side, issuers=[], abstract="", source="", text="", formed_on=None)
    edition = checked(side, edition)
    codes = refused(actions.send, edition, actor=side.officer, expected=edition.version)
    assert codes == {
        "publications.missing_issuers",
        "publications.missing_source",
        "publications.missing_text",
        "publications.missing_abstract",
    }
    assert again(edition).state == EditionState.DRAFT


def test_the_day_of_signing_forms_what_was_left_open(side):
    edition = drafted(side, formed_on=None)
    assert edition.duty is None
    edition = sign_all(side, sent(side, edition))
    assert edition.state == EditionState.SIGNED
    assert edition.formed_on == clock.today()
    assert edition.duty.due_on == date(2026, 3, 30)  # 20 working days after 2 March
    actions.publish(edition, actor=side.openness_office, expected=edition.version)
    assert again(edition).state == EditionState.PUBLISHED


def test_a_day_ahead_is_refused(side):
    edition = checked(side, drafted(side, formed_on=clock.today() + timedelta(days=1)))
    codes = refused(actions.send, edition, actor=side.officer, expected=edition.version)
    assert codes == {"publications.formed_ahead"}


def test_twenty_working_days_from_forming(side):
    edition = drafted(side, formed_on=date(2026, 2, 12))
    assert edition.duty.due_on == date(2026, 3, 18)  # the table of 10.1, 调休 and all
    edition = again(edition)
    other = what(formed_on=date(2026, 2, 14))
    actions.save(edition, actor=side.officer, what=other, expected=edition.version)
    assert again(edition).duty.due_on == date(2026, 3, 20)
    closed = what(attribute=Attribute.CLOSED, ground=Ground.INTERNAL, reason="内部")
    edition = again(edition)
    actions.save(edition, actor=side.officer, what=closed, expected=edition.version)
    assert again(edition).duty.state == "cancelled"


def test_unchecked_is_not_sent(side):
    edition = drafted(side)
    codes = refused(actions.send, edition, actor=side.officer, expected=edition.version)
    assert "publications.unchecked" in codes
    edition = checked(side, edition)
    actions.save(edition, actor=side.officer, what=what(text="<p>改</p>"), expected=edition.version)
    edition = again(edition)
    codes = refused(actions.send, edition, actor=side.officer, expected=edition.version)
    assert "publications.unchecked" in codes


def test_a_finding_stops_until_it_is_let_pass_by_name(side):
    edition = checked(side, drafted(side, text=f"<p>{SECRET}</p>"))
    assert refused(actions.send, edition, actor=side.officer, expected=edition.version) == {
        "publications.findings"
    }
    (row,) = queries.findings_of(queries.check_of(edition))
    assert "13800138000" not in row.excerpt
    assert refused(
        actions.overrule, row, actor=side.officer, reason="好", expected=row.version
    ) == {"publications.no_reason"}
    actions.overrule(row, actor=side.officer, reason="公开的办公电话", expected=row.version)
    actions.save(
        edition,
        actor=side.officer,
        what=what(text=f"<p>{SECRET}</p>", abstract="另一概述。"),
        expected=again(edition).version,
    )
    edition = checked(side, edition)
    (row,) = queries.findings_of(queries.check_of(edition))
    assert row.overruled_by == side.officer, "let pass once, it stays let pass as it is"
    actions.send(edition, actor=side.officer, expected=edition.version)
    assert again(edition).state == EditionState.SENT


def test_a_file_is_looked_into(side):
    edition = with_file(side, drafted(side), SECRET.encode(), "phones.txt")
    edition = checked(side, edition)
    (row,) = queries.findings_of(queries.check_of(edition))
    assert "phones.txt" in row.place


def test_two_editors_lose_nothing(side):
    edition = drafted(side)
    seen = edition.version
    actions.save(edition, actor=side.officer, what=what(title="先改的"), expected=seen)
    codes = refused(
        actions.save, edition, actor=side.section_head, what=what(title="后改的"), expected=seen
    )
    assert codes == {"kernel.stale"}
    assert again(edition).title == "先改的"


def test_what_came_back_is_mended_and_sent_again(side):
    edition = sent(side)
    round_ = approvals.newest_round(subject_key(edition))
    (step,) = approvals.ready_steps(round_)
    approvals.return_to_drafter(
        step, actor=side.section_head, digest=edition.digest, reason="日期不对"
    )
    from gongkai.outbox import api as outbox

    outbox.drain()
    edition = again(edition)
    assert edition.state == EditionState.RETURNED
    assert queries.return_reason(edition) == "日期不对"
    assert Notice.objects.filter(user=side.officer, kind="publications.returned").exists()
    edition = signed_again(side, edition)
    assert edition.state == EditionState.SIGNED
    assert Sending.objects.filter(edition=edition).count() == 2


def signed_again(side, edition):
    actions.save(
        edition, actor=side.officer, what=what(text="<p>改好了</p>"), expected=edition.version
    )
    return sign_all(side, sent(side, again(edition)))


def test_recalled_means_cleared_anew(side):
    edition = signed(side)
    digest = edition.digest
    actions.recall(edition, actor=side.officer, expected=edition.version)
    edition = again(edition)
    assert edition.state == EditionState.DRAFT
    assert not approvals.is_cleared(subject_key(edition), digest)
    codes = refused(actions.publish, edition, actor=side.openness_office, expected=edition.version)
    assert codes == {"publications.wrong_state"}


def test_a_text_changed_behind_the_back_does_not_come_out(side):
    edition = signed(side)
    Edition.objects.filter(pk=edition.pk).update(text="<p>另一篇</p>")
    edition = again(edition)
    codes = refused(actions.publish, edition, actor=side.openness_office, expected=edition.version)
    assert {"publications.changed", "publications.not_cleared"} <= codes


def test_a_file_changed_in_the_store_does_not_come_out(side):
    from gongkai.files import storage

    edition = with_file(side, drafted(side))
    edition = sign_all(side, sent(side, edition))
    file = queries.files_of(edition)[0].file
    path = storage.path_of(storage.ACCEPTED, file.key)
    path.chmod(0o600)
    path.write_bytes(b"plan 2027")
    codes = refused(actions.publish, edition, actor=side.openness_office, expected=edition.version)
    assert codes == {"publications.file_altered"}
    assert again(edition).state == EditionState.SIGNED


def test_only_the_office_publishes(side):
    edition = signed(side)
    codes = refused(actions.publish, edition, actor=side.officer, expected=edition.version)
    assert codes == {"publications.not_yours"}


def test_what_is_closed_is_entered_and_never_published(side):
    edition = signed(side, attribute=Attribute.CLOSED, ground=Ground.PROCESS, reason="磋商信函")
    codes = refused(actions.publish, edition, actor=side.openness_office, expected=edition.version)
    assert codes == {"publications.not_public"}
    actions.file(edition, actor=side.openness_office, expected=edition.version)
    assert again(edition).state == EditionState.FILED
    assert not policies.published_to(side.officer).exists()


def test_it_comes_out_at_its_time(side):
    edition = signed(side)
    at = clock.now() + timedelta(hours=2)
    actions.schedule(edition, actor=side.openness_office, at=at, expected=edition.version)
    assert actions.publish_due(clock.now()) == 0
    with clock.at(at + timedelta(seconds=5)):
        assert actions.publish_due(clock.now()) == 1
    edition = again(edition)
    assert edition.state == EditionState.PUBLISHED
    assert Publication.objects.get().how == How.TIMED
    assert not Notice.objects.filter(kind="publications.published_late").exists()


def test_a_missed_time_is_caught_up_and_told(side):
    edition = signed(side)
    at = clock.now() + timedelta(hours=2)
    actions.schedule(edition, actor=side.openness_office, at=at, expected=edition.version)
    with clock.at(at + timedelta(days=1)):
        assert actions.publish_due(clock.now()) == 1
    assert Publication.objects.get().how == How.LATE
    assert Notice.objects.filter(kind="publications.published_late").exists()


def test_what_may_not_come_out_at_its_time_is_told(side):
    edition = signed(side)
    at = clock.now() + timedelta(hours=2)
    actions.schedule(edition, actor=side.openness_office, at=at, expected=edition.version)
    Edition.objects.filter(pk=edition.pk).update(abstract="改了")
    with clock.at(at):
        actions.publish_due(clock.now())
    edition = again(edition)
    assert edition.state == EditionState.SIGNED
    assert not policies.published_to(None).exists()
    told = Notice.objects.get(kind="publications.schedule_failed", user=side.openness_office)
    assert "没有发出" in told.sentence


def test_a_revision_replaces_when_it_comes_out(side):
    old = published(side)
    new = revised(side, old)
    assert (new.order, new.state, new.text) == (2, EditionState.DRAFT, old.text)
    assert refused(revised, side, old) == {"publications.already_working"}
    assert list(policies.published_to(None)) == [old]
    assert new.duty.started_at == new.saved_at
    new = sign_all(side, sent(side, new))
    actions.publish(new, actor=side.openness_office, expected=new.version)
    assert again(old).state == EditionState.REPLACED
    assert list(policies.published_to(None)) == [new]
    lines = Publication.objects.order_by("id")
    assert [line.ended_at is None for line in lines] == [False, True]


def test_a_correction_says_what_was_wrong(side):
    new = revised(side, published(side), Change.CORRECTION)
    new = checked(side, new)
    assert "publications.missing_change_note" in refused(
        actions.send, new, actor=side.officer, expected=new.version
    )


def test_a_draft_given_up_leaves_what_is_out(side):
    old = published(side)
    new = revised(side, old)
    actions.drop(new, actor=side.officer, reason="不改了", expected=new.version)
    assert again(new).state == EditionState.DROPPED
    assert list(policies.published_to(None)) == [old]
    assert Item.objects.get().state == EditionState.PUBLISHED
    assert revised(side, old).order == 3


def test_withdrawn_and_restored(side):
    edition = withdrawn(side, published(side), WithdrawReason.WRONG)
    assert not policies.published_to(None).exists()
    assert Publication.objects.get().ended_at is not None
    actions.restore(edition, actor=side.openness_office, expected=edition.version)
    assert list(policies.published_to(None)) == [edition]
    assert Publication.objects.count() == 2


def test_withdrawn_for_secrecy_nothing_remains(side, world):
    edition = published(side, title="不该公开的事")
    withdrawn(side, edition, WithdrawReason.SECRECY)
    item = Item.objects.get()
    assert item.hidden
    for person in (side.auditor, side.leader, side.section_head):
        assert not policies.worked_items(person).exists(), person
    for person in (side.openness_office, side.officer, side.secrecy_reviewer):
        assert policies.worked_items(person).exists(), person
    assert not Round.objects.filter(title__contains="不该公开").exists()
    assert not Notice.objects.filter(sentence__contains="不该公开").exists()
    edition = again(edition)
    codes = refused(actions.restore, edition, actor=side.openness_office, expected=edition.version)
    assert "publications.hidden" in codes


def test_what_was_withdrawn_for_secrecy_stays_hidden(side):
    edition = published(side)
    new = sign_all(side, sent(side, revised(side, edition)))
    withdrawn(side, edition, WithdrawReason.PRIVACY)
    new = again(new)
    codes = refused(actions.publish, new, actor=side.openness_office, expected=new.version)
    assert "publications.hidden" in codes
    assert not policies.published_to(None).exists()
    other = withdrawn(side, published(side), WithdrawReason.SECRECY)
    assert refused(revised, side, other) == {"publications.hidden"}


def test_kind_and_column_stand_while_an_edition_is_out(side):
    new = revised(side, published(side))
    codes = refused(
        actions.save,
        new,
        actor=side.officer,
        what=what(kind=Kind.ANNOUNCEMENT),
        expected=new.version,
    )
    assert codes == {"publications.kind_stands"}
    assert Item.objects.get().kind == Kind.NEWS


def test_a_file_let_pass_is_let_pass_as_these_bytes(side):
    edition = checked(side, with_file(side, drafted(side), b"\xff\xfe\x00", "x.txt"))
    before = {row.key for row in queries.findings_of(queries.check_of(edition))}
    assert before
    (row,) = queries.files_of(edition)
    actions.remove_file(row, actor=side.officer, expected=edition.version)
    edition = checked(side, with_file(side, again(edition), b"\xff\xfe\x01", "x.txt"))
    after = {row.key for row in queries.findings_of(queries.check_of(edition))}
    assert not before & after


def test_an_emergency_keeps_the_secrecy_review(side):
    edition = checked(side, drafted(side))
    codes = refused(
        actions.send, edition, actor=side.officer, expected=edition.version, emergency=True
    )
    assert codes == {"publications.no_reason"}
    actions.send(
        edition,
        actor=side.officer,
        expected=edition.version,
        emergency=True,
        reason="暴雨红色预警",
    )
    edition = again(edition)
    steps = approvals.newest_round(subject_key(edition)).steps.values_list("kind", flat=True)
    assert list(steps) == ["clear_secrecy"]
    edition = sign_all(side, edition)
    actions.publish(edition, actor=side.openness_office, expected=edition.version)
    found = Emergency.objects.get()
    round_ = approvals.newest_round(subject_key(found))
    (step,) = approvals.ready_steps(round_)
    approvals.sign(step, actor=side.leader, digest=round_.digest)
    from gongkai.outbox import api as outbox

    outbox.drain()
    found.refresh_from_db()
    assert found.approved_at is not None


def test_an_original_is_never_a_public_file(side):
    edition = with_file(side, drafted(side, attribute=Attribute.REDACTED), role=FileRole.ORIGINAL)
    edition = with_file(side, edition, b"copy", "copy.txt")
    edition = sign_all(side, sent(side, edition))
    actions.publish(edition, actor=side.openness_office, expected=edition.version)
    assert [one.title for one in queries.public_files(again(edition))] == ["copy.txt"]


def test_numbers_are_given_once_and_never_change(side):
    first, second = checked(side, drafted(side)), checked(side, drafted(side))
    assert first.item.index_number.endswith("2026-00001")
    assert second.item.index_number.endswith("2026-00002")
    actions.set_grammar(side.body, actor=side.openness_office, pattern="QJJT/{year}-{serial:4}")
    third = checked(side, drafted(side))
    assert third.item.index_number == "QJJT/2026-0001"
    assert again(first).item.index_number.endswith("2026-00001")
    codes = refused(
        actions.set_grammar, side.body, actor=side.openness_office, pattern="x", expected=1
    )
    assert codes == {"publications.bad_pattern"}
    assert refused(
        actions.set_grammar, side.body, actor=side.officer, pattern="{serial}", expected=1
    ) == {"publications.not_yours"}


def test_conditions_of_apps_above(side):
    from gongkai.kernel.refusal import Refusal

    def never(edition):
        yield Refusal("interpretations.no_plan", "还没有解读方案。")

    edition = signed(side)
    try:
        policies.add_condition("test", "publish", never)
        codes = refused(
            actions.publish, edition, actor=side.openness_office, expected=edition.version
        )
        assert codes == {"interpretations.no_plan"}
        policies.add_condition("test", "send", never)
        other = checked(side, drafted(side))
        codes = refused(actions.send, other, actor=side.officer, expected=other.version)
        assert codes == {"interpretations.no_plan"}
    finally:
        for conditions in policies._CONDITIONS.values():
            conditions.pop("test", None)


def test_nobody_drafts_for_another_unit(side, world):
    assert refused(actions.draft, unit=world.other.section, actor=side.officer, what=what()) == {
        "publications.not_yours"
    }
    assert not Item.objects.exists()
    assert isinstance(side.section, Unit)


def test_a_check_that_breaks_says_so(side, monkeypatch):
    from gongkai.outbox import api as outbox
    from gongkai.publications.actions import checking

    def breaks(*args, **how):
        raise ValueError("broken")

    monkeypatch.setattr(checking, "screen_text", breaks)
    edition = drafted(side)
    actions.ask_check(edition, actor=side.officer, expected=edition.version)
    outbox.drain()
    edition = again(edition)
    assert queries.check_of(edition).state == CheckState.FAILED
    codes = refused(actions.send, edition, actor=side.officer, expected=edition.version)
    assert "publications.check_failed" in codes


def test_the_words_of_the_office_are_used_by_its_checks(side):
    entry = Entry("清江市交通局", "清江市交通运输局", "2019年改名")
    wording.add(side.body, actor=side.openness_office, entry=entry)
    edition = checked(side, drafted(side, text="<p>由清江市交通局负责。</p>"))
    (finding,) = edition.checks.get().findings.filter(code="wording.wrong_word")
    assert finding.suggestion == "清江市交通运输局"
