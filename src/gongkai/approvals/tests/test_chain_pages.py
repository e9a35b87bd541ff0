"""The page on which an openness office sets its chain: rows, moves, refusals, who may."""

from __future__ import annotations

import pytest
from django.urls import reverse

from gongkai.accounts.api import Role, appoint, create_user, end_post
from gongkai.accounts.tests.world import FOUNDED, PASSWORD
from gongkai.approvals import actions, policies, queries
from gongkai.approvals.models import Chain
from gongkai.approvals.rules import Step
from gongkai.approvals.states import StepKind
from gongkai.approvals.views import chains as pages
from gongkai.audit import api as audit
from gongkai.kernel.refusal import Refused

pytestmark = pytest.mark.django_db
CODE = "tests.chain"
DEPUTY = {"kind": "sign", "role": "deputy_leader"}
OFFICE = {"kind": "approve", "role": "openness_office"}
LEADER = {"kind": "approve", "role": "leader"}
EYES = {"four_eyes": "on"}


@pytest.fixture(autouse=True)
def offered(monkeypatch, db):
    offered = policies.Offered("信息发布", (Role.OPENNESS_OFFICE,))
    monkeypatch.setattr(policies, "OFFERED", {CODE: offered})
    step = Step(StepKind.APPROVE, Role.OPENNESS_OFFICE, 1, at_body=True)
    actions.define_chain(actor=None, code=CODE, name="信息发布", steps=[step])


@pytest.fixture
def office(client, world):
    client.force_login(world.own.openness_office)
    return client


def where(world):
    return reverse("approvals:chain", args=[world.own.body.pk, CODE])


def sent(world, *rows, do="save", number=None):
    seen = queries.newest_number(CODE, world.own.body) if number is None else number
    data = {"rows": len(rows), "number": seen, "do": do}
    for n, row in enumerate(rows):
        data |= {f"r{n}-{name}": value for name, value in row.items()}
    return data


def save(office, world, *rows, **more):
    return office.post(where(world), sent(world, *rows, **more))


def words(world):
    return queries.chain_words(queries.chain_in_force(CODE, world.own.body))


def text_of(response):
    return response.content.decode()


def test_the_list_leads_to_the_chain_and_says_whose_it_is(office, world):
    page = text_of(office.get(reverse("approvals:chains")))
    assert "信息发布" in page
    assert "政务公开办签批" in page
    assert "平台预设的流程" in page
    save(office, world, DEPUTY, OFFICE)
    page = text_of(office.get(reverse("approvals:chains")))
    assert "分管领导审核 → 政务公开办签批" in page
    assert "本机关自己设定的流程" in page
    assert where(world) in page


def test_saving_makes_a_version_of_the_bodys_own_and_keeps_the_old(office, world):
    office.get(where(world))
    assert save(office, world, DEPUTY, LEADER | EYES).status_code == 302
    save(office, world, DEPUTY | {"role": "section_head"}, LEADER, do="add")
    assert words(world) == "分管领导审核 → 主要领导签批，须另一人"
    save(office, world, LEADER)
    own = Chain.objects.filter(code=CODE, body=world.own.body).order_by("number")
    assert [queries.chain_words(chain) for chain in own] == [
        "分管领导审核 → 主要领导签批，须另一人",
        "主要领导签批",
    ]
    assert Chain.objects.filter(code=CODE, body=None).count() == 1
    told = audit.timeline(own[0])
    assert [e.event for e in told] == ["approvals.chain_defined"] * 2
    assert told[0].facts["before"] == "分管领导审核 → 主要领导签批，须另一人"
    assert told[0].facts["after"] == "主要领导签批"
    assert told[0].actor_name == world.own.openness_office.full_name
    page = text_of(office.get(where(world)))
    assert "设定签批流程" in page


def test_side_by_side_and_other_units(office, world):
    unit = world.own.section.pk
    rows = [
        {"kind": "countersign", "role": "section_head", "unit": unit},
        {"kind": "countersign_kept", "role": "section_head", "unit": unit, "beside": "on"},
        {"kind": "clear_secrecy", "role": "secrecy_reviewer", "beside": "on"},
        LEADER,
    ]
    assert save(office, world, *rows).status_code == 302
    chain = queries.chain_in_force(CODE, world.own.body)
    steps = queries.steps_in(chain)
    assert [s.turn for s in steps] == [1, 1, 1, 2]
    assert [s.keeps for s in steps] == [False, True, False, False]
    assert steps[0].units == (unit,)
    again = pages.steps_of([{"unit": None, **row} for row in pages.rows_of(steps, CODE)])
    assert again == steps


@pytest.mark.parametrize(
    ("do", "roles"),
    [
        ("up-1", ["leader", "deputy_leader", "openness_office"]),
        ("down-1", ["deputy_leader", "openness_office", "leader"]),
        ("drop-0", ["leader", "openness_office"]),
        ("add", ["deputy_leader", "leader", "openness_office", "deputy_leader"]),
        ("up-0", ["deputy_leader", "leader", "openness_office"]),
        ("down-2", ["deputy_leader", "leader", "openness_office"]),
        ("drop-9", ["deputy_leader", "leader", "openness_office"]),
        ("nonsense", ["deputy_leader", "leader", "openness_office"]),
    ],
)
def test_the_buttons_move_rows_and_save_nothing(office, world, do, roles):
    page = save(office, world, DEPUTY, LEADER | EYES, OFFICE, do=do)
    assert page.status_code == 200
    shown = [form["role"].value() for form in page.context["forms"]]
    assert shown == roles
    eyes = [form["role"].value() for form in page.context["forms"] if form["four_eyes"].value()]
    assert eyes == ["leader"] * ("leader" in roles)
    assert not Chain.objects.filter(body=world.own.body).exists()


@pytest.mark.parametrize(
    ("rows", "status", "says"),
    [
        ([], 409, "流程里至少要有一步"),
        ([{"kind": "", "role": "leader"}], 422, "这个字段是必填项"),
        ([{"kind": "sign", "role": "auditor"}], 422, "auditor"),
        ([{"kind": "countersign", "role": "section_head"}], 422, "会签要选定单位"),
        ([{"kind": "clear_secrecy", "role": "leader"}], 409, "要由保密审查员办理"),
        ([OFFICE | EYES], 409, "没有别的政务公开办了"),
        ([LEADER | EYES, LEADER | EYES], 409, "第2步须由另一人签"),
        ([DEPUTY, {"kind": "sign", "role": "officer"}], 409, "第2步没有人可签"),
    ],
)
def test_a_chain_that_cannot_run_is_refused_with_what_was_typed(office, world, rows, status, says):
    page = save(office, world, *rows)
    assert page.status_code == status
    assert says in text_of(page)
    assert len(page.context["forms"]) == len(rows)
    assert not Chain.objects.filter(body=world.own.body).exists()


def test_a_second_person_in_the_role_makes_it_possible(office, world):
    second = create_user(actor=None, username="second", full_name="副手", password=PASSWORD)
    appoint(
        actor=None, user=second, unit=world.own.body, role=Role.OPENNESS_OFFICE, from_on=FOUNDED
    )
    assert save(office, world, OFFICE | EYES).status_code == 302
    assert save(office, world, OFFICE | EYES, OFFICE | EYES).status_code == 409


def test_a_round_that_two_four_eyes_steps_leave_to_one_person_is_not_started(world):
    eyes = Step(StepKind.APPROVE, Role.LEADER, 1, at_body=True, four_eyes=True)
    actions.define_chain(actor=None, code=CODE, name="信息发布", steps=[eyes, eyes])
    with pytest.raises(Refused) as caught:
        actions.start_round(
            chain=CODE,
            subject="tests.paper:1",
            digest="a" * 64,
            unit=world.own.body,
            actor=world.own.officer,
        )
    assert caught.value.codes == {"approvals.nobody"}


def test_two_who_change_it_at_once(office, world):
    save(office, world, LEADER)
    page = save(office, world, DEPUTY, number=0)
    assert page.status_code == 409
    assert "别人刚刚改过这个流程" in text_of(page)
    assert words(world) == "主要领导签批"


def test_two_who_save_at_the_very_same_moment(office, world, monkeypatch):
    save(office, world, LEADER)
    monkeypatch.setattr(queries, "newest_number", lambda code, body: 0)
    page = save(office, world, DEPUTY, number=0)
    assert page.status_code == 409
    assert "别人刚刚改过这个流程" in text_of(page)
    assert Chain.objects.filter(body=world.own.body).count() == 1


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OPENNESS_OFFICE}))
def test_nobody_else_sets_or_opens_it(client, world, role):
    client.force_login(world.own.people[role])
    assert client.get(where(world)).status_code in (403, 404)
    assert save(client, world, LEADER).status_code in (403, 404)
    assert client.get(reverse("approvals:chains")).status_code == 403
    assert not Chain.objects.filter(body=world.own.body).exists()
    assert "签批流程" not in text_of(client.get(reverse("approvals:waiting")))


def test_another_bodys_chain_and_one_that_is_not_offered_are_not_found(office, world):
    other = reverse("approvals:chain", args=[world.other.body.pk, CODE])
    assert office.get(other).status_code == 404
    assert office.post(other, sent(world, LEADER)).status_code == 404
    assert office.get(where(world).replace(CODE, "tests.none")).status_code == 404
    section = reverse("approvals:chain", args=[world.own.section.pk, CODE])
    assert office.get(section).status_code in (403, 404)


class TestWhereSectionsSend:
    """A chain through whichever section sends, and then on to people of the body."""

    HEAD = {"kind": "sign", "role": "section_head", "unit": "sender"}

    @pytest.fixture(autouse=True)
    def at_sections(self, offered, monkeypatch):
        senders = (Role.OFFICER, Role.SECTION_HEAD)
        offer = policies.Offered("任务完成签认", senders, at_sections=True)
        monkeypatch.setitem(policies.OFFERED, CODE, offer)

    def test_a_step_asks_the_section_that_sends_and_comes_back_as_it_was_set(self, office, world):
        assert "送签的科室" in text_of(office.get(where(world)))
        assert save(office, world, self.HEAD, DEPUTY).status_code == 302
        steps = queries.steps_in(queries.chain_in_force(CODE, world.own.body))
        assert [step.at_body for step in steps] == [False, True]
        asked = [queries.units_asked(step, world.own.section)[0] for step in steps]
        assert asked == [world.own.section, world.own.body]
        again = pages.steps_of([{"unit": None, **row} for row in pages.rows_of(steps, CODE)])
        assert again == steps
        assert 'value="sender" selected' in text_of(office.get(where(world)))

    def test_who_is_not_in_a_section_is_not_asked_there(self, office, world):
        answer = save(office, world, DEPUTY | {"unit": "sender"})
        assert answer.status_code == 409
        assert "分管领导不在科室里" in text_of(answer)

    def test_the_body_still_needs_somebody_for_its_own_step(self, office, world):
        post = world.own.deputy_leader.posts.get()
        end_post(post, actor=None)
        answer = save(office, world, self.HEAD, DEPUTY)
        assert "第2步没有人可签" in text_of(answer)

    def test_a_countersignature_names_its_unit(self, office, world):
        row = {"kind": "countersign", "role": "section_head", "unit": "sender"}
        assert "会签要选定单位" in text_of(save(office, world, row))


def test_only_where_sections_send_can_one_ask_the_sender(office, world):
    assert "送签的科室" not in text_of(office.get(where(world)))
    answer = save(office, world, DEPUTY | {"unit": "sender"})
    assert answer.status_code == 422


@pytest.mark.browser
def test_how_it_looks(browser_page, world):
    actions.define_chain(
        actor=world.own.openness_office,
        code=CODE,
        name="信息发布",
        body=world.own.body,
        steps=[
            Step(StepKind.SIGN, Role.DEPUTY_LEADER, 1, at_body=True),
            Step(StepKind.COUNTERSIGN, Role.SECTION_HEAD, 1, units=(world.own.section.pk,)),
            Step(StepKind.APPROVE, Role.LEADER, 2, at_body=True, four_eyes=True),
        ],
    )
    browser_page.sign_in(world.own.openness_office)
    assert browser_page.look(reverse("approvals:chains"), "approvals-chains") == []
    assert browser_page.look(where(world), "approvals-chain") == []
    browser_page.narrow()
    page = browser_page.go(where(world))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("button[value=down-0]").click()
    page.locator("button[value=add]").click()
    page.locator("button[value=drop-3]").click()
    page.locator("button[value=save]").click()
    page.get_by_text("流程已保存").wait_for()
    assert words(world) == "科技信息科科室负责人会签 → 分管领导审核 → 主要领导签批，须另一人"
    assert browser_page.axe() == []
