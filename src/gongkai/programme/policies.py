"""Who may see and do what with documents and tasks; answers reasons, changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongkai.accounts.api import SEES_WORK, Role, User, has_role, in_scope, posts_of, scope_paths
from gongkai.duties.api import Duty
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit, UnitKind
from gongkai.programme.models import (
    Document,
    Evidence,
    Name,
    Programme,
    Proposal,
    Task,
    TaskDuty,
    TaskUnit,
)
from gongkai.programme.rules import Clock
from gongkai.programme.states import (
    DOCUMENT_MOVES,
    GIVEN_UP,
    OPEN_PROPOSALS,
    PROPOSAL_MOVES,
    TASK_MOVES,
    ClockKind,
    DocumentState,
    NameKind,
    Part,
    ProposalState,
    TaskState,
)

EDITORS = (Role.OPENNESS_OFFICE,)
"""Who receives documents, corrects proposals and makes them binding."""

WORKERS = (Role.OFFICER, Role.SECTION_HEAD)
"""Who works a unit's tasks."""

NOT_AN_EDITOR = Refusal("programme.not_yours", "只有本单位政务公开办可以这样做，请联系他们。")


def visible_documents(user: User) -> QuerySet[Document]:
    """Return the documents of the bodies that the user sees as a whole."""
    return Document.objects.filter(in_scope("body__path", user))


def visible_programmes(user: User) -> QuerySet[Programme]:
    """Return the programmes of which the user sees the whole or a task."""
    # Not correlated: the user's own parts are found once, whatever stands in other programmes,
    # and not at all while the bodies in scope fill the page.
    units = Unit.objects.filter(in_scope("path", user))
    parts = TaskUnit.objects.filter(unit__in=units, ended_on=None)
    theirs = Q(pk__in=parts.values("programme"))
    return Programme.objects.filter(in_scope("body__path", user) | theirs)


def visible_tasks(user: User) -> QuerySet[Task]:
    """Return the tasks in which a unit of the user's scope has a part."""
    return Task.objects.filter(in_scope("programme__body__path", user) | _has_part_in_scope(user))


def _has_part_in_scope(user: User) -> Exists:
    parts = TaskUnit.objects.filter(task=OuterRef("pk"), ended_on=None)
    return Exists(parts.filter(in_scope("unit__path", user)))


def may_edit(user: User, body: Unit) -> bool:
    """Say whether the user runs the programme of this body."""
    return any(has_role(user, role, unit=body) for role in EDITORS)


def _not_an_editor(user: User, body: Unit) -> Iterator[Refusal]:
    if not may_edit(user, body):
        yield NOT_AN_EDITOR


def why_not_receive(body: Unit, *, actor: User, replaces: Document | None) -> Iterator[Refusal]:
    """Say why a document may not be received for this body."""
    yield from _not_an_editor(actor, body)
    if replaces is None:
        return
    if replaces.body_id != body.pk or replaces.state != DocumentState.BOUND:
        yield Refusal("programme.not_replaceable", "只能替换本单位已下达的文件。")
    elif getattr(replaces, "replaced_by", None) and replaces.replaced_by.state not in GIVEN_UP:
        yield Refusal("programme.already_replaced", "这份文件已有新版本，请在新版本上更改。")


def why_not_document(verb: str, document: Document, *, actor: User) -> Iterator[Refusal]:
    """Say why the verb may not be done to the document in its state by this person."""
    yield from _not_an_editor(actor, document.body)
    if document.state not in DOCUMENT_MOVES[verb][0]:
        label = DocumentState(document.state).label
        yield Refusal("programme.wrong_state", f"文件{label}，现在不能这样做。")


def why_not_proposal(verb: str, proposal: Proposal, *, actor: User) -> Iterator[Refusal]:
    """Say why the verb may not be done to the proposal in its state by this person."""
    yield from _not_an_editor(actor, proposal.document.body)
    if proposal.document.state != DocumentState.READ:
        yield Refusal("programme.document_closed", "文件已下达或已撤回，不能再改拟任务。")
    elif proposal.state not in PROPOSAL_MOVES[verb][0]:
        label = ProposalState(proposal.state).label
        yield Refusal("programme.wrong_state", f"这条拟任务{label}，现在不能这样做。")


def why_not_accept(proposal: Proposal, *, actor: User) -> Iterator[Refusal]:
    """Say why a proposal may not be accepted as it stands."""
    yield from why_not_proposal("accept", proposal, actor=actor)
    yield from gaps(proposal)


def gaps(proposal: Proposal) -> Iterator[Refusal]:
    """Say what a proposal still lacks before it can become a task."""
    if not proposal.text.strip():
        yield Refusal("programme.no_text", "任务内容为空，请填写。")
    if not proposal.lead:
        yield Refusal("programme.no_lead", "还没有牵头单位，请填写责任单位。")
    yield from clock_gaps(proposal.clock)


def clock_gaps(clock_json: dict[str, object] | None) -> Iterator[Refusal]:
    """Say what a clock lacks: a choice, a day, a reason."""
    if clock_json is None:
        yield Refusal("programme.no_clock", "还没有时限，请选定，或写明为何不计时。")
        return
    chosen = Clock.from_json(clock_json)
    if chosen.kind is ClockKind.NONE and not chosen.reason.strip():
        yield Refusal("programme.no_reason", "不计时要写明原因。")
    if chosen.kind is ClockKind.DATE and not chosen.on:
        yield Refusal("programme.no_date", "请填写完成日期。")


def why_not_drop(proposal: Proposal, *, actor: User, reason: str) -> Iterator[Refusal]:
    """Say why a proposal may not be left out."""
    yield from why_not_proposal("drop", proposal, actor=actor)
    if not reason.strip():
        yield Refusal("programme.no_reason", "不列入任务要写明原因。")


def why_not_settle(name: Name, *, actor: User, units: list[Unit]) -> Iterator[Refusal]:
    """Say why a name may not be settled to these units."""
    yield from why_not_document("bind", name.document, actor=actor)
    if not units:
        yield Refusal("programme.no_units", f"请为“{name.text}”选至少一个单位。")
    today = clock.today()
    body = name.document.body
    for unit in units:
        if not unit.path.startswith(body.path):
            yield Refusal("programme.not_of_body", f"“{unit.name}”不属于本单位。")
        elif unit.dissolved_on and unit.dissolved_on <= today:
            yield Refusal("programme.unit_dissolved", f"“{unit.name}”已撤销，请另选单位。")


def why_not_bind(
    document: Document, *, actor: User, history_until: date | None
) -> Iterator[Refusal]:
    """Say why a document may not be made binding as its proposals and names stand."""
    yield from why_not_document("bind", document, actor=actor)
    still = document.proposals.filter(state=ProposalState.PROPOSED).count()
    if still:
        yield Refusal(
            "programme.proposals_open", f"还有{still}条拟任务待核对，请逐条采纳或不列入。"
        )
    if not document.proposals.filter(state=ProposalState.ACCEPTED).exists():
        yield Refusal("programme.nothing_accepted", "还没有采纳任何任务，无法下达。")
    yield from _names_open(document)
    if history_until is not None and history_until > clock.today():
        yield Refusal("programme.history_ahead", "截止日还没有到，不能按历史登记。")
    earlier = document.replaces
    if earlier is not None and earlier.programme.document_id != earlier.pk:
        yield Refusal("programme.already_replaced", "原文件已有新版本，请在新版本上更改。")


def _names_open(document: Document) -> Iterator[Refusal]:
    wanted = {
        text
        for proposal in document.proposals.filter(state__in=OPEN_PROPOSALS)
        for text in [*proposal.lead, *proposal.support]
    }
    today = clock.today()
    for name in document.names.prefetch_related("units"):
        if name.text not in wanted:
            continue
        wanted.discard(name.text)
        units = list(name.units.all())
        if not name.settled or not units:
            word = "是泛称，请选定具体单位" if name.kind == NameKind.VAGUE else "还没有对应到单位"
            yield Refusal("programme.name_open", f"“{name.text}”{word}。")
        gone = [u.name for u in units if u.dissolved_on and u.dissolved_on <= today]
        if gone:
            sentence = f"“{name.text}”对应的{'、'.join(gone)}已撤销，请另选单位。"
            yield Refusal("programme.unit_dissolved", sentence)
    for text in sorted(wanted):
        yield Refusal("programme.name_open", f"“{text}”还没有对应到单位。")


def why_not_task(verb: str, task: Task, *, actor: User, unit: Unit | None) -> Iterator[Refusal]:
    """Say why the verb may not be done to the task by this person for this unit.

    ``unit`` None asks for the whole task, which the openness office of the body runs.
    """
    if task.state not in TASK_MOVES[verb][0]:
        label = TaskState(task.state).label
        yield Refusal("programme.wrong_state", f"任务{label}，现在不能这样做。")
    if unit is None:
        yield from _not_an_editor(actor, task.programme.body)
        return
    if not works_for(actor, unit) and not may_edit(actor, task.programme.body):
        yield Refusal("programme.not_yours", f"这是{unit.name}的任务，请由该单位办理。")
    if not task.parts.filter(unit=unit, ended_on=None).exists():
        yield Refusal("programme.no_part", f"{unit.name}不承担这项任务。")


def why_not_end_evidence(evidence: Evidence, task: Task, *, actor: User) -> Iterator[Refusal]:
    """Say why evidence may not be taken off this task by this person."""
    if evidence.ended_at is not None:
        yield Refusal("programme.evidence_ended", "这份佐证已经取下，不用再取。")
    if task.state not in TASK_MOVES["end_evidence"][0]:
        label = TaskState(task.state).label
        yield Refusal(
            "programme.wrong_state", f"任务{label}，佐证不能取下。要取下，先请政务公开办退回任务。"
        )
    if not works_for(actor, evidence.unit) and not may_edit(actor, task.programme.body):
        yield Refusal("programme.not_yours", f"请由{evidence.unit.name}或政务公开办取下。")


def why_not_note_evidence(tasks: list[Task], *, actor: User, unit: Unit) -> Iterator[Refusal]:
    """Say why notes may not be put to a unit's parts in these tasks; one query for any number."""
    bodies = {task.programme.body_id: task.programme.body for task in tasks}.values()
    if not works_for(actor, unit) and not all(may_edit(actor, body) for body in bodies):
        yield Refusal("programme.not_yours", f"这是{unit.name}的任务，请由该单位办理。")
        return
    parts = TaskUnit.objects.filter(task__in=tasks, unit=unit, ended_on=None)
    held = set(parts.values_list("task", flat=True))
    for task in tasks:
        if task.state not in TASK_MOVES["add_evidence"][0]:
            label = TaskState(task.state).label
            yield Refusal("programme.wrong_state", f"第{task.row}项任务{label}，不能再登记佐证。")
        if task.pk not in held:
            yield Refusal("programme.no_part", f"第{task.row}项已不由{unit.name}承担。")


def works_for(user: User, unit: Unit) -> bool:
    """Say whether the user works this unit's tasks, by a post or a delegation."""
    return any(has_role(user, role, unit=unit) for role in WORKERS)


def why_not_form(name: str, task: Task, *, actor: User) -> Iterator[Refusal]:
    """Say why a person has no business with a form of the task's page, whatever is typed in it."""
    if may_edit(actor, task.programme.body):
        return
    if name == "superior":
        yield NOT_AN_EDITOR
        return
    parts = task.parts.filter(ended_on=None).select_related("unit")
    if not any(works_for(actor, part.unit) for part in parts):
        yield Refusal("programme.not_yours", "这不是您单位的任务，您可以查看，不能办理。")


def why_not_report_done(task: Task, *, actor: User, unit: Unit) -> Iterator[Refusal]:
    """Say why the unit's part may not be reported as done."""
    yield from why_not_task("report_done", task, actor=actor, unit=unit)
    if not task.parts.filter(unit=unit, part=Part.LEAD, ended_on=None).exists():
        yield Refusal("programme.not_lead", "由牵头单位报完成，配合单位请登记佐证。")
    if not task.evidence.filter(unit=unit, ended_at=None).exists():
        yield Refusal("programme.no_evidence", "还没有佐证，请先登记做了什么。")


def why_not_report_directly(task: Task) -> Iterator[Refusal]:
    """Say why a report of done may not go past the section's signature; history may."""
    if task.programme.history_until is None:
        yield Refusal("programme.needs_signature", "报完成要经科室负责人签认，请在“办理”页面报。")


def why_not_strike_off(task: Task, *, actor: User, all_met: bool) -> Iterator[Refusal]:
    """Say why the task may not be struck off; whether all parts signed is asked above."""
    yield from why_not_task("strike_off", task, actor=actor, unit=None)
    if not all_met:
        yield Refusal("programme.still_running", "还有没办结的时限，办结后再销号。")


def why_not_send_back(task: Task, *, actor: User, reason: str) -> Iterator[Refusal]:
    """Say why a part may not be sent back."""
    yield from why_not_task("send_back", task, actor=actor, unit=None)
    if not reason.strip():
        yield Refusal("programme.no_reason", "请写明为什么退回、要补什么。")


def why_not_trigger(task: Task, *, what: str, happened_at: datetime) -> Iterator[Refusal]:
    """Say why this cannot be recorded as starting a clock of the task."""
    if task.clock["kind"] not in (ClockKind.PROMPTLY, ClockKind.WITHIN):
        yield Refusal("programme.no_trigger", "这项任务按日期或周期办理，不用登记发生的事项。")
    if not what.strip():
        yield Refusal("programme.no_note", "请写明发生了什么。")
    if happened_at > clock.now():
        yield Refusal("programme.trigger_ahead", "发生时间不能晚于现在。")


def why_not_superior_date(task: Task, *, actor: User, on: date, basis: str) -> Iterator[Refusal]:
    """Say why the superior's date may not be entered."""
    yield from why_not_task("set_superior_date", task, actor=actor, unit=None)
    if task.clock["kind"] != ClockKind.SUPERIOR:
        yield Refusal("programme.not_superior", "这项任务不等上级时间。")
    if not basis.strip():
        yield Refusal("programme.no_basis", "请写明上级在哪份文件里定的时间。")
    if on < clock.today():
        yield Refusal("programme.date_past", "日期已经过去，请核对。")


DECIDERS = (Role.SECTION_HEAD, Role.DEPUTY_LEADER, Role.LEADER, Role.OPENNESS_OFFICE)
"""Who decides on the time that a unit has; an officer reports, pauses and takes up again."""


def why_not_clock(verb: str, duty: Duty, actor: User) -> Iterator[Refusal]:
    """Say why a person may not change the clock behind a task, beside what duties say.

    Dates stand in the document or come from the superior: the openness office enters them.
    """
    if verb == "set_date":
        row = TaskDuty.objects.select_related("task__programme__body").filter(duty=duty).first()
        if row is not None and not may_edit(actor, row.task.programme.body):
            yield Refusal(
                "programme.not_yours", "任务的日期由下达任务的政务公开办录入，请联系他们。"
            )
    elif verb in ("extend", "reset", "reassign") and not any(
        has_role(actor, role, unit=duty.owner) for role in DECIDERS
    ):
        yield Refusal("programme.not_decider", "要由科室负责人或政务公开办决定，请找他们。")


def edited_bodies(user: User) -> list[Unit]:
    """Return the bodies whose programmes the user runs."""
    posts = posts_of(user)
    return list({p.unit.pk: p.unit for p in posts if Role(p.role) in EDITORS}.values())


def worked_paths(user: User) -> list[str]:
    """Return the paths of the units whose tasks the user works."""
    return sorted({p.unit.path for p in posts_of(user) if Role(p.role) in WORKERS})


def under(paths: Iterable[str], field: str) -> Q:
    """Return the condition that ``field`` is one of the paths or below; portable."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(**{f"{field}__startswith": path})
    return found


def sees_work(user: User) -> bool:
    """Say whether the user sees any work at all; the platform administrator does not."""
    return bool(scope_paths(user))


def acts_at_all(user: User) -> bool:
    """Say whether the user works or runs anything, or only looks: leaders, auditors."""
    return any(held.role in (*WORKERS, *EDITORS) for held in posts_of(user))


def sees_documents(user: User) -> bool:
    """Say whether the user sees a body as a whole, and so its documents."""
    return any(
        held.unit.kind == UnitKind.BODY and held.role in SEES_WORK for held in posts_of(user)
    )


def declare_files(source: str, evidence: str) -> None:
    """Declare to the gate of files who may see sources and evidence, and what they may be."""
    files.declare_purpose(
        source,
        kinds={"txt", "html", "docx", "xlsx", "pdf"},
        max_bytes=20 * 1024 * 1024,
        may_see=lambda user, file: in_scope_of(user, file.unit) or _works_from(user, file.pk),
    )
    files.declare_purpose(
        evidence,
        kinds={"txt", "html", "docx", "xlsx", "pdf", "png", "jpg"},
        max_bytes=20 * 1024 * 1024,
        may_see=lambda user, file: visible_tasks(user).filter(evidence__file=file.pk).exists(),
    )


def in_scope_of(user: User, unit: Unit) -> bool:
    """Say whether the unit lies in the user's scope."""
    return any(unit.path.startswith(path) for path in scope_paths(user))


def _works_from(user: User, file_id: int) -> bool:
    """Whoever has a task may see the document it rests on."""
    return visible_tasks(user).filter(proposal__document__file=file_id).exists()
