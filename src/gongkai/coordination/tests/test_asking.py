"""Asking another unit: what it sees, its clock, its answer, and what a signature waits for."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.api import Role
from gongkai.audit.models import AuditEvent
from gongkai.coordination import actions, queries
from gongkai.coordination.models import Asking
from gongkai.coordination.states import Answer, AskingState
from gongkai.coordination.tests.factories import QUESTION, again, asked
from gongkai.duties.api import Light
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.notices.models import Notice
from gongkai.outbox import api as outbox
from gongkai.publications import actions as items_actions
from gongkai.publications.states import FileRole, WithdrawReason
from gongkai.publications.tests import factories as items

pytestmark = pytest.mark.django_db(transaction=True)


def on(day):
    return clock.at(timezone.make_aware(datetime.combine(day, time(10))))


def refused(code, act, *args, **how):
    with pytest.raises(Refused) as found:
        act(*args, **how)
    assert code in [one.code for one in found.value.refusals], str(found.value)


def answered(asking, person, answer, says=""):
    asking = again(asking)
    return actions.answer(asking, actor=person, answer=answer, says=says, expected=asking.version)


def send(side, edition):
    return items.sent(side, edition)


class TestAsking:
    def test_the_clock_runs_working_days(self, side, world):
        asking = asked(side, world.other.section, days=5)  # Monday 2 March
        assert asking.duty.due_on == date(2026, 3, 9)
        assert asking.duty.owner == world.other.section

    def test_a_signature_waits_for_the_answer(self, side, world):
        edition = items.drafted(side)
        asking = asked(side, world.other.section, edition)
        refused("coordination.unanswered", send, side, edition)
        answered(asking, world.other.officer, Answer.AGREE)
        assert send(side, edition).state == "sent"

    @pytest.mark.parametrize("answer", [Answer.COMMENTS, Answer.OBJECT])
    def test_comments_are_dealt_with_before_the_signature(self, side, world, answer):
        edition = items.drafted(side)
        asking = asked(side, world.other.section, edition)
        answered(asking, world.other.officer, answer, "第二条改为十日内。")
        refused("coordination.unsettled", send, side, edition)
        row = again(asking)
        actions.settle(row, actor=side.officer, settled="已采纳，改为十日。", expected=row.version)
        assert send(side, edition).state == "sent"

    def test_comments_without_words_are_refused(self, side, world):
        asking = asked(side, world.other.section)
        refused("coordination.no_reason", answered, asking, world.other.officer, Answer.OBJECT, " ")
        assert again(asking).state == AskingState.OPEN

    def test_nobody_is_asked_twice_at_a_time(self, side, world):
        edition = items.drafted(side)
        first = asked(side, world.other.section, edition)
        refused("coordination.asked", asked, side, world.other.section, edition)
        answered(first, world.other.officer, Answer.AGREE)
        assert asked(side, world.other.section, edition).pk != first.pk

    def test_what_makes_no_sense_is_refused(self, side, world):
        edition = items.drafted(side)
        refused("coordination.own_unit", asked, side, side.section, edition)
        refused("coordination.no_question", asked, side, world.other.section, question="看")
        refused("coordination.empty", asked, side, world.other.body, items.drafted(side, text=""))
        sent = items.sent(side, edition)
        refused("coordination.too_late", asked, side, world.other.section, sent)
        assert not Asking.objects.exists()

    def test_only_who_is_asked_answers_and_only_who_drafts_asks(self, side, world):
        asking = asked(side, world.other.section)
        refused("coordination.not_asked", answered, asking, side.officer, Answer.AGREE)
        with pytest.raises(Refused):
            actions.ask(
                items.again(asking.edition),
                unit=side.body,
                actor=world.other.officer,
                question=QUESTION,
                days=5,
            )

    def test_silence_is_ended_after_its_day_and_never_before(self, side, world):
        asking = asked(side, world.other.section)
        how = {"actor": side.officer, "reason": "催办两次未复", "expected": again(asking).version}
        refused("coordination.not_due", actions.close, again(asking), **how)
        with on(date(2026, 3, 10)):
            row = actions.close(again(asking), **how)
            assert row.state == AskingState.SILENT
            assert row.answer == ""
            assert row.duty.light != Light.RED
            assert send(side, asking.edition).state == "sent"

    def test_taken_back_it_is_shown_to_the_asked_no_more(self, side, world):
        asking = asked(side, world.other.section)
        row = again(asking)
        actions.take_back(row, actor=side.officer, reason="不再涉及", expected=row.version)
        assert queries.asking_or_none(world.other.officer, asking.pk) is None
        assert queries.asking_or_none(side.officer, asking.pk) is not None

    def test_a_dropped_draft_takes_its_askings_back(self, side, world):
        asking = asked(side, world.other.section)
        edition = items.again(asking.edition)
        items_actions.drop(edition, actor=side.officer, reason="不再需要", expected=edition.version)
        outbox.drain()
        outbox.drain()
        row = again(asking)
        assert row.state == AskingState.TAKEN_BACK
        assert row.duty.closed_at is not None

    def test_two_answers_at_once_leave_one(self, side, world):
        asking = asked(side, world.other.section)
        seen = again(asking).version
        actions.answer(again(asking), actor=world.other.officer, answer=Answer.AGREE, expected=seen)
        second = {
            "actor": world.other.section_head,
            "answer": Answer.OBJECT,
            "says": "不同意第二条",
        }
        with pytest.raises(Refused):
            actions.answer(again(asking), expected=seen, **second)
        assert again(asking).answer == Answer.AGREE


class TestWhoSees:
    def test_the_asked_read_the_draft_as_it_was_and_its_files(self, client, side, world):
        edition = items.with_file(side, items.drafted(side, text="<p>五日内修复。</p>"))
        edition = items.with_file(side, edition, b"closed", "closed.txt", FileRole.ORIGINAL)
        asking = asked(side, world.other.section, edition)
        edition = items.again(edition)
        changed = items.what(text="<p>三日内修复。</p>")
        items_actions.save(edition, actor=side.officer, what=changed, expected=edition.version)
        client.force_login(world.other.officer)
        answer = client.get(reverse("coordination:asking", args=[asking.pk]))
        html = answer.content.decode()
        assert "五日内修复" in html
        assert "三日内修复" not in html
        assert "征求之后稿子又改过" in html
        given = {}
        for row in edition.files.all():
            given[row.role] = client.get(reverse("files:download", args=[row.file_id])).status_code
        assert given == {"attachment": 200, "original": 404}
        item = reverse("publications:item", args=[edition.item_id])
        assert client.get(item).status_code == 404

    def test_nobody_else_reads_it(self, client, side, world):
        asking = asked(side, world.other.section)
        stranger = asked(world.other, side.body)
        for person, row in ((world.other.openness_office, stranger), (side.officer, stranger)):
            client.force_login(person)
            seen = client.get(reverse("coordination:asking", args=[row.pk])).status_code
            assert seen == (200 if person == world.other.openness_office else 404)
        client.force_login(world.other.platform_admin)
        url = reverse("coordination:asking", args=[asking.pk])
        assert client.get(url).status_code == 404

    def test_what_is_hidden_is_hidden_from_the_asked(self, client, side, world):
        edition = items.with_file(side, items.drafted(side, title="机密标题"))
        asking = asked(side, world.other.section, edition)
        answered(asking, world.other.officer, Answer.AGREE)
        edition = items.sign_all(side, items.sent(side, edition))
        items_actions.publish(edition, actor=side.openness_office, expected=edition.version)
        items.withdrawn(side, edition, WithdrawReason.SECRECY)
        client.force_login(world.other.officer)
        for url in (
            reverse("coordination:asking", args=[asking.pk]),
            reverse("files:download", args=[edition.files.get().file_id]),
        ):
            assert client.get(url).status_code == 404
        for url in (reverse("coordination:asked"), reverse("notices:list"), reverse("desk:home")):
            assert "机密标题" not in client.get(url).content.decode()

    def test_no_event_and_no_notice_bears_a_title(self, side, world):
        asking = asked(side, world.other.section, items.drafted(side, title="独一无二的标题"))
        answered(asking, world.other.officer, Answer.COMMENTS, "第二条请改。")
        events = AuditEvent.objects.filter(event__startswith="coordination.")
        said = [str(vars(event)) for event in events]
        said += [notice.sentence for notice in Notice.objects.all()]
        assert len(said) >= 4
        assert not any("独一无二" in one for one in said)


class TestPages:
    def test_the_way_by_the_pages(self, client, side, world):
        edition = items.drafted(side)
        client.force_login(side.officer)
        typed = {"unit": world.other.section.pk, "question": QUESTION, "days": 3}
        client.post(reverse("coordination:ask", args=[edition.pk]), typed)
        row = Asking.objects.get()
        client.force_login(world.other.officer)
        assert queries.needs(world.other.officer) == [row]
        typed = {"answer": "comments", "says": "改为十日。", "version": row.version}
        client.post(reverse("coordination:answer", args=[row.pk]), typed)
        assert queries.needs(world.other.officer) == []
        client.force_login(side.officer)
        page = client.get(reverse("publications:item", args=[edition.item_id])).content.decode()
        assert "改为十日。" in page
        assert "写采纳情况" in page
        row = again(row)
        typed = {f"s{row.pk}-settled": "已采纳，改为十日。", "version": row.version}
        answer = client.post(reverse("coordination:settle", args=[row.pk]), typed)
        assert answer.status_code == 302
        assert again(row).state == AskingState.SETTLED

    def test_a_refusal_keeps_what_was_typed(self, client, side, world):
        edition = items.drafted(side)
        client.force_login(side.officer)
        typed = {"unit": side.body.pk, "question": "看", "days": 3}
        answer = client.post(reverse("coordination:ask", args=[edition.pk]), typed)
        html = answer.content.decode()
        assert answer.status_code == 409
        assert "请写明请对方看什么" in html
        assert re.search(r">\s*看</textarea>", html)

    def test_the_questions_asked_do_not_grow(self, client, side, world):
        client.force_login(world.other.officer)
        url = reverse("coordination:asked")

        def questions():
            with CaptureQueriesContext(connection) as found:
                assert client.get(url).status_code == 200
            return len(found)

        asked(side, world.other.section)
        questions()
        few = questions()
        for _ in range(5):
            asked(side, world.other.section)
        assert questions() == few <= 20

    def test_who_signs_sees_what_was_said(self, client, side, world):
        edition = items.drafted(side)
        asking = asked(side, world.other.section, edition)
        answered(asking, world.other.officer, Answer.OBJECT, "不同意第二条。")
        client.force_login(side.people[Role.LEADER])
        page = client.get(reverse("publications:item", args=[edition.item_id])).content.decode()
        assert "不同意第二条。" in page
        assert "写采纳情况" not in page
