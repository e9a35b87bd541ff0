"""How an item and its editions are shown: facts, buttons, findings; no law, no tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.publications import policies, queries
from gongkai.publications.forms import ReasonForm, ScheduleForm, SendForm, WithdrawForm
from gongkai.publications.queries import Edition, Item
from gongkai.publications.rules import missing, version_words
from gongkai.publications.states import (
    MOVES,
    OPEN_TO_CHANGE,
    WORKING,
    Attribute,
    Audience,
    CheckState,
    EditionState,
    Ground,
    Kind,
    Severity,
    WithdrawReason,
)
from gongkai.ui.parts import Act, Crumb, Fact, Status

Sent = Mapping[str, Form]
"""Forms that came back with errors, by verb."""
S = EditionState


def crumbs(*more: Crumb) -> list[Crumb]:
    """Return the way from the register."""
    return [Crumb("信息公开", reverse("publications:register")), *more]


def facts(edition: Edition) -> Iterator[Fact]:
    """Say what an edition is."""
    item = edition.item
    yield Fact("索引号", item.index_number or "检查时给号")
    if edition.document_number:
        yield Fact("发文字号", edition.document_number)
    yield Fact("类型", Kind(item.kind).label)
    yield Fact("发文机关", "、".join(edition.issuers) or "未填")
    yield Fact("起草科室", item.unit.name)
    if edition.abstract:
        yield Fact("内容概述", edition.abstract)
    attribute = Attribute(edition.attribute)
    yield Fact("公开属性", attribute.label, note=_why_closed(edition))
    yield Fact("公开范围", _audience(edition))
    yield Fact("成文日期", edition.formed_on or "签完之日")
    for label, value in (
        ("施行日期", edition.effective_on),
        ("有效期截止", edition.lapses_on),
        ("栏目", item.column),
        ("主题分类", edition.topic),
        ("信息来源", edition.source),
        ("定时发布", edition.publish_at),
        ("发布时间", edition.published_at),
    ):
        if value:
            yield Fact(label, str(value) if label == "栏目" else value)
    if edition.emergency:
        yield Fact("紧急发布", edition.emergency, note=_approved(edition))
    for taken in queries.withdrawals_of(edition):
        label = WithdrawReason(taken.reason).label
        note = "；".join(filter(None, (label, taken.note, taken.public_note)))
        yield Fact("撤回", taken.at, note=note)


def _approved(edition: Edition) -> str:
    found = queries.emergency_of(edition)
    if found is None or found.approved_at is None:
        return "未获补批" if found and found.refused_at else "待领导补批"
    return "领导已补批"


def _why_closed(edition: Edition) -> str:
    parts = [Ground(edition.ground).label] if edition.ground else []
    return "；".join([*parts, *([edition.reason] if edition.reason else [])])


def _audience(edition: Edition) -> str:
    if edition.audience != Audience.NAMED:
        return Audience(edition.audience).label
    readers = edition.readers.filter(live=True).select_related("unit")
    return f"{Audience.NAMED.label}：{'、'.join(row.unit.name for row in readers)}"


@dataclass(frozen=True)
class ShownFinding:
    """A finding with its button."""

    row: Any
    tone: str
    act: Act | None


def findings(edition: Edition, user: User, sent: Sent) -> list[ShownFinding]:
    """Return what the checks found, with the button to let it pass where it may be pressed."""
    check = queries.check_of(edition)
    if check is None:
        return []
    return [_finding(edition, row, user, sent) for row in queries.findings_of(check)]


_TONES = {Severity.STOP: "binding", Severity.ASK: "wait", Severity.NOTE: "plain"}


def _finding(edition: Edition, row: Any, user: User, sent: Sent) -> ShownFinding:
    if row.overruled_at is not None:
        return ShownFinding(row, "good", None)
    act = None
    if row.severity != Severity.NOTE and not list(policies.why_not("send", edition, actor=user)):
        act = Act(
            "核实后放行",
            reverse("publications:overrule", args=[row.pk]),
            form=sent.get(f"overrule-{row.pk}") or ReasonForm(prefix=f"f{row.pk}"),
            hidden={"version": row.version},
            tone="quiet",
        )
    return ShownFinding(row, _TONES[Severity(row.severity)], act)


def check_status(edition: Edition) -> Status:
    """Say how far the checks of what is saved now are."""
    check = queries.check_of(edition)
    if check is None:
        return Status("还没有检查", "wait")
    tones = {CheckState.RUNNING: "wait", CheckState.DONE: "good", CheckState.FAILED: "binding"}
    state = CheckState(check.state)
    return Status(state.label, tones[state])


def still_missing(edition: Edition) -> list[str]:
    """Return what is still missing for a signature, and what apps above still want."""
    if edition.state not in OPEN_TO_CHANGE:
        return []
    found = [one.sentence for one in missing(queries.content_of(edition))]
    return found + [one.sentence for one in policies.conditions("send", edition)]


def acts(item: Item, edition: Edition, user: User, sent: Sent) -> Iterator[Act]:
    """Yield what may be done now, in the order in which it is usually done."""
    state = S(edition.state)
    hidden = {"version": edition.version}
    if policies.may_change(user, item):
        yield from _drafting(edition, state, user, sent, hidden)
    if policies.may_publish(user, item):
        yield from _publishing(edition, state, user, sent, hidden)
    if state is S.PUBLISHED and not list(_withdraw_refusals(edition, user)):
        yield Act(
            "撤回",
            _url("withdraw", edition),
            form=sent.get("withdraw") or WithdrawForm(),
            hidden=hidden,
            tone="quiet",
        )
    if state not in WORKING and policies.may_change(user, item):
        yield from _going_on(item, user)


def _url(verb: str, edition: Edition) -> str:
    return reverse(f"publications:{verb}", args=[edition.pk])


def _drafting(
    edition: Edition, state: S, user: User, sent: Sent, hidden: dict[str, int]
) -> Iterator[Act]:
    if state in OPEN_TO_CHANGE:
        yield Act("修改", _url("edit", edition), method="get")
        check = queries.check_of(edition)
        done = check is not None and check.state == CheckState.DONE
        if not done:
            yield Act(
                "检查",
                _url("ask_check", edition),
                hidden=hidden,
                tone="primary",
                hint="查个人信息、错别字、附件能不能打开、文件里的痕迹。",
            )
        content, digest = queries.content_of(edition), queries.digest_of(edition)
        why = tuple(
            policies.why_not_send(edition, content, digest, actor=user, emergency=False, reason="")
        )
        form = sent.get("send") or SendForm()
        yield Act(
            "送审",
            _url("send", edition),
            form=form,
            hidden=hidden,
            refusals=why,
            tone="primary" if done else "plain",
        )
        yield Act(
            "作废",
            _url("drop", edition),
            form=sent.get("drop") or ReasonForm(),
            hidden=hidden,
            tone="quiet",
        )
    if state in MOVES["recall"][0]:
        yield Act(
            "取回修改",
            _url("recall", edition),
            form=sent.get("recall") or ReasonForm(),
            hidden=hidden,
            tone="quiet",
            hint="取回后已有的签批和保密审查作废，改好要重新送审。",
        )


def _publishing(
    edition: Edition, state: S, user: User, sent: Sent, hidden: dict[str, int]
) -> Iterator[Act]:
    if state not in (S.SIGNED, S.SCHEDULED, S.WITHDRAWN):
        return
    digest = queries.digest_of(edition)
    if state is S.WITHDRAWN:
        why = tuple(policies.why_not_restore(edition, digest, actor=user))
        yield Act(
            "恢复发布",
            _url("restore", edition),
            hidden=hidden,
            refusals=why,
            confirm="恢复后公众可以再次看到，确定吗？",
        )
        return
    if not Attribute(edition.attribute).is_published:
        why = tuple(policies.why_not_file(edition, digest, actor=user))
        yield Act("登记不发布", _url("file", edition), hidden=hidden, refusals=why, tone="primary")
        return
    why = tuple(policies.why_not_publish(edition, digest, actor=user))
    yield Act(
        "发布",
        _url("publish", edition),
        hidden=hidden,
        refusals=why,
        tone="binding",
        confirm=f"发布后{_seen_by(edition)}，确定吗？",
    )
    if state is S.SIGNED:
        yield Act(
            "定时发布",
            _url("schedule", edition),
            form=sent.get("schedule") or ScheduleForm(),
            hidden=hidden,
            refusals=why,
        )
    else:
        yield Act("取消定时", _url("unschedule", edition), hidden=hidden)


def _seen_by(edition: Edition) -> str:
    return {
        Audience.PUBLIC: "公众立即可以看到",
        Audience.SYSTEM: "系统内各单位可以看到",
        Audience.NAMED: "指定的单位可以看到",
    }[Audience(edition.audience)]


def _withdraw_refusals(edition: Edition, user: User) -> Iterator[Any]:
    yield from policies.why_not_withdraw(edition, actor=user, reason=WithdrawReason.WRONG, note="")


def _going_on(item: Item, user: User) -> Iterator[Act]:
    why = tuple(policies.why_not_revise(item, actor=user))
    hidden = {"version": item.version}
    yield Act(
        "修订",
        reverse("publications:revise", args=[item.pk]),
        hidden=hidden,
        refusals=why,
        hint="内容有变更：起草新版，审签后替代现在这一版。",
    )
    yield Act(
        "更正",
        reverse("publications:correct", args=[item.pk]),
        hidden=hidden,
        refusals=why,
        tone="quiet",
        hint="文字有误：改正后附更正说明公布。",
    )


def edition_rows(item: Item) -> list[tuple[Any, str, Status]]:
    """Return all editions, newest first, each with its name and state."""
    from gongkai.publications.views.lists import state_of

    return [
        (row, version_words(row.order, row.change), state_of(row))
        for row in queries.editions_of(item)
    ]
