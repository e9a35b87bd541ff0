"""Names of units in a document: noted as the reader found them, settled by the office."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation import api as organisation
from gongkai.organisation.api import Unit
from gongkai.programme import policies
from gongkai.programme.actions.signing import text_changed
from gongkai.programme.models import Document, Name, Proposal
from gongkai.programme.states import OPEN_PROPOSALS, NameKind


def note_names(document: Document) -> list[Name]:
    """Note every name that the open proposals use and settle what resolves by itself.

    Called inside the transaction that changed the proposals.
    """
    open_proposals = Proposal.objects.filter(document=document, state__in=OPEN_PROPOSALS)
    known = set(document.names.values_list("text", flat=True))
    wanted = dict.fromkeys(
        text for p in open_proposals.order_by("order", "id") for text in [*p.lead, *p.support]
    )
    unknown = [text for text in wanted if text not in known]
    found = organisation.resolve_all(unknown, body=document.body, on=clock.today())
    return [_note(document, text, found[text]) for text in unknown]


def _note(document: Document, text: str, found: organisation.Resolution) -> Name:
    kind = NameKind(found.kind.value)
    certain = kind in (NameKind.UNIT, NameKind.SET) and bool(found.units)
    name = Name.objects.create(document=document, text=text[:200], kind=kind, settled=certain)
    name.units.set(found.units if certain else _as_last_time(document, text))
    return name


def _as_last_time(document: Document, text: str) -> Iterable[Unit]:
    """Offer whom the office picked for this name before; it still has to say yes."""
    before = (
        Name.objects.filter(document__body=document.body, text=text, settled=True)
        .order_by("-id")
        .first()
    )
    return before.units.all() if before else []


@transaction.atomic
def settle_name(
    name: Name, *, actor: User, units: list[Unit], expected: int, remember: bool = False
) -> Name:
    """Say whom a name in the document stands for.

    ``remember`` keeps it for documents to come: as an alias when it is one unit, as a named set
    when it is several. Raises ``Refused``.
    """
    name = lock(name, expected=expected)
    refuse_if(policies.why_not_settle(name, actor=actor, units=units))
    name.settled = True
    name.save(update_fields=["settled"])
    name.units.set(units)
    if remember and name.kind == NameKind.UNKNOWN:
        _remember(name, actor=actor, units=units)
    record(
        "programme.name_resolved",
        subject=name.document,
        actor=actor,
        unit=name.document.body,
        name=name.text,
        units=[unit.name for unit in units],
    )
    text_changed(name.document, actor=actor)
    return name


@transaction.atomic
def create_unit_for(name: Name, *, actor: User, expected: int) -> Name:
    """Create the section that a name stands for under the body, and settle the name to it."""
    refuse_if(policies.why_not_document("bind", name.document, actor=actor))
    unit = organisation.create_unit(
        actor=actor,
        parent=name.document.body,
        kind=organisation.UnitKind.SECTION,
        name=name.text,
    )
    return settle_name(name, actor=actor, units=[unit], expected=expected)


def _remember(name: Name, *, actor: User, units: list[Unit]) -> None:
    if len(units) == 1:
        organisation.add_alias(units[0], actor=actor, text=name.text)
    else:
        organisation.create_set(actor=actor, body=name.document.body, name=name.text, members=units)
