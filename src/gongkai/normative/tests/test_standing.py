"""Normative documents: in force, changed, assessed, lapsed, and who is told what."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.normative import actions, queries
from gongkai.normative.actions.registering import months_before
from gongkai.normative.models import Relation
from gongkai.normative.states import Decision, RelationKind, Validity
from gongkai.normative.tests.factories import drafted, in_force, out, registered, standing
from gongkai.outbox import api as outbox
from gongkai.publications import actions as publishing
from gongkai.publications.states import WithdrawReason
from gongkai.publications.tests import factories as items

pytestmark = pytest.mark.django_db(transaction=True)


def on(day):
    return clock.at(timezone.make_aware(datetime.combine(day, time(10))))


def refused(code, act, *args, **how):
    with pytest.raises(Refused) as found:
        act(*args, **how)
    assert code in found.value.codes, str(found.value)


def related(side, later, earlier, kind=RelationKind.REPLACES):
    return actions.relate(later.item, earlier.item, actor=side.officer, kind=kind)


class TestForce:
    def test_without_a_term_it_is_not_sent(self, side):
        edition = drafted(side, lapses_on=None)
        refused("normative.no_term", items.sent, side, edition)
        registered(side, edition, why_unlimited="长期适用的程序规定")
        assert items.sent(side, edition).state == "sent"

    def test_without_a_number_it_does_not_come_out(self, side):
        edition = drafted(side)
        refused("normative.no_number", out, side, edition)
        registered(side, edition, number="", why_unregistered="转发上级文件，不登记")
        edition = items.again(edition)
        how = {"actor": side.openness_office, "expected": edition.version}
        assert publishing.publish(edition, **how).state == "published"

    def test_a_number_is_given_once(self, side):
        registered(side, drafted(side), number="QJGS-1")
        refused("normative.taken", registered, side, drafted(side), number="QJGS-1")

    def test_what_is_out_is_in_force_until_its_last_day(self, side):
        row = standing(in_force(side, effective_on=date(2026, 4, 1)))
        assert row.validity == Validity.IN_FORCE
        assert (row.in_force_on, row.valid_until_on) == (date(2026, 4, 1), date(2031, 3, 1))
        assert row.duty.due_on == date(2030, 12, 1)
        actions.enter_force(row.item)  # told twice
        assert standing(items.queries.newest(row.item)).duty_id == row.duty_id


@pytest.mark.parametrize(
    ("kind", "validity"),
    [
        (RelationKind.AMENDS, Validity.AMENDED),
        (RelationKind.REPLACES, Validity.REPEALED),
        (RelationKind.REPEALS, Validity.REPEALED),
    ],
)
class TestRelations:
    def test_they_take_effect_when_the_later_is_out(self, side, kind, validity):
        earlier, later = in_force(side), drafted(side)
        registered(side, later)
        related(side, later, earlier, kind)
        assert standing(earlier).validity == Validity.IN_FORCE
        out(side, later)
        row = standing(earlier)
        assert row.validity == validity
        assert row.changed_on == clock.today()
        assert (row.duty.closed_at is None) == validity.binds

    def test_they_wait_for_the_day_on_which_the_later_is_in_force(self, side, kind, validity):
        earlier = in_force(side)
        later = drafted(side, effective_on=date(2026, 5, 1))
        registered(side, later)
        related(side, later, earlier, kind)
        out(side, later)
        assert standing(earlier).validity == Validity.IN_FORCE
        with on(date(2026, 5, 4)):  # the worker slept over the holidays
            assert actions.take_effect_due() == 1
            assert actions.take_effect_due() == 0
        row = standing(earlier)
        assert (row.validity, row.changed_on) == (validity, date(2026, 5, 1))


class TestRefusals:
    def test_no_document_changes_itself_and_none_in_a_circle(self, side):
        first, second, third = in_force(side), in_force(side), in_force(side)
        related(side, second, first, RelationKind.AMENDS)
        related(side, third, second, RelationKind.AMENDS)
        refused("normative.itself", related, side, first, first)
        refused("normative.circle", related, side, first, third)
        refused("normative.related", related, side, second, first)

    def test_only_what_is_out_and_seen_is_changed(self, side, world):
        later = drafted(side)
        refused("normative.not_found", related, side, later, drafted(side))
        publishing.define_chains_if_missing()
        refused("normative.not_found", related, side, later, in_force(world.other))

    def test_what_took_effect_is_not_undone(self, side):
        earlier, later = in_force(side), drafted(side)
        registered(side, later)
        row = related(side, later, earlier)
        actions.unrelate(row, actor=side.officer, expected=row.version)
        row = related(side, later, earlier)
        out(side, later)
        row = Relation.objects.get(pk=row.pk)
        refused(
            "normative.in_effect", actions.unrelate, row, actor=side.officer, expected=row.version
        )


class TestEnd:
    def decide(self, side, edition, decision, **how):
        row = standing(edition)
        usual = {"reason": "评估：仍适用", "expected": row.version}
        return actions.decide(row, actor=side.officer, decision=decision, **{**usual, **how})

    def test_going_on_sets_a_new_end_and_a_new_clock(self, side):
        edition = in_force(side)
        before = standing(edition).duty
        refused("normative.no_day", self.decide, side, edition, Decision.EXTEND)
        self.decide(side, edition, Decision.EXTEND, until_on=date(2036, 3, 1))
        row = standing(edition)
        before.refresh_from_db()
        assert row.valid_until_on == date(2036, 3, 1)
        assert before.closed_at is not None
        assert row.duty.due_on == date(2035, 12, 1)

    def test_what_is_to_lapse_lapses_by_itself_after_its_last_day(self, side):
        edition = in_force(side)
        self.decide(side, edition, Decision.LET_LAPSE)
        with on(date(2031, 3, 1)):
            assert actions.lapse_due() == 0
        with on(date(2031, 3, 5)):
            assert actions.lapse_due() == 1
            assert actions.lapse_due() == 0
        row = standing(edition)
        assert (row.validity, row.changed_on) == (Validity.LAPSED, date(2031, 3, 2))
        refused("normative.not_in_force", self.decide, side, edition, Decision.REPEAL)

    def test_a_validity_is_put_right_by_the_office_with_its_ground(self, side):
        edition = in_force(side)
        row = standing(edition)
        how = {"validity": Validity.REPEALED, "expected": row.version}
        refused("normative.not_yours", actions.correct, row, actor=side.officer, reason="依", **how)
        refused(
            "normative.no_reason",
            actions.correct,
            row,
            actor=side.openness_office,
            reason="",
            **how,
        )
        actions.correct(row, actor=side.openness_office, reason="清政发〔2026〕3号废止", **how)
        assert standing(edition).validity == Validity.REPEALED


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(1, 36))
def test_so_many_months_earlier(day, months):
    earlier = months_before(day, months)
    assert (day.year * 12 + day.month) - (earlier.year * 12 + earlier.month) == months
    assert earlier.day == day.day or (earlier.day < day.day and (earlier.day >= 28))


class TestPages:
    def test_the_way_by_the_pages(self, client, side):
        earlier, later = in_force(side, title="旧办法"), drafted(side, title="新办法")
        client.force_login(side.officer)

        def post(name, **typed):
            url = reverse(f"normative:{name}", args=[later.item_id])
            assert client.post(url, typed).status_code == 302

        post("register", number="QJGS-2026-99", version=0)
        post("relate", earlier=earlier.item_id, kind="replaces", note="全文")
        out(side, later)
        page = client.get(reverse("publications:read", args=[earlier.item_id])).content.decode()
        assert "废止" in page
        assert "新办法" in page
        page = client.get(reverse("publications:item", args=[later.item_id])).content.decode()
        assert "QJGS-2026-99" in page
        assert "旧办法" in page
        compare = reverse("interpretations:clauses", args=[later.item_id])
        assert "《旧办法》" in client.get(compare).content.decode()

    def test_what_is_hidden_is_shown_on_no_other_side(self, client, side):
        earlier, later = in_force(side), drafted(side, title="机密的新办法")
        registered(side, later)
        related(side, later, earlier)
        later = out(side, later)
        items.withdrawn(side, later, WithdrawReason.SECRECY)
        outbox.drain()
        for person in (side.section_head, side.leader):
            client.force_login(person)
            for url in (
                reverse("publications:read", args=[earlier.item_id]),
                reverse("publications:item", args=[earlier.item_id]),
                reverse("normative:documents"),
                reverse("interpretations:clauses", args=[earlier.item_id]),
            ):
                assert "机密的新办法" not in client.get(url).content.decode()

    def test_readers_are_told_nothing_of_what_is_planned(self, client, side, world):
        earlier, later = in_force(side), drafted(side, title="还没发的新办法")
        related(side, later, earlier)
        client.force_login(world.other.officer)
        page = client.get(reverse("publications:read", args=[earlier.item_id])).content.decode()
        assert "有效" in page
        assert "还没发的新办法" not in page

    def test_readers_get_no_word_that_nobody_cleared(self, client, side, world):
        earlier, later = in_force(side, title="旧办法"), drafted(side, title="新办法")
        registered(
            side,
            later,
            number="",
            why_unregistered="没有审过的话甲",
            why_unlimited="没有审过的话乙",
        )
        how = {"actor": side.officer, "kind": RelationKind.AMENDS, "note": "没有审过的话丙"}
        actions.relate(later.item, earlier.item, **how)
        out(side, later)
        client.force_login(world.other.officer)
        for edition in (earlier, later):
            url = reverse("publications:read", args=[edition.item_id])
            page = client.get(url).content.decode()
            assert "新办法" in page
            assert "没有审过的话" not in page

    def test_after_it_is_out_only_the_office_changes_its_number(self, side):
        edition = in_force(side)
        row = standing(edition)
        how = {"number": "QJGS-9", "expected": row.version}
        refused("normative.out", actions.register, edition.item, actor=side.officer, **how)
        actions.register(edition.item, actor=side.openness_office, **how)
        assert standing(edition).registration_number == "QJGS-9"

    @pytest.mark.parametrize("number", ["这是一句没有审过的话", "A B-1", "1\n2", "<b>1</b>"])
    def test_a_number_is_a_number(self, side, number):
        refused("normative.bad_number", registered, side, drafted(side), number=number)

    @pytest.mark.parametrize("number", ["QJGS-2026-0008", "HFGS—2017—9", "清规登〔2026〕8号"])
    def test_numbers_as_offices_write_them(self, side, number):
        assert registered(side, drafted(side), number=number).registration_number == number

    def test_the_list_and_the_questions_it_asks(self, client, side):
        client.force_login(side.officer)
        url = reverse("normative:documents")

        def questions():
            with CaptureQueriesContext(connection) as found:
                assert client.get(url).status_code == 200
            return len(found)

        in_force(side, title="甲办法")
        questions()
        few = questions()
        in_force(side, title="乙办法", lapses_on=date(2026, 5, 1))
        assert questions() == few <= 20
        soon = client.get(url, {"ends": "90"}).content.decode()
        assert "乙办法" in soon
        assert "甲办法" not in soon

    def test_a_wrong_decision_keeps_what_was_typed(self, client, side):
        edition = in_force(side)
        client.force_login(side.officer)
        typed = {
            "decision": "extend",
            "reason": "评估：仍适用",
            "version": standing(edition).version,
        }
        answer = client.post(reverse("normative:decide", args=[edition.item_id]), typed)
        assert answer.status_code == 409
        assert "请填新的截止日" in answer.content.decode()
        assert queries.assessments_of(standing(edition)) == []
