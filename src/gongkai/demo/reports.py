"""The bureau's report on its year, handed in with one figure that does not agree."""

from __future__ import annotations

from importlib.resources import files

from gongkai.demo.city import City
from gongkai.outbox import api as outbox
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
