"""The page "why this day?": the count as months, its facts, the rule of the light."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from gongkai.accounts.api import User, user_of
from gongkai.audit import api as audit
from gongkai.calendars.api import working_calendar
from gongkai.duties import queries
from gongkai.duties.queries import Explanation
from gongkai.duties.states import LIGHT_RULES, OPEN_STATES, FactKind, LimitKind, State
from gongkai.duties.views.acts import Forms, acts
from gongkai.duties.views.lists import sign_of
from gongkai.duties.views.picture import months_of
from gongkai.kernel import clock
from gongkai.ui.parts import Crumb, Fact
from gongkai.ui.words import moment

if TYPE_CHECKING:
    from gongkai.duties.models import Duty
    from gongkai.duties.models import Fact as LedgerFact


@require_GET
def why(request: HttpRequest, pk: int) -> HttpResponse:
    """Show why a duty is due when it is, day by day."""
    user = user_of(request)
    return page(request, user, duty_or_404(user, pk), {}, 200)


def duty_or_404(user: User, pk: int) -> Duty:
    """Return a duty that the user may see. Raises ``Http404``."""
    try:
        return queries.duty_for(user, pk)
    except ObjectDoesNotExist:
        raise Http404 from None


def page(request: HttpRequest, user: User, duty: Duty, forms: Forms, status: int) -> HttpResponse:
    """Show the duty with its buttons; ``forms`` are those that came back with errors."""
    found = queries.explain(duty)
    context = {
        "duty": duty,
        "crumbs": [Crumb("我的时限", reverse("duties:mine"))],
        "sign": sign_of(duty),
        "explanation": found,
        "what": _what(found),
        "acts": acts(user, found, forms),
        "answered": _answered(found),
        "months": months_of(found, working_calendar()),
        "days": _days(found),
        "day_heads": ["日期", "计数", "说明"],
        "stretches": _stretches(found),
        "stretch_heads": ["从", "到", "计时", "说明"],
        "facts": _facts(found),
        "fact_heads": FACT_HEADS,
        "rules": [(r.label, r.sentence) for r in LIGHT_RULES.values()],
        "rule_heads": ["灯", "规则"],
        "timeline": audit.timeline(duty),
    }
    return render(request, "duties/why.html", context, status=status)


def _what(found: Explanation) -> list[Fact]:
    duty = found.duty
    rows = [
        Fact("事项", duty.title),
        Fact("责任单位", str(duty.owner), note=_gone(duty)),
        Fact("承办人", str(duty.person or "未定")),
        Fact("时限", found.limit.words),
        Fact("状态", State(duty.state).label),
    ]
    if duty.period:
        rows.append(Fact("周期", duty.period))
    if duty.law:
        rows.append(Fact("依据", duty.law))
    if duty.closed_at:
        rows.append(Fact("办结时间", duty.closed_at))
    if found.limit.counted:
        rows.append(Fact("工作日历", found.calendar))
    if found.clock.pauses:
        rows.append(Fact("暂停怎么算", found.reading.label))
    return rows


def _gone(duty: Duty) -> str:
    """Say that the owner no longer exists, and what becomes of what is still to be done."""
    on = duty.owner.dissolved_on
    if on is None or on > clock.today():
        return ""
    said = f"已于{on.year}年{on.month}月{on.day}日撤销"
    moves = duty.state in OPEN_STATES and not duty.history
    return f"{said}，在办的转给承接单位或上级单位" if moves else said


def _answered(found: Explanation) -> str:
    if found.if_answered_on is None:
        return ""
    on = found.if_answered_on
    return f"如果今天答复，到期日为{on.year}年{on.month}月{on.day}日。"


def _days(found: Explanation) -> list[tuple[object, ...]]:
    return [(s.on, f"第{s.number}天" if s.counted else "不计", s.why) for s in found.found.steps]


def _stretches(found: Explanation) -> list[tuple[object, ...]]:
    if found.limit.kind is not LimitKind.HOURS:
        return []
    return [
        (moment(s.since), moment(s.until) or "还在暂停", "计" if s.counted else "不计", s.why)
        for s in found.found.stretches
    ]


FACT_HEADS = ("发生时间", "事实", "说明", "登记人", "登记时间")


def _facts(found: Explanation) -> list[list[tuple[str, str]]]:
    """Return the rows of the ledger, each value with its head."""
    rows = [
        (
            moment(timezone.localtime(fact.at)),
            FactKind(fact.kind).label,
            _fact_words(found, fact),
            str(fact.recorded_by or "系统"),
            moment(fact.recorded_at),
        )
        for fact in found.facts
    ]
    return [list(zip(row, FACT_HEADS, strict=True)) for row in rows]


def _fact_words(found: Explanation, fact: LedgerFact) -> str:
    words = [fact.reason or fact.pause]
    if fact.amount:
        words.append(f"{fact.amount}{found.limit.unit}")
    if fact.on:
        words.append(f"{fact.on.year}年{fact.on.month}月{fact.on.day}日")
    return "；".join(filter(None, words))
