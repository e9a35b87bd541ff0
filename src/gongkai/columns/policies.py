"""Who sees and sets how a column is kept, who tells of changes, and why not; no writing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.accounts.api import SEES_WORK, Role, User, has_role, in_scope, posts_of
from gongkai.columns.models import Pair, Proposal, Review, Source, Upkeep
from gongkai.columns.rules import bad_pattern, guide_missing, wrong_amount
from gongkai.columns.states import GUIDE, PROPOSAL_MOVES, ProposalState, Rhythm, SourceKind
from gongkai.duties.api import Duty
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit, body_of
from gongkai.publications import api as publications
from gongkai.publications.api import Edition, Item, Kind
from gongkai.richtext.api import plain

KEEPERS = (Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE)
NOT_OFFICE = Refusal("columns.not_yours", "栏目由本机关政务公开办设定，请联系他们。")
NOT_KEEPER = Refusal("columns.not_yours", "这个栏目由责任科室办理，您可以查看。")
NOT_REPOSTER = Refusal("columns.not_yours", "转发由承办科室和政务公开办决定，您可以查看。")
NOT_SEEN = Refusal("columns.not_yours", "您没有在办的单位，看不到栏目。")
RETIRED = Refusal("columns.retired", "这个栏目已停办，请先恢复。")


def sees_columns(user: User) -> bool:
    """Say whether the person works anywhere."""
    return any(Role(held.role) in SEES_WORK for held in posts_of(user))


def bodies_of(user: User) -> list[Unit]:
    """Return the bodies that the person works in: everybody there sees how its columns stand."""
    held = [body_of(h.unit) for h in posts_of(user) if Role(h.role) in SEES_WORK]
    return list({body.pk: body for body in held}.values())


def office_bodies(user: User) -> list[Unit]:
    """Return the bodies whose columns the person sets."""
    held = [body_of(h.unit) for h in posts_of(user) if Role(h.role) is Role.OPENNESS_OFFICE]
    return list({body.pk: body for body in held}.values())


def of_bodies(user: User) -> Q:
    """Return the condition for rows of bodies that the person works in or oversees."""
    return Q(body__in=[body.pk for body in bodies_of(user)]) | in_scope("body__path", user)


def visible_upkeeps(user: User) -> QuerySet[Upkeep]:
    """Return the columns kept by the bodies that the person works in or oversees."""
    return Upkeep.objects.filter(of_bodies(user))


def may_set(user: User, body: Unit) -> bool:
    """Say whether the person sets the columns of this body."""
    return has_role(user, Role.OPENNESS_OFFICE, unit=body)


def may_keep(user: User, upkeep: Upkeep) -> bool:
    """Say whether the person keeps this column, or sets it."""
    mine = any(has_role(user, role, unit=upkeep.owner) for role in KEEPERS)
    return mine or may_set(user, upkeep.body)


def keeping_units(user: User) -> list[int]:
    """Return the units for which the person keeps columns."""
    return sorted({h.unit.pk for h in posts_of(user) if Role(h.role) in KEEPERS})


def why_not_office(body: Unit, *, actor: User) -> Iterator[Refusal]:
    """Say why a person sets nothing here."""
    if not may_set(actor, body):
        yield NOT_OFFICE


def why_not_set(
    body: Unit, *, actor: User, name: str, owner: Unit, rhythm: Rhythm, amount: int
) -> Iterator[Refusal]:
    """Say why a column may not be kept so."""
    yield from why_not_office(body, actor=actor)
    if not name.strip():
        yield Refusal("columns.no_name", "请填写栏目名称。")
    if not owner.path.startswith(body.path):
        yield Refusal("columns.not_of_body", f"{owner.name}不属于本单位，请另选。")
    elif owner.dissolved_on is not None:
        yield Refusal("columns.owner_gone", f"{owner.name}已撤销，请另选责任科室。")
    if wrong := wrong_amount(rhythm, amount):
        yield Refusal("columns.wrong_amount", wrong)


def why_not_retire(upkeep: Upkeep, *, actor: User, reason: str) -> Iterator[Refusal]:
    """Say why a column may not be ended."""
    yield from why_not_office(upkeep.body, actor=actor)
    if upkeep.retired_at is not None:
        yield Refusal("columns.retired", "这个栏目已经停办。")
    if not reason.strip():
        yield Refusal("columns.no_reason", "请写明为什么停办，例如“职能已划转”。")


def why_not_resume(upkeep: Upkeep, *, actor: User) -> Iterator[Refusal]:
    """Say why a column may not be taken up again."""
    yield from why_not_office(upkeep.body, actor=actor)
    if upkeep.retired_at is None:
        yield Refusal("columns.not_retired", "这个栏目正在办，不用恢复。")


def why_not_tell(
    upkeep: Upkeep, *, actor: User, what: str, changed_on: date | None
) -> Iterator[Refusal]:
    """Say why a change may not be told of."""
    if not may_keep(actor, upkeep):
        yield NOT_KEEPER
    if upkeep.retired_at is not None:
        yield RETIRED
    if Rhythm(upkeep.rhythm) is not Rhythm.CHANGES:
        yield Refusal("columns.by_rhythm", "这个栏目按周期更新，不用登记变动。")
    if not what.strip():
        yield Refusal("columns.no_words", "请写明什么变了，例如“收费标准调整”。")
    if changed_on is not None and changed_on > clock.today():
        yield Refusal("columns.ahead", "变动日期不能晚于今天。")


def why_not_pair(first: Upkeep, second: Upkeep, *, actor: User) -> Iterator[Refusal]:
    """Say why two columns may not be bound to come out together."""
    yield from why_not_office(first.body, actor=actor)
    if first.body_id != second.body_id:
        yield Refusal("columns.not_of_body", "两个栏目要属于同一个单位。")
    elif first.pk == second.pk:
        yield Refusal("columns.same", "请选另一个栏目。")
    ends = Q(first=first, second=second) | Q(first=second, second=first)
    if Pair.objects.filter(ends, ended_at=None).exists():
        yield Refusal("columns.paired", "这两个栏目已经设为同步公开。")


def why_not_unpair(pair: Pair, *, actor: User) -> Iterator[Refusal]:
    """Say why a pair may not be ended."""
    yield from why_not_office(pair.first.body, actor=actor)
    if pair.ended_at is not None:
        yield Refusal("columns.not_paired", "这两个栏目已经不要求同步公开。")


def why_not_clock(verb: str, duty: Duty, actor: User) -> Iterator[Refusal]:
    """Say why people do not end or move the clock of a column: it follows what comes out."""
    if verb in ("meet", "reopen", "cancel", "set_date", "extend", "pause"):
        said = "栏目有新内容发布即办结；要改周期请政务公开办在栏目保障里改。"
        yield Refusal("columns.by_itself", said)


# Reposting --------------------------------------------------------------------------------


def visible_sources(user: User) -> QuerySet[Source]:
    """Return the sources that the bodies watch which the person works in or oversees."""
    return Source.objects.filter(of_bodies(user))


def visible_proposals(user: User) -> QuerySet[Proposal]:
    """Return what superiors published, but for what became an item that was hidden since."""
    shown = Q(item=None) | Q(item__hidden=False)
    shown |= Q(item__in=publications.worked_items(user))
    return Proposal.objects.filter(of_bodies(user)).filter(shown)


def may_repost(user: User, source: Source) -> bool:
    """Say whether the person decides on what this source published."""
    return publications.may_draft(user, source.unit) or may_set(user, source.body)


def why_not_watch(
    body: Unit, *, actor: User, name: str, kind: SourceKind, url: str, pattern: str, unit: Unit
) -> Iterator[Refusal]:
    """Say why a source may not be watched so."""
    yield from why_not_office(body, actor=actor)
    if not name.strip():
        yield Refusal("columns.no_name", "请填写来源名称，转发时照此注明。")
    if not url.startswith(("http://", "https://")):
        yield Refusal("columns.bad_url", "请填写以http或https开头的网址。")
    if kind is SourceKind.PAGE and (wrong := bad_pattern(pattern)):
        yield Refusal("columns.bad_pattern", wrong)
    if not unit.path.startswith(body.path):
        yield Refusal("columns.not_of_body", f"{unit.name}不属于本单位，请另选。")


def why_not_end_source(source: Source, *, actor: User) -> Iterator[Refusal]:
    """Say why a source may not be left."""
    yield from why_not_office(source.body, actor=actor)
    if source.ended_at is not None:
        yield Refusal("columns.source_ended", "已经停止关注。")


def why_not_look(source: Source, *, actor: User) -> Iterator[Refusal]:
    """Say why a source is not looked at now."""
    if not may_repost(actor, source):
        yield NOT_REPOSTER
    if source.ended_at is not None:
        yield Refusal("columns.source_ended", "已经停止关注，请重新设定。")


def why_not_proposal(verb: str, proposal: Proposal, *, actor: User) -> Iterator[Refusal]:
    """Say why this may not be done with a proposal."""
    if not may_repost(actor, proposal.source):
        yield NOT_REPOSTER
    if ProposalState(proposal.state) not in PROPOSAL_MOVES[verb][0]:
        label = ProposalState(proposal.state).label
        yield Refusal("columns.wrong_state", f"这一条现在是“{label}”，不能这样办理。")


def why_not_repost(proposal: Proposal, *, actor: User) -> Iterator[Refusal]:
    """Say why this person may not repost."""
    yield from why_not_proposal("repost", proposal, actor=actor)
    if not publications.may_draft(actor, proposal.source.unit):
        yield Refusal("columns.not_yours", f"转发由{proposal.source.unit.name}起草，请联系他们。")


def why_not_decline(proposal: Proposal, *, actor: User, reason: str) -> Iterator[Refusal]:
    """Say why this may not be left unposted."""
    yield from why_not_proposal("decline", proposal, actor=actor)
    if len(reason.strip()) < 2:
        yield Refusal("columns.no_reason", "请写明为什么不转发，例如“与本地无关”。")


def why_not_reopen(proposal: Proposal, *, actor: User) -> Iterator[Refusal]:
    """Say why a decision may not be taken back by a person."""
    yield from why_not_proposal("reopen", proposal, actor=actor)
    if proposal.state != ProposalState.DECLINED:
        yield Refusal("columns.wrong_state", "只有定为不转发的可以重新办理。")


def only_reposted(edition: Edition) -> Iterator[Refusal]:
    """Say why an edition of the short chain is none: it has to be what the superior published.

    The chain of reposts asks no one for a signature, so nothing else may take it (ADR 0261).
    """
    if edition.item.kind != Kind.REPOST:
        return
    found = Proposal.objects.select_related("source").filter(item=edition.item).first()
    if found is None:
        said = "转发上级信息要从“转发”清单办理；自己起草的请改选类型。"
        yield Refusal("columns.no_source", said)
        return
    if edition.source != found.source.name or edition.source_url != found.url:
        said = "转发要照原样注明来源和链接，请改回。"
        yield Refusal("columns.source_changed", said)
    if edition.title != found.title:
        said = "转发要用原标题，请改回；要改写的请另行起草，走一般审签。"
        yield Refusal("columns.title_changed", said)


def why_not_repost_clock(verb: str, duty: Duty, actor: User) -> Iterator[Refusal]:
    """Say why people do not end or move the clock of a repost."""
    if verb in ("meet", "reopen", "cancel", "set_date", "extend", "pause"):
        yield Refusal("columns.by_itself", "转发发布或定为不转发即办结，请到转发清单办理。")


# The standard column ----------------------------------------------------------------------


def incomplete_guide(edition: Edition) -> Iterator[Refusal]:
    """Say what 条例 第十二条 wants in a guide and is not there, before it goes for signature."""
    column = edition.item.column
    if column is None or column.code != GUIDE:
        return
    missing = guide_missing(plain(edition.text))
    if missing:
        said = f"公开指南还缺{'、'.join(missing)}，条例第十二条要求写明。请在正文里补上。"
        yield Refusal("columns.guide_incomplete", said)


def why_not_review(item: Item, *, actor: User, months: int = 12) -> Iterator[Refusal]:
    """Say why an item may not be put to review, or a review not be entered."""
    if not publications.may_change(actor, item):
        yield NOT_KEEPER
    if item.hidden or publications.published(item) is None:
        yield Refusal("columns.not_out", "没有在公开的，不用设修订周期。")
    if not 1 <= months <= 120:
        yield Refusal("columns.wrong_amount", "请填1到120个月。")


def why_not_reviewed(review: Review, *, actor: User, outcome: str) -> Iterator[Refusal]:
    """Say why a review may not be entered as done."""
    yield from why_not_review(review.item, actor=actor)
    if not outcome.strip():
        yield Refusal("columns.no_words", "请写明检查结果，例如“与现行规定一致，不修订”。")


def why_not_review_clock(verb: str, duty: Duty, actor: User) -> Iterator[Refusal]:
    """Say why people do not end the clock of a review on its own page."""
    if verb in ("meet", "reopen", "cancel", "set_date"):
        said = "修订检查在公开专栏登记结果，或发布新版，即办结。"
        yield Refusal("columns.by_itself", said)
