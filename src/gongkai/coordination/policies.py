"""Who asks, who is asked, and what keeps a draft from its signature until they have answered."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from gongkai.accounts.api import Role, User, has_role, in_scope
from gongkai.coordination.models import Asking
from gongkai.coordination.states import MOVES, Answer, AskingState
from gongkai.duties.api import Duty
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit
from gongkai.publications import api as publications
from gongkai.publications.api import Edition, Item

ANSWERERS = (Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE)
NOT_YOURS = Refusal("coordination.not_yours", "征求意见由起草的科室办理，您可以查看。")
NOT_ASKED = Refusal("coordination.not_asked", "由被征求意见的单位答复，您可以查看。")
LEAST = 4


def asked_of(user: User) -> QuerySet[Asking]:
    """Return the askings addressed to units in the person's scope; of hidden items none."""
    rows = Asking.objects.filter(in_scope("unit__path", user), item__hidden=False)
    return rows.exclude(state=AskingState.TAKEN_BACK)


def visible(user: User) -> QuerySet[Asking]:
    """Return what a person may see: what their units are asked, or ask."""
    mine = Asking.objects.filter(item__in=publications.worked_items(user))
    return asked_of(user) | mine


def may_have_file(user: User, item: Item, file: files.StoredFile) -> bool:
    """Say whether a person is asked about a draft to which this file belonged: its gate asks."""
    kept = asked_of(user).filter(item=item).values_list("files", flat=True)
    return any(file.pk in keys for keys in kept)


def may_answer(user: User, asking: Asking) -> bool:
    """Say whether the person speaks for the unit that is asked."""
    return any(has_role(user, role, unit=asking.unit) for role in ANSWERERS)


def why_not_ask(edition: Edition, unit: Unit, *, actor: User, question: str) -> Iterator[Refusal]:
    """Say why a unit may not be asked about a draft."""
    if not publications.may_change(actor, edition.item):
        yield NOT_YOURS
        return
    if edition.state not in publications.OPEN_TO_CHANGE:
        said = "已经送审，不能再征求意见。要征求的，请先取回。"
        yield Refusal("coordination.too_late", said)
    if unit.pk == edition.item.unit_id:
        yield Refusal("coordination.own_unit", "这是起草科室自己，请选别的单位。")
    if len(question.strip()) < LEAST:
        said = "请写明请对方看什么，例如“第三条涉及贵局职责，请核”。"
        yield Refusal("coordination.no_question", said)
    if not edition.text.strip() and not _any_file(edition):
        yield Refusal("coordination.empty", "还没有正文和附件，对方没有可看的。请先写好。")
    if Asking.objects.filter(slot=slot_of(edition, unit)).exists():
        yield Refusal("coordination.asked", f"正在征求{unit.name}的意见，收到答复后可以再征求。")


def _any_file(edition: Edition) -> bool:
    return bool(publications.content_of(edition).files)


def slot_of(edition: Edition, unit: Unit) -> str:
    """Return the slot of an open asking."""
    return f"{edition.pk}:{unit.pk}"


def _wrong_state(verb: str, asking: Asking) -> Iterator[Refusal]:
    state = AskingState(asking.state)
    if state not in MOVES[verb][0]:
        said = f"现在是“{state.label}”，不能这样办理。请刷新页面查看。"
        yield Refusal("coordination.wrong_state", said)


def why_not_answer(asking: Asking, *, actor: User, answer: Answer, says: str) -> Iterator[Refusal]:
    """Say why an answer may not be given."""
    if not may_answer(actor, asking):
        yield NOT_ASKED
        return
    yield from _wrong_state("answer", asking)
    if answer.wants_reasons and len(says.strip()) < LEAST:
        said = "有修改意见或不同意的，请写明哪一条、怎么改、依据是什么。"
        yield Refusal("coordination.no_reason", said)


def why_not_settle(asking: Asking, *, actor: User, settled: str) -> Iterator[Refusal]:
    """Say why it may not be said what became of comments."""
    yield from _why_not_as_drafter("settle", asking, actor)
    if not Answer(asking.answer or Answer.AGREE).wants_reasons:
        yield Refusal("coordination.nothing_to_settle", "对方没有意见要处理。")
    if len(settled.strip()) < LEAST:
        said = "请写明采纳了哪些；没有采纳的写明理由。"
        yield Refusal("coordination.no_reason", said)


def why_not_close(asking: Asking, *, actor: User, reason: str) -> Iterator[Refusal]:
    """Say why an asking may not be ended without an answer: its day is not over."""
    yield from _why_not_as_drafter("close", asking, actor)
    due = asking.duty.due_at
    if due is not None and clock.now() <= due:
        said = "答复期限还没有过，请等对方答复，或先催办；不再需要的可以收回。"
        yield Refusal("coordination.not_due", said)
    yield from _reason(reason)


def why_not_take_back(asking: Asking, *, actor: User, reason: str) -> Iterator[Refusal]:
    """Say why an asking may not be taken back."""
    yield from _why_not_as_drafter("take_back", asking, actor)
    yield from _reason(reason)


def _reason(reason: str) -> Iterator[Refusal]:
    if len(reason.strip()) < LEAST:
        yield Refusal("coordination.no_reason", "请写明理由。")


def _why_not_as_drafter(verb: str, asking: Asking, actor: User) -> Iterator[Refusal]:
    if not publications.may_change(actor, asking.item):
        yield NOT_YOURS
        return
    yield from _wrong_state(verb, asking)


def unanswered(edition: Edition) -> Iterator[Refusal]:
    """Say why a draft may not go for signature: somebody asked has not answered, or an answer
    has not been dealt with (B4)."""
    rows = Asking.objects.filter(edition=edition).select_related("unit")
    waiting = [row.unit.name for row in rows if row.state == AskingState.OPEN]
    if waiting:
        said = f"还在征求意见：{'、'.join(waiting)}。收齐后再送审；逾期未复的，注明后结束。"
        yield Refusal("coordination.unanswered", said)
    open_ = [
        row.unit.name
        for row in rows
        if row.state == AskingState.ANSWERED and Answer(row.answer).wants_reasons
    ]
    if open_:
        said = f"{'、'.join(open_)}提了意见，请写明采纳情况后再送审。"
        yield Refusal("coordination.unsettled", said)


def why_not_clock(verb: str, duty: Duty, actor: User) -> Iterator[Refusal]:
    """Say why people do not end or move this clock: answering ends it."""
    if verb in ("meet", "reopen", "cancel", "set_date"):
        said = "请在征求意见的页面答复，答复了就办结。"
        yield Refusal("coordination.by_itself", said)
