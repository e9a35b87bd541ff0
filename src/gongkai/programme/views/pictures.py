"""The page of pictures: a programme's year by month and the load of its units."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongkai.accounts.api import user_of
from gongkai.duties.api import LIGHT_LABELS, Light
from gongkai.programme import queries
from gongkai.ui.charts import Bars, Series

LIGHTS = (Light.RED, Light.AMBER, Light.GREEN, Light.BLUE, Light.GREY, Light.LATE, Light.MET)
"""From what burns to what is done, as the stripes stand above each other."""


@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """Show what of a programme was due, met, late and let go by, month by month, unit by unit."""
    user = user_of(request)
    asked = request.GET.get("programme", "")
    chosen = queries.programme_to_picture(user, int(asked) if asked.isdecimal() else None)
    offered = queries.programmes(user)
    context: dict[str, object] = {"programmes": offered, "chosen": chosen}
    if chosen is not None:
        counted = queries.year_of(user, chosen)
        context |= {
            "year": _year(chosen, counted),
            "load": _load(chosen, counted),
            "counted": counted,
        }
    return render(request, "programme/year.html", context)


def _year(programme: queries.Programme, counted: queries.Year) -> Bars:
    months = range(1, 13)
    counts = [counted.months.get(month, {}) for month in months]
    ways = [_days(programme.year, month) for month in months]
    return Bars(
        name="year",
        title=f"{programme.year}年每月到期的时限",
        said=_said(counts),
        head="月份",
        categories=[f"{month}月" for month in months],
        series=_series(programme, counts, ways),
    )


def _days(year: int, month: int) -> dict[str, str]:
    last = monthrange(year, month)[1]
    return {"due_on_from": f"{year}-{month:02}-01", "due_on_to": f"{year}-{month:02}-{last}"}


def _load(programme: queries.Programme, counted: queries.Year) -> Bars:
    counts = [found for _, found in counted.units]
    ways = [{"unit": str(unit.pk)} for unit, _ in counted.units]
    return Bars(
        name="load",
        title="各单位（科室）的时限",
        said=_said(counts),
        head="单位",
        categories=[unit.short for unit, _ in counted.units],
        series=_series(programme, counts, ways),
        lying=True,
    )


def _series(
    programme: queries.Programme,
    counts: Sequence[queries.Counts],
    ways: Sequence[dict[str, str]],
) -> list[Series]:
    """One series for each light that there is; each number leads to the list of its parts."""
    return [
        Series(
            light.value,
            LIGHT_LABELS[light.value],
            [found.get(light.value, 0) for found in counts],
            [queries.tasks_url(programme.pk, light=light.value, **way) for way in ways],
        )
        for light in LIGHTS
        if any(found.get(light.value) for found in counts)
    ]


def _said(counts: Sequence[queries.Counts]) -> str:
    totals = {light: sum(found.get(light.value, 0) for found in counts) for light in LIGHTS}
    shown = [f"{LIGHT_LABELS[light.value]}{n}件" for light, n in totals.items() if n]
    return f"共{sum(totals.values())}件：{'，'.join(shown)}。" if shown else "没有有日期的时限。"
