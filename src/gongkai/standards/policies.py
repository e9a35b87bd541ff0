"""Who may import and assign catalogues, show matters and share practice, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from gongkai.accounts.api import SEES_WORK, Role, User, in_scope, posts_of
from gongkai.files import api as files
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit
from gongkai.programme.api import may_edit, works_for
from gongkai.standards.models import Assignment, Catalogue, Item, Practice
from gongkai.standards.states import CATALOGUE_MOVES, CatalogueState

NOT_OFFICE = Refusal("standards.not_yours", "标准目录由本单位政务公开办管理，请联系他们。")


ENDED = Refusal("standards.ended", "这项分配已经取消了。")
NOT_WRITER = Refusal("standards.not_yours", "经验做法由信息员、科室负责人或政务公开办写。")


def _bodies(user: User) -> list[int]:
    """Return the bodies at which the user works: their catalogues are everybody's there."""
    held = (one.unit for one in posts_of(user) if one.role in SEES_WORK)
    return sorted({unit.body_id or unit.pk for unit in held})


def visible_catalogues(user: User) -> QuerySet[Catalogue]:
    """Return the catalogues of the user's bodies and of those in scope."""
    return Catalogue.objects.filter(Q(body__in=_bodies(user)) | in_scope("body__path", user))


def visible_practices(user: User) -> QuerySet[Practice]:
    """Return the practice of the user's bodies, and what is shared in their city."""
    roots = {int(one.unit.path.split("/")[1]) for one in posts_of(user) if one.role in SEES_WORK}
    shared = Q(root__in=sorted(roots), shared_at__isnull=False)
    return Practice.objects.filter(
        shared | Q(body__in=_bodies(user)) | in_scope("body__path", user)
    )


def sees_standards(user: User) -> bool:
    """Say whether the user sees any work at all."""
    return bool(_bodies(user))


def why_not_office(body: Unit, *, actor: User) -> Iterator[Refusal]:
    """Say why a person does not run the catalogues of a body."""
    if not may_edit(actor, body):
        yield NOT_OFFICE


def why_not_read(body: Unit, *, actor: User, field: str) -> Iterator[Refusal]:
    """Say why a catalogue may not be read in for this body."""
    yield from why_not_office(body, actor=actor)
    if not field.strip():
        yield Refusal("standards.no_field", "请选定是哪个领域的目录。")


def why_not(verb: str, catalogue: Catalogue, *, actor: User) -> Iterator[Refusal]:
    """Say why the verb may not be done to the catalogue in its state by this person."""
    yield from why_not_office(catalogue.body, actor=actor)
    if catalogue.state not in CATALOGUE_MOVES[verb][0]:
        label = CatalogueState(catalogue.state).label
        yield Refusal("standards.wrong_state", f"这份目录{label}，现在不能这样做。")


def why_not_take(catalogue: Catalogue, *, actor: User) -> Iterator[Refusal]:
    """Say why the catalogue may not be taken: one row that was not read, and none is."""
    yield from why_not("take", catalogue, actor=actor)
    if catalogue.refused:
        n = catalogue.refused
        yield Refusal("standards.rows_refused", f"有{n}行没有读进。请在原表里改好，重新导入。")


def why_not_assign(
    catalogue: Catalogue, *, actor: User, items: Sequence[Item], units: Sequence[Unit]
) -> Iterator[Refusal]:
    """Say why these items may not be assigned to these units."""
    yield from why_not_office(catalogue.body, actor=actor)
    if catalogue.state != CatalogueState.IN_FORCE:
        yield Refusal("standards.not_in_force", "只分配现行目录的事项，请打开现行的那一份。")
    if not items or not units:
        yield Refusal("standards.nothing_chosen", "请至少选一个事项、一个单位。")
    for unit in units:
        if not unit.path.startswith(catalogue.body.path):
            yield Refusal("standards.not_of_body", f"{unit.name}不属于本单位，请另选。")


def why_not_end(assignment: Assignment, *, actor: User) -> Iterator[Refusal]:
    """Say why an assignment may not be ended."""
    yield from why_not_office(assignment.matter.body, actor=actor)
    if assignment.ended_at is not None:
        yield ENDED


def writes_for(user: User, body: Unit, units: Sequence[Unit]) -> bool:
    """Say whether the person shows matters of these units: their people, or the office."""
    return may_edit(user, body) or any(works_for(user, unit) for unit in units)


def why_not_note(
    item: Item, *, actor: User, unit: Unit, assigned: Sequence[Unit], note: str
) -> Iterator[Refusal]:
    """Say why this may not be noted as showing that the matter is public."""
    if not writes_for(actor, item.catalogue.body, [unit]):
        yield Refusal("standards.not_yours", f"这个事项由{unit.name}登记，请联系他们。")
    if unit not in assigned:
        yield Refusal("standards.not_assigned", f"这个事项没有分配给{unit.name}，请先分配。")
    if not note.strip():
        yield Refusal("standards.no_note", "请写明公开了什么、在哪里。")


def why_not_write(unit: Unit, *, actor: User, title: str, text: str) -> Iterator[Refusal]:
    """Say why a person may not write down practice of the unit."""
    if not works_for(actor, unit) and not may_edit(actor, unit):
        yield Refusal("standards.not_yours", f"{unit.name}的经验做法由该单位写，请联系他们。")
    if not title.strip() or not text.strip():
        yield Refusal("standards.no_words", "请写题目和做法。")


def writing_units(user: User) -> list[Unit]:
    """Return the units for which the person writes: where they work, or run the programme."""
    writers = {Role.OFFICER, Role.SECTION_HEAD, Role.OPENNESS_OFFICE}
    units = {one.unit.pk: one.unit for one in posts_of(user) if one.role in writers}
    return sorted(units.values(), key=lambda unit: unit.path)


def is_own(user: User, practice: Practice) -> bool:
    """Say whether the practice is that of the user's own body, whose record they read."""
    return practice.body_id in _bodies(user)


def why_not_share(practice: Practice, *, actor: User) -> Iterator[Refusal]:
    """Say why practice may not be shared with the city."""
    if not may_edit(actor, practice.body):
        yield Refusal("standards.not_yours", "由本单位政务公开办分享，请联系他们。")
    if practice.shared_at is not None:
        yield Refusal("standards.shared", "这条经验已经分享了。")


def declare_files(purpose: str) -> None:
    """Declare to the gate of files who may see the imported tables, and what they may be."""
    files.declare_purpose(
        purpose,
        kinds={"xlsx", "csv"},
        max_bytes=10 * 1024 * 1024,
        may_see=lambda user, file: visible_catalogues(user).filter(file=file.pk).exists(),
    )
