"""Who may have reports checked, write and see them; answers reasons, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import QuerySet

from gongkai.accounts.api import SEES_WORK, User, in_scope, posts_of, scope_paths
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit, UnitKind
from gongkai.programme.api import Document, Programme, may_edit, visible_documents
from gongkai.reports.models import Check, Draft, Finding
from gongkai.reports.states import DRAFT_MOVES, CheckState, DraftState

KINDS = frozenset({"txt", "docx", "xlsx", "pdf"})
"""The kinds of files that a report may be."""

NOT_AN_EDITOR = Refusal("reports.not_yours", "只有本单位政务公开办可以这样做，请联系他们。")


def visible_checks(user: User) -> QuerySet[Check]:
    """Return the checks of the bodies that the user sees as a whole."""
    return Check.objects.filter(in_scope("body__path", user))


def sees_checks(user: User) -> bool:
    """Say whether the user sees a body as a whole, and so its reports."""
    return any(
        held.unit.kind == UnitKind.BODY and held.role in SEES_WORK for held in posts_of(user)
    )


def why_not_receive(body: Unit, *, actor: User, replaces: Check | None) -> Iterator[Refusal]:
    """Say why a report may not be handed in for this body."""
    if not may_edit(actor, body):
        yield NOT_AN_EDITOR
    if replaces is not None and replaces.body_id != body.pk:
        yield Refusal("reports.other_body", "改后的报告只能与本单位的报告比较，请另行上传。")


def why_not_receive_document(document: Document, *, actor: User, body: Unit) -> Iterator[Refusal]:
    """Say why a document already received may not be checked as a report of this body."""
    if not visible_documents(actor).filter(pk=document.pk).exists():
        yield Refusal("reports.invisible", "找不到这份公文，请重新选择。")
    elif document.body_id != body.pk:
        yield Refusal("reports.document_elsewhere", "这份公文属于别的单位，请选本单位的公文。")


def why_not_set_aside(finding: Finding, *, actor: User) -> Iterator[Refusal]:
    """Say why this finding may not be set aside by this person."""
    yield from why_not_receive(finding.report.body, actor=actor, replaces=None)
    if finding.agrees:
        yield Refusal("reports.agrees", "这个数字相符，不必处理。")
    elif finding.reason:
        yield Refusal("reports.already_set_aside", "这一处已注明核实情况；要改写，先恢复提示。")


def why_not_take_up(finding: Finding, *, actor: User) -> Iterator[Refusal]:
    """Say why this finding may not be taken up again by this person."""
    yield from why_not_receive(finding.report.body, actor=actor, replaces=None)
    if not finding.reason:
        yield Refusal("reports.not_set_aside", "这一处没有注明过，仍在提示。")


def visible_drafts(user: User) -> QuerySet[Draft]:
    """Return the reports written here of the bodies that the user sees as a whole."""
    return Draft.objects.filter(in_scope("body__path", user))


def why_not_start(
    programmes: Sequence[Programme], *, actor: User, as_of: date
) -> Iterator[Refusal]:
    """Say why no report on these programmes may be drafted by this person."""
    if not programmes:
        yield Refusal(
            "reports.no_programme", "请选要报告的文件。没有可选的，先在收文里核对并下达。"
        )
        return
    if not may_edit(actor, programmes[0].body):
        yield NOT_AN_EDITOR
    if len({(one.body_id, one.year) for one in programmes}) > 1:
        yield Refusal("reports.mixed", "一份报告只写一个单位一年的任务，请分开起草。")
    yield from why_not_count_to(as_of)


def why_not_count_to(as_of: date) -> Iterator[Refusal]:
    """Say why figures cannot be counted up to that day."""
    if as_of > clock.today():
        yield Refusal("reports.future", "数据截止日还没有到，请选今天或以前的日子。")


def why_not(verb: str, draft: Draft, *, actor: User) -> Iterator[Refusal]:
    """Say why this person may not do this to this report."""
    if not may_edit(actor, draft.body):
        yield NOT_AN_EDITOR
    (wanted,) = DRAFT_MOVES[verb][0]
    if draft.state != wanted:
        state = DraftState(draft.state).label
        yield Refusal(
            "reports.wrong_draft_state", f"这份报告{state}，{wanted.label}的报告才能这样做。"
        )


def why_not_hand_on(draft: Draft, *, actor: User) -> Iterator[Refusal]:
    """Say why the next steps of this report cannot become a document of the next year."""
    yield from why_not("hand_on", draft, actor=actor)
    if draft.handed_on_id:
        yield Refusal("reports.handed_on", "下一步打算已经转入下一年，请到那份公文里核对。")


def why_not_template(body: Unit, *, actor: User) -> Iterator[Refusal]:
    """Say why this person may not change how this body's reports look."""
    if not may_edit(actor, body):
        yield NOT_AN_EDITOR


def why_not_wait(check: Check) -> Iterator[Refusal]:
    """Say why the figures of this report cannot be taken in (again)."""
    if check.state != CheckState.RECEIVED:
        yield Refusal("reports.wrong_state", "这份报告已经复核过；改过的报告请另行上传。")


def declare_files(purpose: str, kinds: frozenset[str] = KINDS) -> None:
    """Declare to the gate of files who may see such files of a body and what they may be."""
    files.declare_purpose(
        purpose,
        kinds=set(kinds),
        max_bytes=20 * 1024 * 1024,
        may_see=lambda user, file: any(file.unit.path.startswith(p) for p in scope_paths(user)),
    )
