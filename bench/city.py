"""The made-up city the measures run in: its bodies, sections and the people who look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.accounts.api import Role, User, appoint, create_user
from gongkai.organisation.api import Unit, UnitKind, create_unit

PLACES = ("清江市", "临河县", "平湖县", "东山县", "云溪县", "石桥区", "南塘区", "安阳镇", "柳林镇")
BUREAUS = (
    "交通运输局",
    "教育局",
    "民政局",
    "水利局",
    "卫生健康委员会",
    "自然资源局",
    "农业农村局",
    "文化和旅游局",
    "市场监督管理局",
    "应急管理局",
)
BODIES = tuple(f"{place}{bureau}" for place in PLACES for bureau in BUREAUS)
"""Ninety names of bodies; with their sections more than a thousand units."""

SECTIONS = (
    "办公室",
    "政策法规科",
    "人事科",
    "综合计划科",
    "基本建设科",
    "科技信息科",
    "运输管理科",
    "水路运输科",
    "财务审计科",
    "行政审批科",
    "安全监督科",
    "宣传科",
)
FOUNDED = date(2004, 1, 1)
PASSWORD = "Qingjiang-bench-1"  # an account in a database that is thrown away


@dataclass(frozen=True)
class City:
    """Who and what there is: ``sections`` by body; the people from the narrowest view up."""

    top: Unit
    bodies: tuple[Unit, ...]
    sections: tuple[tuple[Unit, ...], ...]
    officer: User
    office: User
    leader: User

    @property
    def people(self) -> dict[str, User]:
        """Who looks at the pages: a section's officer, a body's openness office, the city's."""
        return {"section": self.officer, "body": self.office, "city": self.leader}


def found(bodies_wanted: int) -> City:
    """Set up the city with so many bodies through the actions."""
    top = _unit(None, UnitKind.BODY, "清江市人民政府")
    bodies = tuple(_unit(top, UnitKind.BODY, name) for name in BODIES[:bodies_wanted])
    sections = tuple(
        tuple(_unit(body, UnitKind.SECTION, name) for name in SECTIONS) for body in bodies
    )
    return City(
        top,
        bodies,
        sections,
        officer=_person("officer", sections[0][0], Role.OFFICER),
        office=_person("office", bodies[0], Role.OPENNESS_OFFICE),
        leader=_person("leader", top, Role.OPENNESS_OFFICE),
    )


def _unit(parent: Unit | None, kind: UnitKind, name: str) -> Unit:
    return create_unit(actor=None, parent=parent, kind=kind, name=name, on=FOUNDED)


def _person(username: str, unit: Unit, role: Role) -> User:
    user = create_user(actor=None, username=username, full_name="张明", password=PASSWORD)
    appoint(actor=None, user=user, unit=unit, role=role, from_on=FOUNDED)
    return user
