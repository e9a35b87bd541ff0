"""A report that was received as a document is checked without another upload."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.kernel.refusal import Refused
from gongkai.programme.tests.factories import read_now
from gongkai.reports import actions
from gongkai.reports.jobs import check_report
from gongkai.reports.models import Check
from gongkai.reports.tests.factories import REPORT, checked_now

pytestmark = pytest.mark.django_db


def hand_in(browser, **sent):
    return browser.post(reverse("reports:receive"), sent)


def test_a_received_document_is_offered_and_checked_from_a_copy(side, office):
    document = read_now(side, REPORT)
    assert document.title in office.get(reverse("reports:receive")).content.decode()
    answer = hand_in(office, document=document.pk)
    check = Check.objects.get()
    assert answer.url == reverse("reports:check", args=[check.pk])
    assert check.title == document.title
    assert check.file != document.file
    assert check.file.sha256 == document.file.sha256
    check_report(f"reports.check:{check.pk}", set())
    assert check.findings.filter(agrees=False).count() == 1


def test_a_changed_report_may_be_a_received_document_too(side, office):
    first = checked_now(side)
    document = read_now(side, REPORT)
    office.post(reverse("reports:again", args=[first.pk]), {"document": document.pk})
    assert Check.objects.latest("pk").replaces == first


def test_only_one_way_is_taken(side, office):
    document = read_now(side, REPORT)
    answer = hand_in(office, document=document.pk, pasted=REPORT)
    assert answer.status_code == 422
    assert "只能用一种" in answer.content.decode()
    assert not Check.objects.exists()


def test_nothing_of_others_is_offered_or_taken(world, office):
    theirs = read_now(world.other, REPORT)
    shown = office.get(reverse("reports:receive")).content.decode()
    assert "或选已收到的公文" not in shown
    assert hand_in(office, document=theirs.pk).status_code == 422
    with pytest.raises(Refused, match="invisible"):
        actions.receive_document(theirs, actor=world.own.openness_office, body=world.own.body)
    assert not Check.objects.exists()
