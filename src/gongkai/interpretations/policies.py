"""Who plans, interprets and excepts, and what keeps a policy from going on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gongkai.accounts.api import Role, User, has_role
from gongkai.duties.api import Duty
from gongkai.files import api as files
from gongkai.interpretations.models import Material, Plan, SafeguardRecord, SafeguardRule, Waiver
from gongkai.interpretations.rules import PlanFacts, missing_of
from gongkai.interpretations.states import COUNTED, Form, Missing, Safeguard
from gongkai.kernel import clock
from gongkai.kernel.identifiers import split_subject
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit
from gongkai.publications import api as publications
from gongkai.publications.api import Edition, EditionState, Item, Kind

EXCEPTING = (Role.LEADER, Role.DEPUTY_LEADER)
READY = (EditionState.SIGNED, EditionState.SCHEDULED, EditionState.PUBLISHED)
NOT_OFFICE = Refusal("interpretations.not_yours", "发布前必备由本机关政务公开办设定，请联系他们。")
NOT_SEEN = Refusal("interpretations.not_yours", "您没有可以查看的单位。")
NOT_YOURS = Refusal("interpretations.not_yours", "谁起草谁解读：请由起草这份文件的科室办理。")


def is_counted(edition: Edition) -> bool:
    """Say whether a document's interpretation goes in step with it (regulation 6.2)."""
    is_public = publications.Attribute(edition.attribute).is_published
    return is_public and Kind(edition.item.kind) in COUNTED


def excepted(item: Item, missing: Missing) -> bool:
    """Say whether a leader let the policy go on without this."""
    return Waiver.objects.filter(item=item, missing=missing).exists()


def without_plan(edition: Edition) -> Iterator[Refusal]:
    """Say why a policy may not go for signature: its interpretation is not planned (C1)."""
    if not is_counted(edition) or edition.change == publications.Change.CORRECTION:
        return
    item = edition.item
    if excepted(item, Missing.PLAN) or Plan.objects.filter(item=item).exists():
        return
    said = "没有解读方案，不能送签。请在“政策解读”一节填写方案，或请领导批准例外。"
    yield Refusal("interpretations.no_plan", said)


def without_material(edition: Edition) -> Iterator[Refusal]:
    """Say why a policy may not come out: no material is ready to come out with it (C1)."""
    if not is_counted(edition) or edition.change == publications.Change.CORRECTION:
        return
    item = edition.item
    if excepted(item, Missing.MATERIAL) or ready_materials(item):
        return
    said = "解读材料还没有签完，不能先发文件。请先办好解读材料，或请领导批准例外。"
    yield Refusal("interpretations.no_material", said)


def ready_materials(item: Item) -> bool:
    """Say whether a material of the policy is signed or out."""
    rows = Material.objects.filter(policy=item, ended_at=None)
    return rows.filter(item__editions__state__in=READY).exists()


def without_safeguards(edition: Edition) -> Iterator[Refusal]:
    """Say why a policy may not come out: what the rule wants before is not there (F1)."""
    if not publications.Attribute(edition.attribute).is_published:
        return
    for safeguard in wanted_safeguards(edition.item):
        if not SafeguardRecord.objects.filter(item=edition.item, safeguard=safeguard).exists():
            said = f"这类文件发布前要有{safeguard.label}，请在“政策解读”一节登记。"
            yield Refusal("interpretations.no_safeguard", said)


def wanted_safeguards(item: Item) -> list[Safeguard]:
    """Return what has to be there before the item comes out: by its kind, or by its plan."""
    rule = SafeguardRule.objects.filter(body=item.body).first()
    plan = Plan.objects.filter(item=item).first()
    by_kind = rule is not None and item.kind in rule.kinds
    return list(Safeguard) if by_kind or (plan is not None and plan.sensitive) else []


def why_not_plan(
    item: Item,
    *,
    actor: User,
    outline: str,
    forms: tuple[Form, ...],
    channels: str,
    interpreter: str,
) -> Iterator[Refusal]:
    """Say why a plan may not be set: it is signed with the document, and then stands."""
    if not publications.may_change(actor, item):
        yield NOT_YOURS
        return
    yield from signed_with_it(item)
    for sentence in missing_of(PlanFacts(outline, forms, channels, interpreter)):
        yield Refusal("interpretations.incomplete", sentence)


def signed_with_it(item: Item) -> Iterator[Refusal]:
    """Say why a plan stands: it was sent to be signed with its document."""
    edition = publications.newest(item)
    if edition.state not in (EditionState.DRAFT, EditionState.RETURNED):
        said = "方案随文件一起审签，文件已送审。要改方案，请先取回文件。"
        yield Refusal("interpretations.signed_with_it", said)


def may_except(user: User, item: Item) -> bool:
    """Say whether the person is a leader who grants exceptions."""
    return any(has_role(user, role, unit=item.body) for role in EXCEPTING)


def why_not_except(item: Item, *, actor: User, missing: Missing, reason: str) -> Iterator[Refusal]:
    """Say why an exception may not be recorded."""
    if not may_except(actor, item):
        yield Refusal("interpretations.not_yours", "例外由机关领导批准，请分管领导或主要领导办理。")
        return
    if len(reason.strip()) < 4:
        yield Refusal("interpretations.no_reason", "请写明为什么可以例外。")
    if excepted(item, missing):
        yield Refusal("interpretations.excepted", f"已批准过{missing.label}的例外。")


def why_not_interpret(policy: Item, *, actor: User, interpreter: str) -> Iterator[Refusal]:
    """Say why a material may not be begun: whoever drafted the policy interprets it."""
    if not publications.may_change(actor, policy):
        yield NOT_YOURS
        return
    if Kind(policy.kind) is Kind.INTERPRETATION:
        yield Refusal("interpretations.of_itself", "解读材料本身不再解读。")
    if not interpreter.strip():
        yield Refusal("interpretations.no_interpreter", "请写解读人。")


def why_not_unlink(material: Material, *, actor: User) -> Iterator[Refusal]:
    """Say why a link may not be undone."""
    if not publications.may_change(actor, material.policy):
        yield NOT_YOURS
    elif material.ended_at is not None:
        yield Refusal("interpretations.unlinked", "关联已经取消。")
    elif publications.published(material.item) is not None:
        yield Refusal("interpretations.is_out", "解读材料已发布，请先撤回再取消关联。")


def why_not_safeguard(
    item: Item, *, actor: User, conclusion: str, done_on: date
) -> Iterator[Refusal]:
    """Say why an assessment or a contingency plan may not be entered."""
    if not publications.may_change(actor, item):
        yield NOT_YOURS
        return
    if not conclusion.strip():
        yield Refusal("interpretations.no_conclusion", "请写结论：风险等级，或预案要点。")
    if done_on > clock.today():
        yield Refusal("interpretations.ahead", "完成日期不能晚于今天。")


def why_not_clock(verb: str, duty: Duty, actor: User) -> Iterator[Refusal]:
    """Say why people do not end or move the clock of a later material."""
    if verb in ("meet", "reopen", "cancel", "set_date"):
        yield Refusal("interpretations.by_itself", "解读材料发布即办结，请到文件页面办理。")


def may_see_file(user: User, file: files.StoredFile) -> bool:
    """Say whether a person may have an assessment: who works on the item, and nobody else."""
    kind, pk = split_subject(file.subject) if file.subject else ("", "")
    return kind == "publications.item" and publications.worked_items(user).filter(pk=pk).exists()


def why_not_rule(body: Unit, *, actor: User) -> Iterator[Refusal]:
    """Say why the rule of a body may not be set by this person."""
    if not has_role(actor, Role.OPENNESS_OFFICE, unit=body):
        yield Refusal("interpretations.not_yours", "发布前必备由本机关政务公开办设定。")
