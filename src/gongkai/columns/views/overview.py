"""The picture of all columns of a body, and the page of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.accounts.api import User, user_of
from gongkai.audit.api import timeline
from gongkai.columns import policies, queries
from gongkai.columns.forms import ChangeForm, HowForm, PairForm, ReasonForm, TakeOverForm
from gongkai.columns.queries import Line, Upkeep
from gongkai.columns.states import FIELDS, Freshness, Rhythm
from gongkai.kernel import clock
from gongkai.organisation.api import Unit
from gongkai.ui.handing_in import chosen_body
from gongkai.ui.parts import Act, Crumb, Fact, Sign

Sent = Mapping[str, Form]
"""Forms that came back, by verb."""

HERE = "栏目保障"
STANDS = {
    Freshness.GREEN: "在更新周期以内。",
    Freshness.AMBER: "离到期不超过5个工作日，请准备内容。",
    Freshness.RED: "过了更新期限还没有新内容。",
    Freshness.GREY: "没有登记待公开的变动。",
}


def sign_of(line: Line) -> Sign:
    """Show how a column stands, with the day until which it has to be updated."""
    duty = line.upkeep.duty
    due = duty.due_on if duty and duty.closed_at is None else None
    return Sign(line.freshness, line.freshness.label, STANDS[line.freshness], due)


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show all columns of a body with lights, owners and their year."""
    user = user_of(request)
    return overview_page(request, user, {})


def overview_page(request: HttpRequest, user: User, sent: Sent, status: int = 200) -> HttpResponse:
    """Show the picture, with a form that came back."""
    bodies = policies.bodies_of(user)
    body = chosen_body(request, bodies, policies.NOT_SEEN)
    year, only = _year(request), _only(request)
    lines = queries.lines_of(body, year)
    may_set = policies.may_set(user, body)
    context = {
        "body": body,
        "bodies": bodies,
        "year": year,
        "years": (year - 1, year + 1),
        "groups": queries.grouped([one for one in lines if not only or one.freshness == only]),
        "counts": queries.counts(lines),
        "chosen": only,
        "retired": queries.retired_of(body),
        "may_set": may_set,
        "take_over": _take_over(body, lines, sent) if may_set else None,
    }
    return render(request, "columns/overview.html", context, status=status)


def _year(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    ok = asked.isdecimal() and len(asked) == 4 and 2000 <= int(asked) <= 2100
    return int(asked) if ok else clock.today().year


def _only(request: HttpRequest) -> str:
    asked = request.GET.get("light", "")
    return asked if asked in list(Freshness) else ""


def _take_over(body: Unit, lines: list[Line], sent: Sent) -> Act | None:
    """Offer the field columns as long as some are missing."""
    kept = {one.upkeep.column.code for one in lines}
    missing = [one for one in FIELDS if one.code not in kept]
    missing = [one for one in missing if one.code not in queries.retired_codes(body)]
    if not missing:
        return None
    form = sent.get("take_over") or TakeOverForm(units=queries.units_of(body))
    label = f"采用重点领域栏目（{len(missing)}个）"
    tone: Any = "plain" if lines else "primary"
    return Act(label, reverse("columns:take_over"), form=form, hidden={"body": body.pk}, tone=tone)


def found_or_404(user: User, pk: int) -> Upkeep:
    """Return a column that the person may see."""
    found = queries.upkeep_or_none(user, pk)
    if found is None:
        raise Http404
    return found


@require_GET
def upkeep(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one column: how it is kept, its clock, its year, what is out in it."""
    user = user_of(request)
    return upkeep_page(request, user, found_or_404(user, pk), {})


def upkeep_page(
    request: HttpRequest, user: User, found: Upkeep, sent: Sent, status: int = 200
) -> HttpResponse:
    """Show a column, with forms that came back."""
    year = clock.today().year
    line = queries.line_of(found, year) if found.retired_at is None else None
    context = {
        "upkeep": found,
        "line": line,
        "year": year,
        "sign": sign_of(line) if line else None,
        "facts": list(_facts(found)),
        "acts": list(acts(user, found, sent)),
        "pairs": list(_pairs(user, found)),
        "changes": queries.alterations_of(found),
        "out": queries.out_in(None, found),
        "crumbs": [Crumb(HERE, reverse("columns:overview") + f"?body={found.body_id}")],
        "timeline": timeline(found),
    }
    return render(request, "columns/upkeep.html", context, status=status)


def _facts(found: Upkeep) -> Iterator[Fact]:
    yield Fact("责任科室", found.owner.name)
    yield Fact("责任人", found.person.full_name if found.person else "科室信息员")
    yield Fact("更新周期", queries.rhythm_of(found))
    yield Fact("依据", found.ground or "未填")
    yield Fact("目录位置", queries.place_of(found))
    yield Fact("最近更新", found.updated_at or "还没有发布过")
    if found.retired_at:
        yield Fact("停办", found.retired_at, note=found.retired_why)


def _pairs(user: User, found: Upkeep) -> Iterator[tuple[str, Act | None]]:
    may = policies.may_set(user, found.body)
    for pair in queries.pairs_of(found):
        other = pair.second if pair.first_id == found.pk else pair.first
        url = reverse("columns:unpair", args=[pair.pk])
        act = Act(
            "取消同步",
            url,
            hidden={"version": pair.version},
            tone="quiet",
            confirm="以后这两个栏目可以分开公开。",
        )
        yield other.name, act if may else None


def acts(user: User, found: Upkeep, sent: Sent) -> Iterator[Act]:
    """Yield what may be done with a column."""
    version = {"version": found.version}
    if policies.may_keep(user, found) and found.retired_at is None:
        if Rhythm(found.rhythm) is Rhythm.CHANGES:
            form = sent.get("change") or ChangeForm(initial={"changed_on": clock.today()})
            url = reverse("columns:change", args=[found.pk])
            yield Act("登记变动", url, form=form, hidden=version, tone="primary")
        yield Act("起草内容", reverse("publications:begin"), method="get")
    if not policies.may_set(user, found.body):
        return
    if found.retired_at is not None:
        yield Act("恢复", reverse("columns:resume", args=[found.pk]), hidden=version)
        return
    form = sent.get("set") or how_form(found.body, initial=_how(found))
    yield Act("改设定", reverse("columns:set", args=[found.pk]), form=form, hidden=version)
    pairing = sent.get("pair") or PairForm(columns=queries.others_of(found))
    yield Act("设同步公开", reverse("columns:pair", args=[found.pk]), form=pairing, tone="quiet")
    yield Act(
        "停办",
        reverse("columns:retire", args=[found.pk]),
        form=sent.get("retire") or ReasonForm(),
        hidden=version,
        tone="quiet",
    )


def _how(found: Upkeep) -> dict[str, Any]:
    return {
        "name": found.name,
        "owner": found.owner_id,
        "person": found.person_id,
        "rhythm": found.rhythm,
        "amount": found.amount,
        "ground": found.ground,
    }


def how_form(body: Unit, data: Any = None, **kwargs: Any) -> HowForm:
    """Return the form of a column's upkeep with the body's units and people."""
    return HowForm(data, units=queries.units_of(body), people=queries.people_in(body), **kwargs)
