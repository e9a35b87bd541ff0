"""The bureau's reports on its year: one handed in for checking, one drafted from the records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from importlib.resources import files

from gongkai.demo.city import City
from gongkai.outbox import api as outbox
from gongkai.programme.api import Programme
from gongkai.reports import api as reports

NAME = "清江市交通运输局2026年政务公开工作落实情况报告.txt"


def hand_in_report(city: City) -> reports.Check:
    """Hand the report in for checking, as the openness office would before it is signed."""
    text = files("gongkai.demo").joinpath("sources/report_2026.txt").read_bytes()
    check = reports.receive_report(
        actor=city.people["zhoumin"], body=city.bureau, upload=text, name=NAME
    )
    outbox.drain()
    return check


def draft_report(city: City, programmes: Sequence[Programme], *, as_of: date) -> reports.Draft:
    """Draft the year's report and add what only people know, as the openness office would."""
    zhou = city.people["zhoumin"]
    draft = reports.start_draft(
        actor=zhou, programmes=programmes, as_of=as_of, recipient="清江市人民政府办公室"
    )
    overall = draft.passages.get(heading="总体情况")
    reports.rewrite(
        overall,
        actor=zhou,
        expected=overall.version,
        text=overall.text + "\n局党组两次听取政务公开工作汇报，分管领导每季度调度一次。",
    )
    return draft
