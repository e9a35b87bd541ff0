"""Bodies for tests, made through the actions."""

from __future__ import annotations

from datetime import date

from gongkai.organisation import actions
from gongkai.organisation.models import Unit
from gongkai.organisation.states import UnitKind

FOUNDED = date(2004, 1, 1)


def make_unit(
    parent: Unit | None, name: str, kind: UnitKind = UnitKind.SECTION, *names: str, on=FOUNDED
) -> Unit:
    """Set up a unit; the first of ``names`` is short, the others are aliases."""
    return actions.create_unit(
        actor=None,
        parent=parent,
        kind=kind,
        name=name,
        short_name=names[0] if names else "",
        aliases=names[1:],
        on=on,
    )


def make_bureau(parent: Unit | None = None) -> dict[str, Unit]:
    """Make a bureau with sections and subordinate units; "" is the bureau itself."""
    bureau = make_unit(parent, "清江市交通运输局", UnitKind.BODY, "市交通局")
    units = {"": bureau}
    for name, short in (
        ("办公室", ""),
        ("政策法规科", "法规科"),
        ("科技信息科", "科技科"),
        ("运输管理科", "运输科"),
        ("农村公路管理办公室", "农村办"),
    ):
        units[name] = make_unit(bureau, name, UnitKind.SECTION, *([short] if short else []))
    for name, short in (
        ("清江市公路事业发展中心", "公路中心"),
        ("清江市交通运输综合行政执法支队", "执法支队"),
    ):
        units[name] = make_unit(bureau, name, UnitKind.OFFICE, short)
    squad = units["清江市交通运输综合行政执法支队"]
    units["支队办公室"] = make_unit(squad, "办公室")
    return units
