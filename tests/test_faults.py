"""Every verb of information × file store, worker, mail down: said, nothing lost, caught up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from gongkai import coordination, interpretations, publications
from gongkai.accounts.tests.world import Side
from gongkai.coordination import actions as asking
from gongkai.coordination.models import Asking
from gongkai.coordination.states import Answer
from gongkai.coordination.tests.factories import asked
from gongkai.interpretations import actions as explaining
from gongkai.interpretations.models import Material
from gongkai.interpretations.states import Form, Missing, Safeguard, Stage
from gongkai.interpretations.tests.factories import begun, planned, policy
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.notices.models import Mail
from gongkai.notices.tests.server import Behaviour, serving
from gongkai.outbox import api as outbox
from gongkai.publications import actions
from gongkai.publications.models import Edition, Item, Publication
from gongkai.publications.states import (
    Attribute,
    Change,
    FileRole,
    Ground,
    Kind,
    WithdrawReason,
)
from gongkai.publications.tests.conftest import MARCH, in_march
from gongkai.publications.tests.factories import (
    SECRET,
    again,
    checked,
    drafted,
    published,
    sent,
    sign_all,
    signed,
    what,
    with_file,
)
from gongkai.publications.tests.test_taking import LINES, word

__all__ = ["in_march"]
pytestmark = pytest.mark.django_db(transaction=True)

Verb = Callable[[Side, Any], object]


@dataclass(frozen=True)
class Case:
    """What is there before a verb, the verb itself, and whether it needs the store of files."""

    before: Callable[[Side], Any]
    do: Verb
    stores: bool = False


def _verb(name: str, who: str = "officer", **how: Any) -> Verb:
    def do(side: Side, edition: Edition) -> object:
        edition = again(edition)
        verb = getattr(actions, name)
        return verb(edition, actor=getattr(side, who), expected=edition.version, **how)

    return do


def _filed(side: Side) -> Edition:
    return signed(side, attribute=Attribute.CLOSED, ground=Ground.STATE_SECRET, reason="国家秘密")


def _with_files(side: Side) -> Edition:
    return sign_all(side, sent(side, with_file(side, drafted(side))))


def _emergency(side: Side) -> Edition:
    edition = checked(side, drafted(side))
    how = {"emergency": True, "reason": "汛情紧急"}
    actions.send(edition, actor=side.officer, expected=edition.version, **how)
    return sign_all(side, edition)


def _scheduled(side: Side) -> Edition:
    edition = _with_files(side)
    at = clock.now() + timedelta(hours=1)
    actions.schedule(edition, actor=side.openness_office, at=at, expected=edition.version)
    return again(edition)


def _withdrawn(side: Side) -> Edition:
    edition = _with_files(side)
    actions.publish(edition, actor=side.openness_office, expected=edition.version)
    edition = again(edition)
    how = {"reason": WithdrawReason.WRONG, "note": "核实"}
    actions.withdraw(edition, actor=side.openness_office, expected=edition.version, **how)
    return again(edition)


def _begin(side: Side, _: object) -> object:
    upload = SimpleUploadedFile("通知.docx", word(*LINES, image=True))
    return actions.begin(unit=side.section, actor=side.officer, kind=Kind.POLICY, upload=upload)


def _add_file(side: Side, edition: Edition) -> object:
    edition = again(edition)
    how: dict[str, Any] = {"upload": b"plan", "name": "plan.txt", "role": FileRole.ATTACHMENT}
    return actions.add_file(edition, actor=side.officer, expected=edition.version, **how)


def _remove_file(side: Side, edition: Edition) -> object:
    edition = again(edition)
    row = edition.files.get()
    return actions.remove_file(row, actor=side.officer, expected=edition.version)


def _overrule(side: Side, edition: Edition) -> object:
    finding = again(edition).checks.latest("id").findings.first()
    how = {"reason": "引用原件，原文如此", "expected": finding.version}
    return actions.overrule(finding, actor=side.officer, **how)


def _revise(side: Side, edition: Edition) -> object:
    item = Item.objects.get(pk=edition.item_id)
    how: dict[str, Any] = {"change": Change.REVISION, "expected": item.version}
    return actions.revise(item, actor=side.officer, **how)


def _check(side: Side, edition: Edition) -> object:
    edition = again(edition)
    actions.ask_check(edition, actor=side.officer, expected=edition.version)
    outbox.drain()
    if again(edition).checks.latest("id").state == "failed":
        raise _CheckFailed
    return None


class _CheckFailed(Exception):
    """A check says that it could not be done: it is asked for again."""


def _publish_due(side: Side, _: object) -> object:
    with clock.at(clock.now() + timedelta(hours=2)):
        return actions.publish_due(clock.now())


PUBLICATIONS: dict[str, Case] = {
    "begin": Case(lambda side: None, _begin, stores=True),
    "draft": Case(
        lambda side: None,
        lambda side, _: actions.draft(unit=side.section, actor=side.officer, what=what()),
    ),
    "save": Case(drafted, _verb("save", what=what(title="另一个标题"))),
    "add_file": Case(drafted, _add_file, stores=True),
    "remove_file": Case(lambda side: with_file(side, drafted(side)), _remove_file),
    "ask_check": Case(lambda side: with_file(side, drafted(side)), _check, stores=True),
    "overrule": Case(lambda side: checked(side, drafted(side, text=f"<p>{SECRET}</p>")), _overrule),
    "send": Case(lambda side: checked(side, with_file(side, drafted(side))), _verb("send")),
    "recall": Case(sent, _verb("recall", reason="要改")),
    "drop": Case(drafted, _verb("drop", reason="不办了")),
    "publish": Case(_with_files, _verb("publish", "openness_office"), stores=True),
    "publish_due": Case(_scheduled, _publish_due, stores=True),
    "schedule": Case(
        _with_files,
        _verb(
            "schedule",
            "openness_office",
            at=timezone.make_aware(datetime.combine(MARCH, time(16))),
        ),
    ),
    "unschedule": Case(_scheduled, _verb("unschedule", "openness_office")),
    "file": Case(_filed, _verb("file", "openness_office")),
    "revise": Case(published, _revise),
    "withdraw": Case(
        published,
        _verb("withdraw", "openness_office", reason=WithdrawReason.SECRECY, note="涉密"),
    ),
    "restore": Case(_withdrawn, _verb("restore", "openness_office"), stores=True),
    "settle": Case(_emergency, _verb("publish", "openness_office")),
    "set_grammar": Case(
        lambda side: None,
        lambda side, _: actions.set_grammar(
            side.body, actor=side.openness_office, pattern="{year}/{serial:4}", expected=0
        ),
    ),
}
PUBLICATIONS["enter_column"] = Case(
    lambda side: None,
    lambda side, _: actions.enter_column(code=f"side-{side.body.pk}", name="停车收费"),
)
BY_THE_WORKER = {"run_check", "fail_check"}
"""Verbs that are only called by jobs: ``ask_check`` tries them."""
NO_VERBS = {
    "PURPOSE", "Draft", "define_chains_if_missing", "facts_of", "load_columns", "offer_chains",
}  # fmt: skip


def _interpret(side: Side, edition: Edition) -> object:
    how: dict[str, Any] = {"form": Form.TEXT, "stage": Stage.WITH, "interpreter": "王科长"}
    return explaining.interpret(edition.item, actor=side.officer, **how)


def _safeguard(side: Side, edition: Edition) -> object:
    how: dict[str, Any] = {"safeguard": Safeguard.RISK, "conclusion": "风险较低，可以发布。"}
    upload = SimpleUploadedFile("assessment.txt", b"risk")
    return explaining.add_safeguard(
        edition.item, actor=side.officer, done_on=MARCH, upload=upload, **how
    )


def _except(side: Side, edition: Edition) -> object:
    how: dict[str, Any] = {"missing": Missing.PLAN, "reason": "内部管理，不必解读"}
    return explaining.except_from(edition.item, actor=side.leader, **how)


def _unlink(side: Side, material: Material) -> object:
    material = Material.objects.get(pk=material.pk)
    how = {"reason": "另起一篇", "expected": material.version}
    return explaining.unlink(material, actor=side.officer, **how)


def _rule(side: Side, _: object) -> object:
    how: dict[str, Any] = {"kinds": [Kind.POLICY], "expected": 0}
    return explaining.set_rule(side.body, actor=side.openness_office, **how)


INTERPRETATIONS: dict[str, Case] = {
    "set_plan": Case(policy, lambda side, edition: planned(side, edition.item)),
    "interpret": Case(policy, _interpret),
    "add_safeguard": Case(policy, _safeguard, stores=True),
    "except_from": Case(policy, _except),
    "unlink": Case(lambda side: begun(side, policy(side).item), _unlink),
    "set_rule": Case(lambda side: None, _rule),
}


def _asked(side: Side) -> Asking:
    return asked(side, side.body)


def _answered(side: Side) -> Asking:
    row = _asked(side)
    how: dict[str, Any] = {"answer": Answer.COMMENTS, "says": "第二条请改。"}
    return asking.answer(row, actor=side.openness_office, expected=row.version, **how)


def _asking_verb(name: str, who: str = "officer", **how: Any) -> Verb:
    def do(side: Side, row: Asking) -> object:
        row = Asking.objects.get(pk=row.pk)
        return getattr(asking, name)(row, actor=getattr(side, who), expected=row.version, **how)

    return do


def _close(side: Side, row: Asking) -> object:
    with clock.at(clock.now() + timedelta(days=14)):
        return _asking_verb("close", reason="催办两次未复")(side, row)


COORDINATION: dict[str, Case] = {
    "ask": Case(drafted, lambda side, edition: asked(side, side.body, edition)),
    "answer": Case(_asked, _asking_verb("answer", "openness_office", answer=Answer.AGREE)),
    "settle": Case(_answered, _asking_verb("settle", settled="已采纳，改为十日。")),
    "close": Case(_asked, _close),
    "take_back": Case(_asked, _asking_verb("take_back", reason="不再涉及")),
}
APPS: list[tuple[ModuleType, ModuleType, dict[str, Case], set[str]]] = [
    (publications, actions, PUBLICATIONS, BY_THE_WORKER | NO_VERBS),
    (
        interpretations,
        explaining,
        INTERPRETATIONS,
        {"PURPOSE", "follow_publication", "publish_with", "withdraw_with"},
    ),
    (coordination, asking, COORDINATION, {"end_all"}),
]
ALL = [
    pytest.param(case, id=f"{app.__name__.rpartition('.')[2]}.{name}")
    for app, _, cases, _ in APPS
    for name, case in cases.items()
]


@pytest.mark.parametrize(("app", "verbs", "cases", "others"), APPS)
def test_no_verb_is_left_out(app, verbs, cases, others):
    assert set(verbs.__all__) == set(cases) | others


def rows() -> dict[str, list[Any]]:
    """Return all that is stored, but what files were turned away and the worker's own notes."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for config in apps.get_app_configs()
        if config.name.startswith("gongkai.") and config.label not in ("outbox", "files")
        for model in config.get_models()
    }


def outcome(side: Side) -> dict[str, Any]:
    """Return what became of a side: its editions, files, checks, ledger, askings, notices."""
    editions = Edition.objects.filter(item__body=side.body).order_by("id")
    people = list(side.people.values())
    return {
        "editions": [(row.order, row.state, row.files.count()) for row in editions],
        "checks": [check.state for row in editions for check in row.checks.all()][-1:],
        "ledger": [row.how for row in Publication.objects.filter(body=side.body).order_by("id")],
        "askings": [row.state for row in Asking.objects.filter(item__body=side.body)],
        "notices": _notices().filter(user__in=people).count(),
    }


def _notices() -> Any:
    return apps.get_model("notices", "Notice").objects.all()


@contextmanager
def store_down(settings: Any, tmp_path: Any) -> Iterator[None]:
    """Let the folder of files be one that cannot be entered."""
    there = settings.FILES_ROOT
    (tmp_path / "gone").write_text("no folder")
    settings.FILES_ROOT = tmp_path / "gone" / "files"
    try:
        yield
    finally:
        settings.FILES_ROOT = there


@pytest.fixture(autouse=True)
def _chains(world: Any) -> None:
    actions.define_chains_if_missing()
    actions.load_columns()


def run(case: Case, side: Side) -> dict[str, Any]:
    """Do a case with all at work."""
    before = case.before(side)
    outbox.drain()
    case.do(side, before)
    outbox.drain()
    return outcome(side)


def _tried(case: Case, side: Side, before: Any) -> Refused | None:
    """Try a verb; return why it was refused, None when it was done or its check says it failed."""
    try:
        case.do(side, before)
    except Refused as refused:
        return refused
    except _CheckFailed:
        assert case.stores
    return None


@pytest.mark.parametrize("case", ALL)
def test_the_store_of_files_is_away(case, world, settings, tmp_path):
    wanted = run(case, world.own)
    before = case.before(world.other)
    outbox.drain()
    kept = rows()
    with store_down(settings, tmp_path):
        refused = _tried(case, world.other, before)
        if refused is not None:
            assert refused.codes == {"files.store_down"}
            assert "请过几分钟再试" in str(refused)
            assert rows() == kept
    if case.stores:  # it was refused, or put off
        case.do(world.other, before)
    outbox.drain()
    assert outcome(world.other) == wanted


@pytest.mark.parametrize("case", ALL)
def test_the_worker_is_away(case, world):
    wanted = run(case, world.own)
    before = case.before(world.other)
    case.do(world.other, before)  # refuses nothing
    with clock.at(clock.now() + timedelta(hours=3)):
        outbox.drain()
    late = outcome(world.other)
    assert late["editions"] == wanted["editions"]
    assert late["ledger"] == wanted["ledger"]
    assert late["checks"] == wanted["checks"]


@pytest.mark.parametrize("case", ALL)
def test_the_mail_server_is_away(case, world, settings):
    for user in (*world.own.people.values(), *world.other.people.values()):
        user.email = f"{user.username}@example.org"
        user.save()
    wanted = run(case, world.own)
    behaviour = Behaviour()
    with serving(behaviour) as port:
        pass  # nobody listens there any more
    settings.MAIL_HOST, settings.MAIL_PORT, settings.MAIL_TLS = "127.0.0.1", port, "none"
    settings.MAIL_TIMEOUT = 2
    assert run(case, world.other) == wanted
    with clock.at(timezone.make_aware(datetime.combine(MARCH + timedelta(days=2), time(9)))):
        with serving(behaviour) as port:
            settings.MAIL_PORT = port
            outbox.drain()
        unsent = Mail.objects.exclude(state="sent").values_list("state", "answer")
        assert list(unsent) == []
        assert len(behaviour.taken) == Mail.objects.count()
