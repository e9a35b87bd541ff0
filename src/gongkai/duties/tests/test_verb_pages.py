"""The buttons of a duty: what each does to ledger, timeline and due day, for whom, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts.api import Role
from gongkai.accounts.tests.world import World
from gongkai.audit import api as audit
from gongkai.duties import actions
from gongkai.duties.models import Duty
from gongkai.duties.rules import on_date, standing, waiting
from gongkai.duties.tests.factories import NOW, make_duty, moment
from gongkai.kernel import clock
from gongkai.organisation.api import dissolve_unit

pytestmark = pytest.mark.usefixtures("_march")


@pytest.fixture
def _march() -> Iterator[None]:
    """It is Monday 2026-03-02, nine o'clock."""
    with clock.at(NOW):
        yield


def browser(world: World, role: Role) -> Client:
    client = Client()
    client.force_login(world.own.people[role])
    return client


def send(client: Client, verb: str, duty: Duty, **fields: Any) -> Any:
    """Send a verb's form as the page would, from the version that stands now."""
    given = {"version": Duty.objects.get(pk=duty.pk).version, **fields}
    sent = {f"{verb}-{name}": value for name, value in given.items()}
    return client.post(reverse(f"duties:{verb}", args=[duty.pk]), sent)


def body(client: Client, duty: Duty) -> str:
    return str(client.get(reverse("duties:why", args=[duty.pk])).content.decode())


def may(text: str) -> str:
    """The part of the page that says what may be done now."""
    return text.partition('id="record-may"')[2].partition('class="record-rest"')[0]


WAITS = {"limit": waiting()}
DATED = {"limit": on_date(date(2026, 6, 30))}
DONE: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    (
        "pause",
        {},
        {"at": "2026-02-27T10:00", "reason": "征求乙局意见"},
        ["计时暂停，已计6个工作日", "如果今天答复", "征求乙局意见"],
    ),
    (
        "extend",
        {},
        {"days": "20", "reason": "内容较多，经政务公开办同意"},
        ["40个工作日（原20，延长20）", "内容较多，经政务公开办同意；20个工作日"],
    ),
    (
        "reset",
        {},
        {"at": "2026-02-26T10:00", "reason": "收到补正"},
        ["2026年2月26日重新起算，当日不计", "收到补正"],
    ),
    (
        "set_date",
        WAITS,
        {"on": "2026-09-30", "reason": "市府办〔2026〕3号"},
        ["期限定为2026年9月30日，不按天数推算", "市府办〔2026〕3号；2026年9月30日"],
    ),
    (
        "set_date",
        DATED,
        {"on": "2026-09-30", "reason": "市府办〔2026〕3号"},
        ["期限定为2026年9月30日，原为2026年6月30日"],
    ),
]


@pytest.mark.parametrize("role", [Role.SECTION_HEAD, Role.OPENNESS_OFFICE])
@pytest.mark.parametrize(("verb", "fields", "sent", "says"), DONE)
def test_a_verb_is_explained_and_kept(
    world: World,
    role: Role,
    verb: str,
    fields: dict[str, Any],
    sent: dict[str, str],
    says: list[str],
) -> None:
    duty = make_duty(world.own.section, **fields)
    client = browser(world, role)
    answer = send(client, verb, duty, **sent)
    assert answer["Location"] == reverse("duties:why", args=[duty.pk])
    text = body(client, duty)
    for words in says:
        assert words in text
    told = audit.timeline(duty)[0]
    assert told.actor_name == world.own.people[role].full_name
    assert sent["reason"] in str(told.facts)


def test_an_answer_lets_the_clock_go_on(world: World) -> None:
    duty = make_duty(world.own.section)
    actions.pause(duty, actor=None, at=moment("2026-02-24T10:00"), reason="征求甲公司意见")
    client = browser(world, Role.OFFICER)
    send(client, "resume", duty, at="2026-02-26T10:00", reason="甲公司同意公开")
    text = body(client, duty)
    assert "其间暂停的2个工作日不计，到2026年3月20日为止" in text
    assert "甲公司同意公开" in text


def test_of_several_pauses_one_is_chosen(world: World) -> None:
    duty = make_duty(world.own.section)
    for day, who in ((24, "甲公司"), (25, "乙局")):
        at = moment(f"2026-02-{day}T10:00")
        duty = actions.pause(duty, actor=None, at=at, reason=f"征求{who}意见")
    client = browser(world, Role.OFFICER)
    assert "征求乙局意见（2026年2月25日" in may(body(client, duty))
    assert send(client, "resume", duty, at="2026-02-26T10:00").status_code == 422
    send(client, "resume", duty, key="征求乙局意见", at="2026-02-26T10:00")
    pauses = duty.facts.filter(kind="resumed").values_list("pause", flat=True)
    assert list(pauses) == ["征求乙局意见"]


def test_giving_it_to_another_unit_and_person(world: World) -> None:
    duty = make_duty(world.own.section)
    client = browser(world, Role.OPENNESS_OFFICE)
    owner, leader = world.own.body, world.own.deputy_leader
    send(client, "reassign", duty, owner=owner.pk, person=leader.pk, reason="局里统筹")
    duty.refresh_from_db()
    assert (duty.owner, duty.person) == (owner, leader)
    text = body(client, duty)
    assert "由科技信息科改派清江市交通运输局（own分管领导）：局里统筹" in text


def test_a_head_gives_it_to_their_own_people_only(world: World) -> None:
    duty = make_duty(world.own.section)
    client = browser(world, Role.SECTION_HEAD)
    offered = may(body(client, duty))
    assert "own信息员（科技信息科）" in offered
    assert "own分管领导" not in offered
    answer = send(client, "reassign", duty, owner=world.own.body.pk, reason="x")
    assert answer.status_code == 422
    send(client, "reassign", duty, owner=duty.owner_id, person=world.own.officer.pk, reason="x")
    duty.refresh_from_db()
    assert duty.person == world.own.officer


def test_a_refusal_keeps_what_was_typed_and_says_why(world: World) -> None:
    duty = make_duty(world.own.section)
    client = browser(world, Role.OFFICER)
    answer = send(client, "pause", duty, at="2026-03-03T10:00", reason="征求意见中的说明")
    text = str(answer.content.decode())
    assert answer.status_code == 409
    assert "暂停计时的时间还没到" in text
    assert "征求意见中的说明" in may(text)
    assert duty.facts.count() == 1


def test_a_page_that_is_out_of_date_is_told_and_may_go_on(world: World) -> None:
    duty = make_duty(world.own.section)
    actions.extend(duty, actor=None, days=5, reason="甲")
    client = browser(world, Role.SECTION_HEAD)
    answer = send(client, "extend", duty, version=duty.version, days="3", reason="乙")
    text = str(answer.content.decode())
    assert answer.status_code == 409
    assert "别人刚刚改过这一条" in text
    now = Duty.objects.get(pk=duty.pk).version
    assert f'name="extend-version" value="{now}"' in text


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"days": "5", "reason": ""}, "请写明原因"),
        ({"days": "", "reason": "x"}, "这个字段是必填项"),
        ({"days": "五", "reason": "x"}, "输入整数"),
    ],
)
def test_an_extension_wants_days_and_a_reason(
    world: World, sent: dict[str, str], says: str
) -> None:
    duty = make_duty(world.own.section)
    answer = send(browser(world, Role.SECTION_HEAD), "extend", duty, **sent)
    assert answer.status_code == 422
    assert says in str(answer.content.decode())
    assert duty.facts.count() == 1


def test_what_cannot_be_done_says_why(world: World) -> None:
    head = browser(world, Role.SECTION_HEAD)
    late = make_duty(world.own.section, started_at=moment("2026-01-05T10:00"))
    offered = may(body(head, late))
    assert "没有这样的暂停，不用恢复" in offered
    assert "到期时刻已过，不能再延长" in offered
    assert "暂停计时" in offered


def test_the_buttons_fit_the_limit(world: World) -> None:
    head = browser(world, Role.SECTION_HEAD)
    waits = may(body(head, make_duty(world.own.section, **WAITS)))
    assert "录入上级时间" in waits
    assert "延长期限" not in waits
    dated = may(body(head, make_duty(world.own.section, **DATED)))
    assert "改定日期" in dated
    forever = may(body(head, make_duty(world.own.section, limit=standing())))
    assert "日期" not in forever
    assert "改派" in forever
    met = make_duty(world.own.section)
    actions.meet(met, actor=None, at=NOW)
    assert "改派" not in may(body(head, met))


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SECRECY_REVIEWER])
def test_who_looks_has_no_buttons_and_is_refused(world: World, role: Role) -> None:
    duty = make_duty(world.own.section)
    client = browser(world, role)
    assert "改派" not in may(body(client, duty))
    answer = send(client, "extend", duty, days="5", reason="x")
    assert answer.status_code == 403
    assert duty.facts.count() == 1


@pytest.mark.parametrize("verb", ["pause", "resume", "extend", "reset", "set_date", "reassign"])
def test_another_bodys_duty_is_not_found(world: World, verb: str) -> None:
    duty = make_duty(world.other.section)
    answer = send(browser(world, Role.OPENNESS_OFFICE), verb, duty)
    assert answer.status_code == 404


def test_a_dissolved_owner_is_named_as_such(world: World) -> None:
    duty = make_duty(world.own.section)
    section = duty.owner
    dissolve_unit(section, actor=None, on=clock.today(), expected=section.version)
    client = browser(world, Role.OPENNESS_OFFICE)
    text = body(client, duty)
    assert "已于2026年3月2日撤销，在办的转给承接单位或上级单位" in text
    offered = may(text)
    assert "科技信息科" not in offered.partition("责任单位")[2]
    send(client, "reassign", duty, owner=world.own.body.pk, reason="撤销后由局里办")
    assert Duty.objects.get(pk=duty.pk).owner == world.own.body


def test_what_a_dissolved_unit_did_stays_its_own(world: World) -> None:
    duty = make_duty(world.own.section)
    actions.meet(duty, actor=None, at=NOW)
    section = duty.owner
    dissolve_unit(section, actor=None, on=clock.today(), expected=section.version)
    text = body(browser(world, Role.OPENNESS_OFFICE), duty)
    assert "已于2026年3月2日撤销" in text
    assert "在办的转给" not in text


@pytest.mark.browser
def test_how_the_buttons_look(browser_page: Any, world: World) -> None:
    with clock.at(NOW):
        duty = make_duty(world.own.section, title="答复王先生关于公交线路调整的公开申请")
    browser_page.sign_in(world.own.section_head)
    url = reverse("duties:why", args=[duty.pk])
    assert browser_page.look(url, "duties-verbs") == []
    browser_page.narrow()
    page = browser_page.go(url)
    for opener in page.locator("details.opener > summary").all():
        opener.click()
    assert browser_page.axe() == []
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
