"""Who registers, relates and decides, and what keeps a normative document from going on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from gongkai.accounts.api import User
from gongkai.duties.api import Duty
from gongkai.kernel.refusal import Refusal
from gongkai.normative.models import Relation, Standing
from gongkai.normative.states import Decision, Validity
from gongkai.publications import api as publications
from gongkai.publications.api import Change, Edition, Item, Kind

NOT_YOURS = Refusal("normative.not_yours", "由起草这份文件的科室办理，您可以查看。")
NOT_OFFICE = Refusal("normative.not_yours", "有效性由本机关政务公开办更正，请联系他们。")
LEAST = 4
NUMBER = re.compile(r"[\u4e00-\u9fff]{0,10}[A-Za-z0-9〔〕\-—/]*\d[A-Za-z0-9〔〕\-—/]*号?")
"""Readers see it and nobody signs it: an organ's short name at most, and no sentence fits."""


def is_normative(item: Item) -> bool:
    """Say whether an item is a normative document."""
    return Kind(item.kind) is Kind.NORMATIVE


def is_out(item: Item) -> bool:
    """Say whether a document came out: its registration is read by all then."""
    return Standing.objects.filter(item=item).exclude(validity="").exists()


def visible(user: User) -> QuerySet[Standing]:
    """Return the standings of the documents that a person works on or oversees."""
    return Standing.objects.filter(item__in=publications.worked_items(user))


def without_term(edition: Edition) -> Iterator[Refusal]:
    """Say why a normative document may not go for signature: it says no end of its validity."""
    if not is_normative(edition.item) or edition.lapses_on is not None:
        return
    standing = Standing.objects.filter(item=edition.item).first()
    if standing is None or not standing.why_unlimited:
        said = "规范性文件要写明有效期截止日；不设有效期的，请在“规范性文件”一节写明理由。"
        yield Refusal("normative.no_term", said)


def without_number(edition: Edition) -> Iterator[Refusal]:
    """Say why a normative document may not come out: it is not registered (三统一)."""
    if not is_normative(edition.item) or edition.change == Change.CORRECTION:
        return
    if not publications.Attribute(edition.attribute).is_published:
        return
    standing = Standing.objects.filter(item=edition.item).first()
    if standing is None or not (standing.registration_number or standing.why_unregistered):
        said = "还没有登记号，不能发布。请在“规范性文件”一节填写；不登记的写明理由。"
        yield Refusal("normative.no_number", said)


def why_not_register(
    item: Item, *, actor: User, number: str, why_unregistered: str
) -> Iterator[Refusal]:
    """Say why registration and term may not be written down."""
    if not publications.may_change(actor, item):
        yield NOT_YOURS
        return
    if not is_normative(item):
        yield Refusal("normative.wrong_kind", "只有规范性文件要登记。类型在起草页上改。")
    if is_out(item) and not publications.may_publish(actor, item):
        said = "文件已经发布，登记号由本机关政务公开办更正，请联系他们。"
        yield Refusal("normative.out", said)
    if number and not NUMBER.fullmatch(number):
        said = "登记号只用字母、数字、〔〕和-/，可带机关代字，例如QJGS-2026-0008。"
        yield Refusal("normative.bad_number", said)
    if number and why_unregistered:
        yield Refusal("normative.both", "已填登记号的，不用写不登记的理由。")
    taken = Standing.objects.exclude(item=item).filter(registration_number=number)
    if number and taken.exists():
        yield Refusal("normative.taken", f"登记号{number}已经用过，请核对。")


def why_not_relate(later: Item, earlier: Item, *, actor: User) -> Iterator[Refusal]:
    """Say why a relation may not be set: of what is out, to what is out and seen, no circle."""
    if not publications.may_change(actor, later):
        yield NOT_YOURS
        return
    if later.pk == earlier.pk:
        yield Refusal("normative.itself", "文件不能修改、替代、废止自己；本文件修订请点“修订”。")
        return
    if not publications.works_on(actor, earlier) or publications.published(earlier) is None:
        said = "没有找到这份文件，或者它还没有发布。请核对发文字号。"
        yield Refusal("normative.not_found", said)
        return
    if Relation.objects.filter(slot=slot_of(later, earlier)).exists():
        yield Refusal("normative.related", "这两份文件的关系已经设定。")
    if earlier.pk in _changed_by_all(later.pk):
        yield Refusal("normative.circle", "那份文件是修改、替代本文件的，不能反过来。")


def _changed_by_all(item_pk: int) -> set[int]:
    """Return the documents that changed one, and those that changed these, and so on."""
    found: set[int] = set()
    edge = {item_pk}
    while edge:
        rows = Relation.objects.filter(earlier__in=edge, ended_at=None)
        edge = set(rows.values_list("later_id", flat=True)) - found
        found |= edge
    return found


def slot_of(later: Item, earlier: Item) -> str:
    """Return the slot of a relation that counts."""
    return f"{later.pk}:{earlier.pk}"


def why_not_unrelate(relation: Relation, *, actor: User) -> Iterator[Refusal]:
    """Say why a relation may not be undone: it has taken effect."""
    if not publications.may_change(actor, relation.later):
        yield NOT_YOURS
    elif relation.ended_at is not None:
        yield Refusal("normative.ended", "这项关系已经取消。")
    elif relation.effect_on is not None:
        said = "已经生效，不能取消。有误的，请政务公开办更正有效性。"
        yield Refusal("normative.in_effect", said)


def why_not_decide(
    standing: Standing, *, actor: User, decision: Decision, reason: str, until_on: date | None
) -> Iterator[Refusal]:
    """Say why it may not be decided what becomes of a document before its validity ends."""
    if not publications.may_change(actor, standing.item):
        yield NOT_YOURS
        return
    if not standing.validity or not Validity(standing.validity).binds:
        yield Refusal("normative.not_in_force", "文件已不是有效状态，不用再评估。")
    if standing.valid_until_on is None:
        yield Refusal("normative.unlimited", "文件没有设有效期，不用到期评估。")
    if len(reason.strip()) < LEAST:
        yield Refusal("normative.no_reason", "请写明评估情况和理由。")
    last = standing.valid_until_on
    if decision is Decision.EXTEND and (until_on is None or (last and until_on <= last)):
        yield Refusal("normative.no_day", "继续有效的，请填新的截止日，要晚于现在的截止日。")


def why_not_correct(
    standing: Standing, *, actor: User, validity: Validity, reason: str
) -> Iterator[Refusal]:
    """Say why a validity may not be put right by hand."""
    if not publications.may_publish(actor, standing.item):
        yield NOT_OFFICE
        return
    if not standing.validity:
        yield Refusal("normative.not_out", "文件还没有发布，没有有效性可以更正。")
    if validity == standing.validity:
        yield Refusal("normative.same", "有效性没有变化。")
    if len(reason.strip()) < LEAST:
        yield Refusal("normative.no_reason", "请写明依据，例如废止它的文件名称和文号。")


def why_not_clock(verb: str, duty: Duty, actor: User) -> Iterator[Refusal]:
    """Say why people do not end or move this clock: deciding ends it."""
    if verb in ("meet", "reopen", "cancel", "set_date"):
        yield Refusal("normative.by_itself", "请在文件页面“到期前评估”办理，办了就办结。")
