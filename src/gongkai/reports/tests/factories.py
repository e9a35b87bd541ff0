"""Reports for tests, handed in through the actions; own writing, a fictional bureau."""

from __future__ import annotations

from gongkai.accounts.tests.world import Side
from gongkai.reading.read import read
from gongkai.reading.source import load
from gongkai.reports import actions
from gongkai.reports.models import Check

REPORT = """清江市交通运输局2026年政务公开工作落实情况报告

一、工作落实情况
（一）依申请公开。全年共收到政府信息公开申请45件，其中：网上申请30件、当面申请9件、信函申请6件，均已按期答复。
（二）优化服务。12项审批事项办理时限由原来的200个工作日压缩至150个工作日，压缩率达到75%。
（三）政务公开培训。举办培训4期，参训120人。

二、下一步打算
继续做好各项工作。
"""
"""One sum that agrees and one cut of 25 % that is stated as 75 %."""

MENDED = REPORT.replace("75%", "25%")


def checked_now(side: Side, text: str = REPORT, replaces: Check | None = None) -> Check:
    """Hand in a report and compute its figures at once, without the worker."""
    check = actions.receive_report(
        actor=side.openness_office,
        body=side.body,
        upload=text.encode(),
        name="落实情况报告.txt",
        replaces=replaces,
    )
    source = load(text.encode(), "落实情况报告.txt")
    return actions.take_figures(check, reading=read(source), text=source.text)
