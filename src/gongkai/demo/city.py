"""The fictional city of 清江: its bodies, sections and people, made through the actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from gongkai.accounts import api as accounts
from gongkai.accounts.api import Role, User
from gongkai.demo.mail import address_of
from gongkai.organisation import api as organisation
from gongkai.organisation.api import Unit, UnitKind

FOUNDED = date(2004, 1, 1)

SECTIONS = (
    ("办公室", ("办公室", "局办")),
    ("政策法规科", ("法规科",)),
    ("人事科", ("人事科", "组织人事科")),
    ("综合计划科", ("计划科",)),
    ("基本建设科", ("基建科",)),
    ("科技信息科", ("科技科",)),
    ("运输管理科", ("运输科",)),
    ("水路运输科", ("水运科",)),
    ("财务审计科", ("财务科",)),
    ("行政审批科", ("审批科",)),
    ("安全监督科", ("安全科",)),
    ("农村公路管理办公室", ("农村办",)),
)
SUBORDINATES = (
    ("清江市公路事业发展中心", ("公路中心",)),
    ("清江市道路运输管理处", ("运管处",)),
    ("清江市水路事务中心", ("水路中心",)),
    ("清江市交通运输综合行政执法支队", ("执法支队",)),
)
ALL_SECTIONS = ("各科室", "局机关各科室", "机关各科室")
ALL_SUBORDINATES = ("局属各单位", "局属单位", "各局属单位")


@dataclass(frozen=True)
class Person:
    """A person of the demo: sign-in name, name, and the posts (unit's short name, role)."""

    username: str
    full_name: str
    posts: tuple[tuple[str, Role], ...]


PEOPLE = (
    Person("zhoumin", "周敏", (("", Role.OPENNESS_OFFICE), ("办公室", Role.OFFICER))),
    Person("lintao", "林涛", (("科技科", Role.OFFICER),)),
    Person("wujing", "吴静", (("科技科", Role.SECTION_HEAD),)),
    Person("chenguoqiang", "陈国强", (("", Role.DEPUTY_LEADER),)),
    Person("lijianhua", "李建华", (("", Role.LEADER),)),
    Person("zhaolan", "赵岚", (("", Role.SECRECY_REVIEWER),)),
    Person("sunyi", "孙毅", (("", Role.AUDITOR),)),
    Person("heping", "何平", (("", Role.PLATFORM_ADMIN),)),
    Person("fangli", "方丽", (("法规科", Role.SECTION_HEAD), ("法规科", Role.OFFICER))),
    Person("hewei", "何伟", (("办公室", Role.SECTION_HEAD),)),
    Person("jiangbo", "江波", (("基建科", Role.OFFICER),)),
    Person("tangxue", "唐雪", (("运输科", Role.OFFICER),)),
    Person("guohai", "郭海", (("财务科", Role.OFFICER),)),
    Person("luoqing", "罗青", (("人事科", Role.OFFICER),)),
    Person("xujun", "徐军", (("执法支队", Role.OFFICER),)),
    Person("mafei", "马飞", (("公路中心", Role.OFFICER),)),
)


@dataclass(frozen=True)
class City:
    """What the demo's year is worked in."""

    bureau: Unit
    units: dict[str, Unit]
    people: dict[str, User]


def found_city() -> City:
    """Make the bodies, sections, sets and people; the system itself is the actor."""
    government = organisation.create_unit(
        actor=None, parent=None, kind=UnitKind.BODY, name="清江市人民政府", on=FOUNDED
    )
    bureau = organisation.create_unit(
        actor=None,
        parent=government,
        kind=UnitKind.BODY,
        name="清江市交通运输局",
        short_name="市交通局",
        on=FOUNDED,
    )
    units = {"": bureau}
    sections = _units(bureau, SECTIONS, UnitKind.SECTION, units)
    offices = _units(bureau, SUBORDINATES, UnitKind.OFFICE, units)
    for names, members in ((ALL_SECTIONS, sections), (ALL_SUBORDINATES, offices)):
        for name in names:
            organisation.create_set(actor=None, body=bureau, name=name, members=members)

    people = {p.username: _person(p, units) for p in PEOPLE}
    _another_body(government)
    return City(bureau, units, people)


def _units(
    bureau: Unit,
    rows: tuple[tuple[str, tuple[str, ...]], ...],
    kind: UnitKind,
    units: dict[str, Unit],
) -> list[Unit]:
    made = []
    for name, aliases in rows:
        unit = organisation.create_unit(
            actor=None,
            parent=bureau,
            kind=kind,
            name=name,
            short_name=aliases[0],
            aliases=aliases[1:],
            on=FOUNDED,
        )
        units[name] = unit
        units.update(dict.fromkeys(aliases, unit))
        made.append(unit)
    return made


def _another_body(government: Unit) -> None:
    """Another bureau, so that the demo shows what its people cannot see."""
    education = organisation.create_unit(
        actor=None,
        parent=government,
        kind=UnitKind.BODY,
        name="清江市教育局",
        short_name="市教育局",
        on=FOUNDED,
    )
    user = accounts.create_user(
        actor=None,
        username="qianling",
        full_name="钱玲",
        password=settings.DEMO_PASSWORD,
        email=address_of("qianling"),
    )
    accounts.appoint(actor=None, user=user, unit=education, role=Role.OPENNESS_OFFICE)


def _person(person: Person, units: dict[str, Unit]) -> User:
    user = accounts.create_user(
        actor=None,
        username=person.username,
        full_name=person.full_name,
        password=settings.DEMO_PASSWORD,
        email=address_of(person.username),
    )
    for where, role in person.posts:
        accounts.appoint(actor=None, user=user, unit=units[where], role=role, from_on=FOUNDED)
    return user
