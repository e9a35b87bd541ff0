"""Who may see and write records; answers reasons, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q, QuerySet

from gongkai.accounts.api import SEES_WORK, User, in_scope, posts_of
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit
from gongkai.programme.api import edited_bodies, may_edit, works_for
from gongkai.progress import api as progress
from gongkai.records.models import Proof, Record
from gongkai.records.states import RECORD_MOVES, Kind, RecordState

OF_UNITS = frozenset({Kind.TRAINING, Kind.PUBLICITY})
"""What a section records of itself; all else the openness office records for the body."""

RESTS_ON_EVIDENCE = (progress.SentState.SENT, progress.SentState.TAKEN)
"""The states of a report of done that rests on the evidence that was there."""

NOT_YOURS = Refusal("records.not_yours", "只有本单位政务公开办可以这样做，请联系他们。")


def visible_records(user: User) -> QuerySet[Record]:
    """Return the records of the units that the user sees, and the own body's that are of all."""
    bodies = {
        post.unit.body_id or post.unit.pk for post in posts_of(user) if post.role in SEES_WORK
    }
    of_all = Q(unit=F("body"), body__in=bodies)
    return Record.objects.filter(in_scope("unit__path", user) | of_all)


def sees_records(user: User) -> bool:
    """Say whether the user works anywhere whose records there are."""
    return any(post.role in SEES_WORK for post in posts_of(user))


def writes_for(user: User, unit: Unit, kind: Kind) -> bool:
    """Say whether the user may write a record of this kind for this unit."""
    if may_edit(user, unit.body or unit):
        return True
    return kind in OF_UNITS and works_for(user, unit)


def kinds_to_write(user: User) -> list[Kind]:
    """Return the kinds of records that the user may write for some unit; asks no question."""
    if edited_bodies(user):
        return list(Kind)
    works = any(works_for(user, post.unit) for post in posts_of(user))
    return [kind for kind in Kind if works and kind in OF_UNITS]


def why_not_write(
    unit: Unit, kind: Kind, *, actor: User, held_on: date | None = None
) -> Iterator[Refusal]:
    """Say why this person may not write such a record for this unit."""
    if not writes_for(actor, unit, kind):
        yield NOT_YOURS
    elif kind not in OF_UNITS and unit.body_id not in (None, unit.pk):
        yield Refusal("records.of_the_body", f"{kind.label}由单位统一登记，请选单位本身。")
    if held_on is not None and held_on > clock.today():
        yield Refusal(
            "records.future",
            "日期还没有到。办完以后再登记；还没办的写进任务的措施，培训写进培训计划。",
        )


def why_not(verb: str, record: Record, *, actor: User) -> Iterator[Refusal]:
    """Say why this person may not do this to this record."""
    if not writes_for(actor, record.unit, Kind(record.kind)):
        yield NOT_YOURS
    if record.state not in RECORD_MOVES[verb][0]:
        state = RecordState(record.state).label
        yield Refusal("records.wrong_state", f"这条记录{state}，不能再改。请到最新的一条上改。")


def why_not_unlink(proof: Proof, record: Record, *, actor: User) -> Iterator[Refusal]:
    """Say why a record may not be taken off the task that it proves."""
    yield from why_not("unlink", record, actor=actor)
    evidence = proof.evidence
    rests = progress.reports_of(evidence.task).filter(
        unit=evidence.unit, sent_at__gte=evidence.added_at, state__in=RESTS_ON_EVIDENCE
    )
    if rests.exists():
        yield Refusal(
            "records.reported",
            "这项任务已凭它报完成，不能取下。还在等签认的，请签认人先退回。",
        )


def why_not_open_year(body: Unit, *, actor: User, year: int) -> Iterator[Refusal]:
    """Say why this person may not list what the body owes in a year."""
    if not may_edit(actor, body):
        yield NOT_YOURS
    if not clock.today().year - 1 <= year <= clock.today().year + 1:
        yield Refusal("records.far_year", "只能列去年、今年和明年的，请改年份。")


def bodies_of(user: User) -> list[Unit]:
    """Return the bodies whose records the user looks after or belongs to, the former first."""
    edited = edited_bodies(user)
    own = [post.unit.body or post.unit for post in posts_of(user) if post.role in SEES_WORK]
    return list({unit.pk: unit for unit in [*edited, *own]}.values())


def declare_files(purpose: str) -> None:
    """Declare to the gate of files who may see the material of records and what it may be."""
    files.declare_purpose(
        purpose,
        kinds={"txt", "html", "docx", "xlsx", "pdf", "png", "jpg"},
        max_bytes=20 * 1024 * 1024,
        may_see=_sees_material,
    )


def _sees_material(user: User, file: files.StoredFile) -> bool:
    kind, _, pk = file.subject.partition(":")
    if kind != "records.record" or not pk.isdecimal():
        return False
    return visible_records(user).filter(pk=int(pk)).exists()
