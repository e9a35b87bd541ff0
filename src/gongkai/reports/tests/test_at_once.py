"""Two people at the same moment: one report, one document, one look; the other is told in words."""

from __future__ import annotations

import pytest

from gongkai.accounts.tests.test_at_once import at_once
from gongkai.accounts.tests.world import make_world
from gongkai.audit.api import AuditEvent
from gongkai.kernel import clock
from gongkai.programme.api import Document
from gongkai.programme.tests.factories import at
from gongkai.reports import actions
from gongkai.reports.models import Draft, Template
from gongkai.reports.rules import docx
from gongkai.reports.rules.next_steps import NextStep
from gongkai.reports.tests.factories import YEAR_ENDS, issued, worked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def side():
    return make_world().own


def test_two_who_hand_on_leave_one_document(side):
    final = issued(side)
    before = Document.objects.count()
    steps = [NextStep("每月自查一次并通报", side.section.name, YEAR_ENDS.replace(year=2027))]

    def hand_on():
        with clock.at(at(YEAR_ENDS)):
            actions.hand_on(final, actor=side.openness_office, expected=final.version, steps=steps)

    codes = at_once(hand_on, hand_on)
    assert sorted(codes, key=len) == [set(), {"reports.handed_on"}]
    assert Document.objects.count() == before + 1
    final.refresh_from_db()
    assert final.handed_on == Document.objects.latest("id")
    assert AuditEvent.objects.filter(event="reports.draft_handed_on").count() == 1


def test_two_who_set_the_look_leave_one_in_use(side):
    look = docx.standard()

    def set_look():
        actions.set_template(
            actor=side.openness_office, body=side.body, upload=look, name="版式.docx"
        )

    for _ in range(5):
        codes = at_once(set_look, set_look)
        assert set() in codes
        assert all(refused <= {"kernel.stale"} for refused in codes)
        assert Template.objects.filter(live=side.body.pk).count() == 1
        assert AuditEvent.objects.filter(event="reports.template_set").count() == (
            Template.objects.count()
        )


def test_two_who_start_the_same_report_write_one(side):
    bound = worked(side)
    made = []

    def start():
        with clock.at(at(YEAR_ENDS)):
            made.append(
                actions.start_draft(actor=side.openness_office, programmes=[bound], as_of=YEAR_ENDS)
            )

    assert at_once(start, start) == [set(), set()]
    assert made[0] == made[1] == Draft.objects.get()
    assert made[0].passages.count() == made[1].passages.values("name").distinct().count()
    assert AuditEvent.objects.filter(event="reports.draft_started").count() == 1
