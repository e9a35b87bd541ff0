"""Submissions for tests, made through the actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.kernel import clock
from gongkai.submissions import actions
from gongkai.submissions.models import Requirement, Round
from gongkai.submissions.states import Kind, Rhythm, Way


def upload(name: str = "名单.txt", data: bytes = "名单".encode()) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, data)


def required(side: Any, **how: Any) -> Requirement:
    """Enter something owed, by default once, by the section, in two weeks."""
    today = clock.today()
    usual = {
        "body": side.body,
        "owner": side.section,
        "actor": side.openness_office,
        "kind": Kind.STAFF,
        "name": "政务公开工作人员名单",
        "recipient": "市政务公开办",
        "rhythm": Rhythm.ONCE,
        "asked_on": today,
        "due_on": today + timedelta(days=14),
    }
    return actions.require(**{**usual, **how})


def quarterly(side: Any, **how: Any) -> Requirement:
    """Enter something owed each quarter, ten days after it."""
    usual = {"rhythm": Rhythm.QUARTERLY, "due_on": None, "lag": 10, "kind": Kind.STATISTICS}
    return required(side, **{**usual, "name": "依申请公开统计表", **how})


def first(requirement: Requirement) -> Round:
    """Return the first round with its records."""
    rows = requirement.rounds.select_related("requirement", "owner", "body", "duty")
    return rows.order_by("due_on").first()


def sent(side: Any, round_: Round, **how: Any) -> Round:
    """Enter that it was sent today with a file."""
    usual = {
        "actor": side.officer,
        "way": Way.EXCHANGE,
        "sent_on": clock.today(),
        "uploads": [upload()],
        "expected": round_.version,
    }
    actions.send(round_, **{**usual, **how})
    return again(round_)


def received(side: Any, round_: Round, **how: Any) -> Round:
    """Enter a receipt of today."""
    usual = {"actor": side.officer, "number": "收字〔2026〕3号", "received_on": clock.today()}
    actions.receive(round_, **{**usual, "expected": round_.version, **how})
    return again(round_)


def returned(side: Any, round_: Round, **how: Any) -> Round:
    """Enter that it came back today."""
    usual = {"actor": side.officer, "reason": "缺联系电话", "returned_on": clock.today()}
    actions.return_round(round_, **{**usual, "expected": round_.version, **how})
    return again(round_)


def again(round_: Round) -> Round:
    """Return the round as it now stands."""
    rows = Round.objects.select_related("requirement", "owner", "body", "duty")
    return rows.get(pk=round_.pk)
