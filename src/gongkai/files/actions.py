"""The verbs of files: store (check, accept or refuse), attach, reconcile after a kill."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.files import storage
from gongkai.files.content import identify, refusals
from gongkai.files.models import StoredFile
from gongkai.files.names import clean_name, served_name
from gongkai.files.purposes import Purpose, purpose_named
from gongkai.files.scanner import scan
from gongkai.files.states import MOVES, Kind, State
from gongkai.kernel import clock
from gongkai.kernel.identifiers import split_subject
from gongkai.kernel.refusal import Refusal, Refused
from gongkai.organisation.api import Unit

log = logging.getLogger(__name__)
# An upload under way is younger than this; what is older was left behind by a kill.
LEFT_BEHIND = timedelta(hours=1)


def store(
    upload: UploadedFile[Any] | bytes,
    *,
    name: str,
    actor: User,
    unit: Unit,
    purpose: str,
    subject: str = "",
) -> StoredFile:
    """Take a file in: into the quarantine, checked, then accepted; returns the accepted file.

    Call it outside a transaction: checking a large file takes seconds. Raises ``Refused``
    (``files.…``) when the file cannot be taken; what was refused for its content leaves a row
    with hash and reason, and no bytes. Raises ``LookupError`` for an undeclared purpose.
    """
    declared = purpose_named(purpose)
    kept = clean_name(name)
    if not kept:
        raise refusals.refused("name_missing", "文件没有名称。请改名后再上传。")
    if not isinstance(upload, bytes) and (upload.size or 0) > declared.max_bytes:
        raise refusals.too_large(declared.max_bytes)
    if subject:
        split_subject(subject)
    written = storage.write(_pieces(upload), max_bytes=declared.max_bytes)
    file = StoredFile.objects.create(
        key=written.key,
        name=kept,
        size=written.size,
        sha256=written.sha256,
        unit=unit,
        purpose=purpose,
        subject=subject,
        created_at=clock.now(),
        created_by=actor,
    )
    return _check(file, declared, actor)


@transaction.atomic
def attach(file: StoredFile, subject: str, *, actor: User | None = None) -> StoredFile:
    """Put a file to the record it belongs to (``app.model:pk``), once for ever.

    ``actor`` is by default who uploaded it. Repeating is harmless. Raises ``Refused``:
    ``files.not_accepted``, ``files.attached_elsewhere``.
    """
    split_subject(subject)
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    if file.state not in MOVES["attach"][0]:
        raise refusals.refused("not_accepted", "文件还没有通过检查，不能使用。请重新上传。")
    if file.subject == subject:
        return file
    if file.subject:
        raise refusals.refused("attached_elsewhere", "这个文件已归入另一条记录。请重新上传一份。")
    file.subject = subject
    file.save(update_fields=["subject"])
    record(
        "files.attached",
        subject=file,
        actor=actor or file.created_by,
        unit=file.unit,
        also=[subject],
        name=file.name,
    )
    return file


def _pieces(upload: UploadedFile[Any] | bytes) -> Iterable[bytes]:
    if isinstance(upload, bytes):
        return [upload]
    upload.seek(0)
    return upload.chunks()


def _check(file: StoredFile, purpose: Purpose, actor: User) -> StoredFile:
    """Look at the quarantined bytes, outside any transaction, and decide."""
    path = storage.path_of(storage.QUARANTINE, file.key)
    try:
        with storage.reached():
            kind = identify(path, file.name, purpose.kinds)
        scan(path)
    except Refused as refused:
        _refuse(file, refused.refusals[0], actor)
        raise
    storage.accept(file.key)  # first the bytes, then the row: a kill between serves nothing
    return _accept(file, kind, actor)


@transaction.atomic
def _accept(file: StoredFile, kind: Kind, actor: User) -> StoredFile:
    _move(file, "accept")
    file.kind = kind.value
    file.name = served_name(file.name, kind)
    file.save(update_fields=["state", "checked_at", "kind", "name"])
    also = [file.subject] if file.subject else []
    facts: dict[str, Any] = {"name": file.name, "size": file.size, "sha256": file.sha256}
    record("files.accepted", subject=file, actor=actor, unit=file.unit, also=also, **facts)
    return file


def _refuse(file: StoredFile, why: Refusal, actor: User | None) -> None:
    """Keep the row with hash and reason; the bytes go."""
    with transaction.atomic():
        _move(file, "refuse")
        file.reason_code, file.reason = why.code, why.sentence[:300]
        file.save(update_fields=["state", "checked_at", "reason_code", "reason"])
        facts: dict[str, Any] = {"name": file.name, "sha256": file.sha256, "code": why.code}
        record("files.refused", subject=file, actor=actor, unit=file.unit, **facts)
    with suppress(OSError):  # what stays behind goes when things are put right
        storage.discard(file.key)


def _move(file: StoredFile, verb: str) -> None:
    """Change the state as the table says; the row is taken first, so that one mover wins."""
    origins, target = MOVES[verb]
    file_now = StoredFile.objects.select_for_update().get(pk=file.pk)
    if file_now.state not in origins:
        raise refusals.refused("moved_meanwhile", "这个文件刚刚已被处理。请刷新页面查看。")
    file.state = target.value
    file.checked_at = clock.now()


def reconcile() -> int:
    """Put right what a kill left behind; return how many things were put right.

    Quarantined rows an hour old become refused (the person saw no receipt and uploads again);
    bytes an hour old that no row owns go. Accepted rows without bytes are not looked for
    (ADR 0044).
    """
    before = clock.now() - LEFT_BEHIND
    done = 0
    for file in StoredFile.objects.filter(state=State.QUARANTINED, created_at__lt=before):
        done += _refuse_interrupted(file)
    for place in (storage.QUARANTINE, storage.ACCEPTED):
        done += _remove_orphans(place, before.timestamp())
    return done


def _refuse_interrupted(file: StoredFile) -> int:
    why = Refusal("files.interrupted", "上传时中断，文件没有接收。请重新上传。")
    try:
        _refuse(file, why, None)
    except Refused:  # another worker was first
        return 0
    return 1


def _remove_orphans(place: str, before: float) -> int:
    old: list[Path] = []
    removed = 0
    for path in storage.stored(place):
        if path.stat().st_mtime < before:
            old.append(path)
        if len(old) == 500:
            removed += _remove_unowned(place, old)
            old = []
    return removed + _remove_unowned(place, old)


def _remove_unowned(place: str, paths: list[Path]) -> int:
    owner = State.ACCEPTED if place == storage.ACCEPTED else State.QUARANTINED
    rows = StoredFile.objects.filter(key__in=[path.name for path in paths], state=owner)
    owned = set(rows.values_list("key", flat=True))
    orphans = [path for path in paths if path.name not in owned]
    for path in orphans:
        log.warning("removing %s: no record owns it", path)
        path.unlink(missing_ok=True)
    return len(orphans)
