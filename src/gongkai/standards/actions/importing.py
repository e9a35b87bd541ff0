"""A catalogue is read in with a report of every row, and taken or not."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit
from gongkai.standards import policies, queries, rules
from gongkai.standards.models import Catalogue, Item, Matter
from gongkai.standards.states import CATALOGUE_MOVES

PURPOSE = "standards.catalogue"
"""The purpose under which the gate of files knows imported tables."""

STALE = Refusal("kernel.stale", "别人刚刚采用了这个领域的另一份目录。请刷新后再看。")


def read_catalogue(
    *,
    body: Unit,
    actor: User,
    field: str,
    upload: UploadedFile[Any] | bytes,
    name: str,
    title: str = "",
) -> Catalogue:
    """Read a field's catalogue in, row by row; it takes effect only when it is taken.

    The file is checked, kept and read before the transaction begins. Raises ``Refused``.
    """
    refuse_if(policies.why_not_read(body, actor=actor, field=field))
    stored = files.store(upload, name=name, actor=actor, unit=body, purpose=PURPOSE)
    try:
        rows = rules.read(rules.table_of(files.read_bytes(stored), stored.kind))
    except rules.Unreadable as problem:
        raise Refused(Refusal("standards.unreadable", str(problem))) from None
    refused = sum(bool(row.why) for row in rows)
    with transaction.atomic():
        found = Catalogue.objects.create(
            body=body,
            field=field.strip()[:60],
            title=(title.strip() or PurePath(name).stem)[:200],
            file=stored,
            rows=[row.as_json() for row in rows],
            size=len(rows) - refused,
            refused=refused,
            read_at=clock.now(),
            read_by=actor,
            replaces=queries.in_force(body, field.strip()[:60]),
        )
        files.attach(stored, subject_key(found))
        record(
            "standards.catalogue_read",
            subject=found,
            actor=actor,
            unit=body,
            name=stored.name,
            items=found.size,
            refused_rows=refused,
        )
    return found


@transaction.atomic
def take_catalogue(catalogue: Catalogue, *, actor: User, expected: int) -> Catalogue:
    """Put the catalogue in force; the version before is superseded, what is assigned stays.

    Raises ``Refused``, also where one row was not read.
    """
    catalogue = lock(catalogue, expected=expected)
    refuse_if(policies.why_not_take(catalogue, actor=actor))
    before = queries.in_force(catalogue.body, catalogue.field)
    entries = [row.entry for row in queries.rows_of(catalogue)]
    compared = rules.compare(queries.entries_of(before), entries)
    if before is not None:
        _supersede(before, actor)
    catalogue.state, catalogue.replaces = CATALOGUE_MOVES["take"][1], before
    catalogue.taken_at = clock.now()
    catalogue.live = f"{catalogue.body_id}:{catalogue.field}"
    try:
        with transaction.atomic():
            catalogue.save(update_fields=["state", "replaces", "taken_at", "live"])
    except IntegrityError:
        raise Refused(STALE) from None
    _items(catalogue, entries)
    record(
        "standards.catalogue_taken",
        subject=catalogue,
        actor=actor,
        unit=catalogue.body,
        items=len(entries),
        added=len(compared.added),
        changed=len(compared.changed),
        gone=len(compared.gone),
    )
    return catalogue


def _supersede(before: Catalogue, actor: User) -> None:
    before = lock(before)
    before.state, before.live = CATALOGUE_MOVES["supersede"][1], None
    before.save(update_fields=["state", "live"])
    record("standards.catalogue_superseded", subject=before, actor=actor, unit=before.body)


def _items(catalogue: Catalogue, entries: list[rules.Entry]) -> None:
    """Write the items; a matter that an earlier version named is the same matter."""
    body, field = catalogue.body, catalogue.field
    keys = [entry.key[:500] for entry in entries]
    there = set(Matter.objects.filter(body=body, field=field).values_list("key", flat=True))
    new = dict.fromkeys(key for key in keys if key not in there)
    # One version of a field is taken at a time: its row in force was taken or made just before.
    Matter.objects.bulk_create(Matter(body=body, field=field, key=key) for key in new)
    matters = {m.key: m for m in Matter.objects.filter(body=body, field=field)}
    Item.objects.bulk_create(
        Item(
            catalogue=catalogue,
            matter=matters[key],
            order=order,
            **{**asdict(entry), "number": entry.number[:40]},
        )
        for order, (key, entry) in enumerate(zip(keys, entries, strict=True), start=1)
    )


@transaction.atomic
def discard_catalogue(catalogue: Catalogue, *, actor: User, expected: int) -> Catalogue:
    """Leave what was read in; the version in force stays. Raises ``Refused``."""
    catalogue = lock(catalogue, expected=expected)
    refuse_if(policies.why_not("discard", catalogue, actor=actor))
    catalogue.state = CATALOGUE_MOVES["discard"][1]
    catalogue.save(update_fields=["state"])
    record("standards.catalogue_discarded", subject=catalogue, actor=actor, unit=catalogue.body)
    return catalogue
