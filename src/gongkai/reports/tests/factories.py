"""Reports for tests, handed in through the actions; own writing, a fictional bureau."""

from __future__ import annotations

from datetime import date

from gongkai.accounts.tests.world import Side
from gongkai.kernel import clock
from gongkai.programme import api as programme
from gongkai.programme.models import Programme
from gongkai.programme.tests.factories import at, bound_now, office_of, officer_at
from gongkai.progress import api as progress
from gongkai.reading.read import read
from gongkai.reading.source import load
from gongkai.reports import actions
from gongkai.reports.models import Check, Draft

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


YEAR_ENDS = date(2026, 11, 20)


def worked(side: Side) -> Programme:
    """Bind the year's tasks and work a part of them: one date met, one late, one let go by."""
    with clock.at(at(date(2026, 3, 2))):
        bound = bound_now(side)
        clerk = officer_at(office_of(side), username=f"{side.body.pk}clerk")
        first = bound.tasks.get(row=1)
        progress.set_measures(
            first,
            unit=side.section,
            actor=side.officer,
            measures="明确岗位职责，列入科室年度考核",
            steps=[],
            answers="",
            supervised="",
            expected=0,
        )
    with clock.at(at(date(2026, 6, 10))):
        for unit, actor in ((side.section, side.officer), (office_of(side), clerk)):
            programme.add_evidence(first, actor=actor, unit=unit, note="岗位职责已印发")
            first.refresh_from_db()
            timed = first.duties.get(unit=unit)
            programme.take_done(
                first,
                unit=unit,
                actor=actor,
                duty_id=timed.duty_id,
                done_at=clock.now(),
                said="岗位职责已印发",
            )
            first.refresh_from_db()
    with clock.at(at(date(2026, 7, 10))):
        website = bound.tasks.get(row=6)
        progress.record_progress(
            website,
            unit=side.section,
            actor=side.officer,
            progress="上半年检查2次",
            problems="空栏目整改不及时",
            next_steps="每月自查一次并通报",
        )
    return bound


def drafted(side: Side, as_of: date = YEAR_ENDS) -> Draft:
    """Draft the report on a year that was worked."""
    bound = worked(side)
    with clock.at(at(as_of)):
        return actions.start_draft(
            actor=side.openness_office, programmes=[bound], as_of=as_of, recipient="市政府办公室"
        )


def issued(side: Side) -> Draft:
    """Draft a report and issue it as it was drafted."""
    draft = drafted(side)
    with clock.at(at(YEAR_ENDS)):
        return actions.issue(draft, actor=side.openness_office, expected=draft.version)
