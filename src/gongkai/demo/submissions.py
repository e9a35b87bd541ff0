"""What the demo's bureau owes upward through the year: sent, receipted, one returned, one due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.demo.city import City
from gongkai.outbox import api as outbox
from gongkai.submissions import api as submissions
from gongkai.submissions.api import Kind, Rhythm, Way

SUPERIOR = "清江市政务公开办"
ASKED = date(2026, 3, 3)
STATISTICS, STAFF, OPINIONS = "依申请公开办理情况统计表", "政务公开工作人员名单", "公众意见建议报告"


def go_on(city: City, *, day: date) -> None:
    """Enter what is asked for on the first day; later send what is due, with a receipt."""
    if day == ASKED:
        _require(city)
    for round_ in _due(day):
        _send(city, round_, day)
    for round_ in _rounds("sent"):
        if round_.sent_on and round_.sent_on + timedelta(days=3) <= day and day.month != 11:
            submissions.receive(
                round_,
                actor=city.people["zhoumin"],
                number=f"清公开办收〔2026〕{round_.pk}号",
                received_on=day,
                expected=round_.version,
            )
    outbox.drain()


def come_back(city: City, *, day: date) -> None:
    """The superior sends the last statistics back."""
    for round_ in _rounds("received"):
        if round_.requirement.name == STATISTICS and round_.period.endswith("第三季度"):
            submissions.return_round(
                round_,
                actor=city.people["zhoumin"],
                reason="第4栏与第5栏合计不一致，请核对后重报。",
                returned_on=day,
                again_by=day + timedelta(days=5),
                expected=round_.version,
            )


def _require(city: City) -> None:
    owed = (
        (STATISTICS, Kind.STATISTICS, "法规科", Rhythm.QUARTERLY, 10, None),
        (STAFF, Kind.STAFF, "办公室", Rhythm.ONCE, 0, date(2026, 3, 31)),
        (OPINIONS, Kind.OPINION, "办公室", Rhythm.HALF_YEARLY, 15, None),
        ("年度政务公开工作落实情况报告", Kind.REPORT, "办公室", Rhythm.ONCE, 0, date(2026, 12, 10)),
    )
    for name, kind, owner, rhythm, lag, due_on in owed:
        submissions.require(
            body=city.bureau,
            owner=city.units[owner],
            actor=city.people["zhoumin"],
            kind=kind,
            name=name,
            recipient=SUPERIOR,
            rhythm=rhythm,
            lag=lag,
            due_on=due_on,
            asked_on=ASKED,
            basis="2026年全市政务公开工作要点",
        )


def _rounds(state: str) -> Iterator[submissions.Round]:
    rows = submissions.Round.objects.filter(state=state).order_by("pk")
    yield from rows.select_related("requirement", "owner", "body", "duty")


def _due(day: date) -> Iterator[submissions.Round]:
    """What is due within five days and whose period is over."""
    for round_ in _rounds("open"):
        if round_.due_on - timedelta(days=5) <= day:
            yield round_


def _send(city: City, round_: submissions.Round, day: date) -> None:
    name = f"{round_}.txt"
    submissions.send(
        round_,
        actor=city.people["zhoumin"],
        way=Way.EXCHANGE if round_.requirement.kind != Kind.STATISTICS else Way.SYSTEM,
        sent_on=day,
        uploads=[SimpleUploadedFile(name, f"{round_}\n清江市交通运输局\n".encode())],
        expected=round_.version,
    )
