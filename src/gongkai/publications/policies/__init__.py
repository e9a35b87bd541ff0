"""Who sees an item, who may do which verb, and why not; conditions that apps above add."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Literal

from gongkai.accounts.api import Role, User, has_role, people_of, posts_of
from gongkai.approvals import api as approvals
from gongkai.duties.api import Duty
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit
from gongkai.publications.models import Check, Edition, Item
from gongkai.publications.policies.seeing import (
    is_public_file,
    let_see_files,
    may_see_file,
    published_to,
    readable,
    sees_register,
    units_in_scope,
    worked_items,
    works_on,
)
from gongkai.publications.rules import BadPattern, Content, IndexGrammar, missing
from gongkai.publications.states import (
    MOVES,
    Attribute,
    CheckState,
    EditionState,
    Severity,
    WithdrawReason,
)

__all__ = [
    "is_public_file",
    "let_see_files",
    "may_see_file",
    "published_to",
    "readable",
    "sees_register",
    "units_in_scope",
    "worked_items",
    "works_on",
]

Stage = Literal["send", "publish"]
Condition = Callable[[Edition], Iterator[Refusal]]

DRAFTERS = (Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE)
PUBLISHERS = (Role.OPENNESS_OFFICE,)
WITHDRAWERS = (Role.OPENNESS_OFFICE, Role.SECRECY_REVIEWER, Role.LEADER, Role.DEPUTY_LEADER)
NOT_YOURS = Refusal("publications.not_yours", "这是别的科室起草的，您可以查看，不能修改。")
NOT_PUBLISHER = Refusal("publications.not_yours", "发布、撤回由本机关政务公开办办理，请联系他们。")

HIDDEN = Refusal(
    "publications.hidden", "因涉密或隐私撤回的不再恢复、不再修订，请另起一篇，重新审签和保密审查。"
)

_CONDITIONS: dict[Stage, dict[str, Condition]] = {"send": {}, "publish": {}}


def add_condition(name: str, stage: Stage, condition: Condition) -> None:
    """Let an app above refuse a sending or a publication; called when it starts.

    "Not before its interpretation plan" is such a condition. A second one of a name replaces it.
    """
    _CONDITIONS[stage][name] = condition


def conditions(stage: Stage, edition: Edition) -> Iterator[Refusal]:
    """Yield why apps above do not let an edition be sent or published yet."""
    for condition in _CONDITIONS[stage].values():
        yield from condition(edition)


# Who may ----------------------------------------------------------------------------------


def may_draft(user: User, unit: Unit) -> bool:
    """Say whether the person drafts for this unit."""
    return any(has_role(user, role, unit=unit) for role in DRAFTERS)


def drafting_units(user: User) -> list[Unit]:
    """Return the units that the person drafts for."""
    held = [h.unit for h in posts_of(user) if Role(h.role) in DRAFTERS]
    return list({unit.pk: unit for unit in held}.values())


def may_publish(user: User, item: Item) -> bool:
    """Say whether the person publishes for the item's body."""
    return any(has_role(user, role, unit=item.body) for role in PUBLISHERS)


def may_change(user: User, item: Item) -> bool:
    """Say whether the person works on the item's text."""
    return may_draft(user, item.unit) or may_publish(user, item)


def publishers_of(item: Item) -> list[User]:
    """Return who publishes for the item's body: whom a word about it goes to."""
    return list(people_of(item.body, list(PUBLISHERS)))


def why_not_begin(user: User) -> Iterator[Refusal]:
    """Say why a person begins no drafts at all."""
    if not drafting_units(user):
        said = "起草由各科室信息员、科室负责人和政务公开办办理。"
        yield Refusal("publications.not_yours", said)


def publishing_bodies(user: User) -> list[Unit]:
    """Return the bodies that the person publishes for, and sets the rule of index numbers of."""
    held = [h.unit for h in posts_of(user) if Role(h.role) is Role.OPENNESS_OFFICE]
    return list({unit.pk: unit for unit in held}.values())


def why_not_draft(unit: Unit, *, actor: User, title: str) -> Iterator[Refusal]:
    """Say why a draft may not be begun."""
    if not may_draft(actor, unit):
        yield Refusal("publications.not_yours", f"您不是{unit.name}的起草人员，请选本科室。")
    if not title.strip():
        yield Refusal("publications.no_title", "请填写标题，之后还可以改。")


def why_not(verb: str, edition: Edition, *, actor: User | None) -> Iterator[Refusal]:
    """Say why a verb of the drafter may not be done now; None is the worker itself."""
    if actor is not None and not may_change(actor, edition.item):
        yield NOT_YOURS
        return
    yield from _wrong_state(verb, edition)


def why_not_as_publisher(verb: str, edition: Edition, *, actor: User | None) -> Iterator[Refusal]:
    """Say why a verb of the openness office may not be done now."""
    if actor is not None and not may_publish(actor, edition.item):
        yield NOT_PUBLISHER
        return
    yield from _wrong_state(verb, edition)


def _wrong_state(verb: str, edition: Edition) -> Iterator[Refusal]:
    state = EditionState(edition.state)
    if state in MOVES[verb][0]:
        return
    said = {
        EditionState.SENT: "正在审签，要改请先取回。",
        EditionState.SIGNED: "已经签完，要改请先取回；改后要重新审签和保密审查。",
        EditionState.SCHEDULED: "已定时发布，要改请先取回。",
        EditionState.PUBLISHED: "已经发布，要改请点“修订”或“更正”。",
        EditionState.REPLACED: "这一版已有新版，请到新版上办理。",
        EditionState.DROPPED: "这一稿已作废，请另起一稿。",
    }.get(state, f"现在是“{state.label}”，不能这样办理。请刷新页面查看。")
    if verb in ("publish", "schedule") and state in (EditionState.DRAFT, EditionState.RETURNED):
        said = "还没有审签和保密审查，不能发布。请先送审。"
    if verb in ("publish", "schedule") and state is EditionState.SENT:
        said = "审签还没有完成，不能发布。签完后再办。"
    yield Refusal("publications.wrong_state", said)


def why_not_file_elsewhere(
    edition: Edition, *, kind: str, column_id: int | None
) -> Iterator[Refusal]:
    """Say why kind and column stand: readers of the edition that is out are shown them too."""
    item = edition.item
    if edition.order > 1 and (kind, column_id) != (item.kind, item.column_id):
        said = "类型和栏目随首版确定，修订、更正时不能改；要改请另起一篇。"
        yield Refusal("publications.kind_stands", said)


def why_not_send(
    edition: Edition, content: Content, digest: str, *, actor: User, emergency: bool, reason: str
) -> Iterator[Refusal]:
    """Say why an edition may not be sent for signature: strict, where a draft was loose."""
    yield from why_not("send", edition, actor=actor)
    for one in missing(content):
        yield Refusal(f"publications.missing_{one.code}", one.sentence)
    if edition.formed_on is not None and edition.formed_on > clock.today():
        said = "成文日期不能晚于今天。还没有签发的请留空，签发之日即为成文日期。"
        yield Refusal("publications.formed_ahead", said)
    if emergency and not reason.strip():
        yield Refusal("publications.no_reason", "紧急签发要写明情况，事后要由领导补批。")
    yield from unchecked(edition, digest)
    yield from conditions("send", edition)


def unchecked(edition: Edition, digest: str) -> Iterator[Refusal]:
    """Say what the checks before publication still ask for this exact version."""
    check = Check.objects.filter(edition=edition, digest=digest).order_by("-id").first()
    if check is None:
        yield Refusal("publications.unchecked", "这一稿还没有做发布前检查，请先点“检查”。")
    elif check.state == CheckState.RUNNING:
        yield Refusal("publications.checking", "发布前检查正在进行，几秒后再送审。")
    elif check.state == CheckState.FAILED:
        yield Refusal("publications.check_failed", "发布前检查没有做完，请再点一次“检查”。")
    else:
        open_ = check.findings.filter(overruled_at=None).exclude(severity=Severity.NOTE).count()
        if open_:
            said = f"发布前检查还有{open_}处没有处理：请改好，或核实后注明理由放行。"
            yield Refusal("publications.findings", said)


def uncleared(edition: Edition, digest: str) -> Iterator[Refusal]:
    """Say why this exact version may not come out: not signed, or its secrecy not cleared.

    ``digest`` is computed anew from what is stored now, so a change by whatever way is seen.
    """
    subject = subject_key(edition)
    if digest != edition.digest:
        yield Refusal("publications.changed", "内容在审签后有改动，请取回后重新送审。")
    if not approvals.is_cleared(subject, digest):
        yield Refusal("publications.not_cleared", "没有通过保密审查，不能发布。请先送审。")
    if not approvals.is_complete(subject, digest):
        yield Refusal("publications.not_signed", "还没有签完，不能发布。")


def why_not_publish(edition: Edition, digest: str, *, actor: User | None) -> Iterator[Refusal]:
    """Say why an edition may not be published now; asked on every path."""
    found = list(why_not_as_publisher("publish", edition, actor=actor))
    if found:
        yield from found
        return
    yield from _not_yet_public(edition, digest)


def _not_yet_public(edition: Edition, digest: str) -> Iterator[Refusal]:
    """Say what still keeps an edition from readers, whoever would bring it out and when."""
    if edition.item.hidden:
        yield HIDDEN
    if not Attribute(edition.attribute).is_published:
        label = Attribute(edition.attribute).label
        yield Refusal("publications.not_public", f"属性是{label}，不能发布。")
    yield from uncleared(edition, digest)
    yield from unchecked(edition, digest)
    yield from conditions("publish", edition)


def why_not_schedule(
    edition: Edition, digest: str, *, actor: User, at: datetime
) -> Iterator[Refusal]:
    """Say why an edition may not be set to come out at a moment."""
    found = list(why_not_as_publisher("schedule", edition, actor=actor))
    if found:
        yield from found
        return
    if at <= clock.now():
        yield Refusal("publications.past", "发布时间要晚于现在；现在就发请点“发布”。")
    yield from _not_yet_public(edition, digest)


def why_not_file(edition: Edition, digest: str, *, actor: User) -> Iterator[Refusal]:
    """Say why an edition may not be entered as one that is not published."""
    found = list(why_not_as_publisher("file", edition, actor=actor))
    if found:
        yield from found
        return
    if Attribute(edition.attribute).is_published:
        label = Attribute(edition.attribute).label
        yield Refusal("publications.is_public", f"属性是{label}，应当发布。")
    yield from uncleared(edition, digest)


def why_not_revise(item: Item, *, actor: User) -> Iterator[Refusal]:
    """Say why a next edition may not be begun."""
    if not may_change(actor, item):
        yield NOT_YOURS
        return
    out = EditionState.PUBLISHED, EditionState.FILED, EditionState.WITHDRAWN
    if item.hidden:
        yield HIDDEN
    elif not item.editions.filter(state__in=out).exists():
        yield Refusal("publications.not_out", "还没有发布过，直接改这一稿就可以。")
    elif item.editions.filter(slot=working_slot(item)).exists():
        yield Refusal("publications.already_working", "已有一稿在办，请接着办那一稿。")


def why_not_withdraw(
    edition: Edition, *, actor: User, reason: WithdrawReason, note: str
) -> Iterator[Refusal]:
    """Say why something published may not be taken back."""
    if not any(has_role(actor, role, unit=edition.item.body) for role in WITHDRAWERS):
        yield NOT_PUBLISHER
        return
    yield from _wrong_state("withdraw", edition)
    if reason is WithdrawReason.OTHER and not note.strip():
        yield Refusal("publications.no_reason", "选“其他”要写明情况。")


def why_not_restore(edition: Edition, digest: str, *, actor: User) -> Iterator[Refusal]:
    """Say why what was withdrawn may not come out again as it was."""
    found = list(why_not_as_publisher("restore", edition, actor=actor))
    if found:
        yield from found
        return
    if edition.item.hidden:
        yield HIDDEN
    if edition.item.editions.filter(slot=working_slot(edition.item)).exists():
        yield Refusal("publications.already_working", "已有一稿在办，办完即替代这一版。")
    yield from uncleared(edition, digest)


def why_not_overrule(edition: Edition, *, actor: User, reason: str) -> Iterator[Refusal]:
    """Say why a finding may not be let pass."""
    yield from why_not("send", edition, actor=actor)
    if len(reason.strip()) < 4:
        yield Refusal("publications.no_reason", "请写明核实情况，例如“引用原件，原文如此”。")


def why_not_set_grammar(body: Unit, pattern: str, *, actor: User) -> Iterator[Refusal]:
    """Say why a body's index numbers may not be written by this pattern."""
    if not has_role(actor, Role.OPENNESS_OFFICE, unit=body):
        yield Refusal("publications.not_yours", "索引号规则由本机关政务公开办设定。")
    try:
        IndexGrammar(pattern)
    except BadPattern as wrong:
        yield Refusal("publications.bad_pattern", str(wrong))


def why_not_clock(verb: str, duty: Duty, actor: User) -> Iterator[Refusal]:
    """Say why people do not end or move the clock of publication: it follows the item."""
    if verb in ("meet", "reopen", "cancel", "set_date"):
        said = "请在信息公开的页面办理：发布即办结，成文日期改了即重新计时。"
        yield Refusal("publications.by_itself", said)


def working_slot(item: Item) -> str:
    """Return the slot of the edition that is worked."""
    return f"{item.pk}:working"


def out_slot(item: Item) -> str:
    """Return the slot of the edition that is published or filed."""
    return f"{item.pk}:out"
