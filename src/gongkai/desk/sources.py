"""What the home page asks of which app, put into the words of the components; no rules here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from gongkai.accounts import api as accounts
from gongkai.approvals import api as approvals
from gongkai.calendars import api as calendars
from gongkai.columns import api as columns
from gongkai.coordination import api as coordination
from gongkai.desk.gather import Summary
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.notices import api as notices
from gongkai.organisation import api as organisation
from gongkai.programme import api as programme
from gongkai.progress import api as progress
from gongkai.publications import api as publications
from gongkai.sheets import api as sheets
from gongkai.submissions import api as submissions
from gongkai.supervision import api as supervision
from gongkai.ui import words
from gongkai.ui.context import Banner
from gongkai.ui.parts import Need, Sign, Stripe

MOST_UNITS = 12
MOST_STEPS = 50
# Those who answer for more than their own work see how their units stand.
LEADING = frozenset(
    {
        accounts.Role.SECTION_HEAD,
        accounts.Role.DEPUTY_LEADER,
        accounts.Role.LEADER,
        accounts.Role.OPENNESS_OFFICE,
        accounts.Role.AUDITOR,
    }
)
BURNING = (duties.Light.RED, duties.Light.AMBER)


def sign_of(duty: duties.Duty) -> Sign:
    """Return a duty's light with its rule and day."""
    return Sign(duty.light, duty.rule.label, duty.rule.sentence, duty.due_on)


def programme_needs(user: Any) -> Iterator[Need]:
    """Yield the open timed parts of the units this person works for."""
    for card in programme.needs(user):
        yield Need(
            title=card.text,
            url=card.url,
            sign=sign_of(card.duty),
            reason=card.duty.rule.sentence,
            button="去办理",
            due=card.duty.due_at or card.duty.due_on,
            unit=card.unit,
            key=f"duty:{card.duty.pk}",
        )


def progress_needs(user: Any) -> Iterator[Need]:
    """Yield what came back to this person's units, and the tasks this person strikes off."""
    for sent in progress.returned_to(user):
        yield Need(
            title=sent.task.text,
            url=reverse("progress:work", args=[sent.task_id]),
            sign=Sign("red", "被退回", "签认人退回了，改好后再报。"),
            reason=f"退回原因：{sent.comment}",
            button="去补办",
            unit=sent.unit.name,
            key=f"returned:{sent._meta.model_name}:{sent.pk}",
        )
    for task in progress.ready_for(user):
        yield Need(
            title=task.text,
            url=reverse("progress:work", args=[task.pk]),
            sign=Sign("amber", "待销号", "各方都已办完并签认，等政务公开办核实。"),
            reason="各方都已办完并签认，请核实后销号。",
            button="去销号",
            unit=task.programme.body.name,
            key=f"ready:{task.pk}",
        )


def supervision_needs(user: Any) -> Iterator[Need]:
    """Yield what this person's units have to answer, and the answers that wait for their word."""
    for charge in supervision.to_answer(user):
        sign = sign_of(charge.duty) if charge.duty else Sign("amber", "待回复", "没有限定时间。")
        yield Need(
            title=f"{charge}：{charge.text}",
            url=reverse("supervision:charge", args=[charge.pk]),
            sign=sign,
            reason=f"{charge.body.name}{charge.get_kind_display()}，请回复。",
            button="去回复",
            due=charge.duty.due_at if charge.duty else None,
            unit=charge.unit.name,
            key=f"duty:{charge.duty_id}" if charge.duty else f"charge:{charge.pk}",
        )
    for charge in supervision.to_judge(user):
        yield Need(
            title=f"{charge}：{charge.text}",
            url=reverse("supervision:charge", args=[charge.pk]),
            sign=Sign("amber", "待审核", "单位已回复，认可的闭环，不够的退回重办。"),
            reason=f"{charge.unit.name}已回复，请审核。",
            button="去审核",
            unit=charge.unit.name,
            key=f"answered:{charge.pk}",
        )


_WAITS = {
    "returned": ("被退回", "请按退回意见改好后再送审。", "去修改"),
    "draft": ("未送审", "公开期限快到或已过，请办好送审。", "去办理"),
    "signed": ("待发布", "已签完，请发布或定时发布。", "去发布"),
}


def publication_needs(user: Any) -> Iterator[Need]:
    """Yield information that came back, that waits to be published, or whose clock runs out."""
    for edition in publications.needs(user):
        label, reason, button = _WAITS[edition.state]
        sign = sign_of(edition.duty) if edition.duty else Sign("amber", label, reason)
        yield Need(
            title=edition.title,
            url=reverse("publications:item", args=[edition.item_id]),
            sign=sign,
            reason=f"{label}：{reason}",
            button=button,
            due=edition.duty.due_at if edition.duty else None,
            unit=edition.item.unit.name,
            key=f"duty:{edition.duty_id}" if edition.duty else f"edition:{edition.pk}",
        )


def coordination_needs(user: Any) -> Iterator[Need]:
    """Yield drafts of others about which a person's unit is asked."""
    for asking in coordination.needs(user):
        yield Need(
            title=asking.content["title"],
            url=reverse("coordination:asking", args=[asking.pk]),
            sign=sign_of(asking.duty),
            reason=f"{asking.item.unit.name}征求{asking.unit.name}的意见，请答复。",
            button="去答复",
            due=asking.duty.due_at,
            unit=asking.unit.name,
            key=f"duty:{asking.duty_id}",
        )


def column_needs(user: Any) -> Iterator[Need]:
    """Yield the columns of this person's units that have to be updated."""
    for upkeep in columns.needs(user):
        duty = upkeep.duty
        if duty is None:
            continue
        yield Need(
            title=duty.title,
            url=reverse("columns:upkeep", args=[upkeep.pk]),
            sign=sign_of(duty),
            reason="栏目该更新了，有新内容发布即办结。",
            button="去看看",
            due=duty.due_at,
            unit=upkeep.owner.name,
            key=f"duty:{duty.pk}",
        )


def repost_needs(user: Any) -> Iterator[Need]:
    """Yield what superiors published and this person's units repost or not."""
    for proposal in columns.reposting_needs(user):
        duty = proposal.duty
        waits = Sign("amber", "待转发", "上级发布了，转发或写明不转发的原因。")
        yield Need(
            title=proposal.title,
            url=reverse("columns:proposal", args=[proposal.pk]),
            sign=sign_of(duty) if duty else waits,
            reason=f"{proposal.source.name}发布的，请转发或写明原因。",
            button="去办理",
            due=duty.due_at if duty else None,
            unit=proposal.source.unit.name,
            key=f"duty:{duty.pk}" if duty else f"proposal:{proposal.pk}",
        )


def handing_needs(user: Any) -> Iterator[Need]:
    """Yield what a superior handed down to be taken, and subordinates' questions to be answered."""
    for handing in supervision.to_receive(user):
        yield Need(
            title=handing.task.text,
            url=reverse("supervision:handing", args=[handing.pk]),
            sign=Sign("amber", "待接收", "上级交办的，接收后成为本单位任务。", handing.due_on),
            reason=f"{handing.task.programme.body.name}交办，请接收或提出疑问。",
            button="去接收",
            unit=handing.body.name,
            key=f"handing:{handing.pk}",
        )
    for handing in supervision.to_explain(user):
        yield Need(
            title=handing.task.text,
            url=reverse("supervision:handing", args=[handing.pk]),
            sign=Sign("amber", "待答复", "下级提出了疑问，答复后才能接收。"),
            reason=f"{handing.body.name}：{handing.question}",
            button="去答复",
            unit=handing.body.name,
            key=f"asked:{handing.pk}",
        )


def approval_needs(user: Any) -> Iterator[Need]:
    """Yield the signatures whose turn it is and that this person may give."""
    steps = approvals.waiting_for(user).select_related("round", "unit")
    for step in steps[:MOST_STEPS]:
        word = approvals.StepKind(step.kind).label
        yield Need(
            title=step.round.title or str(step.round),
            url=reverse("approvals:round", args=[step.round_id]),
            sign=Sign("amber", f"等您{word}", "轮到您了，签后才能往下走。"),
            reason=f"{words.day(step.round.started_at)}送来，等您{word}。",
            button=f"去{word}",
            unit=step.unit.name,
            key=f"step:{step.pk}",
        )


def sheet_needs(user: Any) -> Iterator[Need]:
    """Yield the fill-in sheets that came back, and those that are late, for their office."""
    for sheet in sheets.needs(user):
        back = sheet.state == sheets.SheetState.RETURNED
        sign = Sign("amber", "待核对", "单位交回了，核对差异后采用。")
        yield Need(
            title=str(sheet),
            url=reverse("sheets:sheet", args=[sheet.pk]),
            sign=sign if back or sheet.duty is None else sign_of(sheet.duty),
            reason="单位交回了，等您核对差异。" if back else "还没有交回，请催一催。",
            button="去核对" if back else "去看看",
            unit=sheet.body.name,
            key=f"sheet:{sheet.pk}",
        )


def submission_needs(user: Any) -> Iterator[Need]:
    """Yield what the superior sent back, what has no receipt for long, the years to be opened."""
    for row in submissions.needs(user):
        back = row.state == submissions.RoundState.RETURNED
        sign = Sign("red", "被退回", "上级退回了，改好后重报。")
        yield Need(
            title=f"上报{row.requirement.recipient}：{row}",
            url=reverse("submissions:round", args=[row.pk]),
            sign=sign if back else Sign("amber", "没有回执", "报出十天还没有回执。"),
            reason="上级退回了，改好后重报。" if back else "报出十天还没有回执，请问一问上级。",
            button="去重报" if back else "去登记",
            unit=row.owner.name,
            key=f"duty:{row.duty_id}",
        )
    for asked in submissions.to_open(user):
        year = asked.opened_to + 1
        yield Need(
            title=f"{asked.name}：{year}年的还没有开出",
            url=reverse("submissions:requirement", args=[asked.pk]),
            sign=Sign("green", "待开出", "开出后才有各期的时限。"),
            reason=f"每期的时限只开到{asked.opened_to}年。",
            button="去开出",
            unit=asked.body.name,
            key=f"submissions.year:{asked.pk}",
        )


def unit_summaries(user: Any) -> list[Summary]:
    """Return how the units stand for which this person answers, those in trouble first."""
    if not LEADING & accounts.roles_of(user):
        return []
    counts = duties.counts_for(accounts.scope_paths(user))
    names = {u.pk: u.name for u in organisation.Unit.objects.filter(pk__in=counts)}
    order = sorted(counts, key=lambda pk: (*(-counts[pk].get(x, 0) for x in BURNING), names[pk]))
    board = reverse("programme:board")
    return [
        Summary(names[pk], f"{board}?unit={pk}", tuple(stripes(counts[pk])))
        for pk in order[:MOST_UNITS]
    ]


def stripes(counts: Mapping[str, int]) -> Iterator[Stripe]:
    """Yield counts by light in the order of what burns."""
    first = (*BURNING, *(x for x in duties.Light if x not in BURNING))
    for light in first:
        if counts.get(light):
            yield Stripe(light.value, light.label, counts[light])


def calendar_banner(request: HttpRequest) -> Banner | None:
    """Say loudly, to who is signed in, that the coming year's days off are missing.

    What to do about it is said to who can do it.
    """
    if not request.user.is_authenticated:
        return None
    warning = calendars.warning_for(clock.today())
    if warning is None:
        return None
    user: Any = request.user
    if isinstance(user, accounts.User) and calendars.may_change(user):
        return Banner(warning.sentence, "warning", reverse("calendars:index"), "去录入")
    what, end, _ = warning.sentence.partition("。")
    return Banner(what + end, "warning")


def unread(request: HttpRequest) -> int:
    """Count what the person of this request has not read."""
    return notices.unread_count(accounts.user_of(request))
