"""Taking files in: accepted, refused, attached, and put right after a kill."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from gongkai.accounts.tests.world import World
from gongkai.audit import api as audit
from gongkai.audit.api import AuditEvent
from gongkai.files import actions, api, storage
from gongkai.files.models import StoredFile
from gongkai.files.tests import builders
from gongkai.files.tests.conftest import LIMIT, PURPOSE
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused

pytestmark = pytest.mark.django_db
Put = Callable[..., StoredFile]


class Killed(BaseException):
    """Ends the code at hand as a kill would: nothing that waits for exceptions sees to it."""


def _bytes_on_disk(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_an_upload_is_kept_with_hash_kind_and_size(put: Put, world: World) -> None:
    data = builders.word()
    upload = SimpleUploadedFile("要点.docx", data)
    file = put(upload, name="C:\\桌面\\要点.docx", subject="test.thing:1")
    assert (file.name, file.kind, file.state) == ("要点.docx", "docx", "accepted")
    assert (file.size, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (file.unit, file.created_by) == (world.own.section, world.own.officer)
    assert file.checked_at is not None
    assert api.read_bytes(file) == data
    assert api.read_bytes(StoredFile.objects.get()) == data
    assert list(api.files_of("test.thing:1")) == [file]
    [entry] = audit.timeline(file)
    assert (entry.event, entry.facts["sha256"]) == ("files.accepted", file.sha256)
    assert [e.event for e in audit.timeline("test.thing:1")] == ["files.accepted"]


def test_the_bytes_lie_in_the_accepted_place_and_nowhere_else(put: Put, root: Path) -> None:
    file = put()
    assert _bytes_on_disk(root) == [root / "accepted" / file.key[:2] / file.key]


def test_the_same_content_twice_is_two_files(put: Put, root: Path) -> None:
    assert put().sha256 == put().sha256
    assert len(_bytes_on_disk(root)) == 2


def test_a_name_without_ending_gets_the_one_of_its_content(put: Put) -> None:
    assert put(builders.pdf(), name="报告").name == "报告.pdf"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "空.txt", "files.empty"),
        (b"x" * (LIMIT + 1), "大.txt", "files.too_large"),
        (b"x", "..", "files.name_missing"),
    ],
)
def test_what_is_refused_at_the_door_leaves_nothing(
    put: Put, root: Path, data: bytes, name: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        put(data, name=name)
    assert refused.value.codes == {code}
    assert not StoredFile.objects.exists()
    assert _bytes_on_disk(root) == []


def test_an_upload_that_says_it_is_too_large_is_not_even_read(put: Put) -> None:
    upload = SimpleUploadedFile("大.txt", b"x")
    upload.size = LIMIT + 1
    with pytest.raises(Refused) as refused:
        put(upload, name="大.txt")
    assert "2 MB" in refused.value.refusals[0].sentence


def test_what_is_refused_for_its_content_leaves_row_and_event_but_no_bytes(
    put: Put, root: Path
) -> None:
    with pytest.raises(Refused) as refused:
        put(builders.pdf(), name="报告.docx")
    file = StoredFile.objects.get()
    assert (file.state, file.reason_code) == ("refused", "files.extension_mismatch")
    assert file.reason == refused.value.refusals[0].sentence
    assert _bytes_on_disk(root) == []
    assert [e.event for e in audit.timeline(file)] == ["files.refused"]
    with pytest.raises(ValueError, match="accepted"):
        api.read_bytes(file)


def test_an_undeclared_purpose_is_a_mistake_of_the_program(put: Put) -> None:
    with pytest.raises(LookupError, match="declare_purpose"):
        put(purpose="test.unheard")


def test_the_check_runs_outside_any_transaction(
    transactional_db: None, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside: list[bool] = []
    monkeypatch.setattr(actions, "scan", lambda path: inside.append(connection.in_atomic_block))
    put()
    assert inside == [False]


def test_a_file_is_attached_once_for_ever(put: Put, world: World) -> None:
    file = put()
    api.attach(file, "test.thing:1")
    api.attach(file, "test.thing:1")
    assert AuditEvent.objects.filter(event="files.attached").count() == 1
    assert [e.event for e in audit.timeline("test.thing:1")] == ["files.attached"]
    with pytest.raises(Refused) as refused:
        api.attach(file, "test.thing:2", actor=world.own.officer)
    assert refused.value.codes == {"files.attached_elsewhere"}
    assert StoredFile.objects.get().subject == "test.thing:1"


def _kill(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def killed(*args: object, **more: object) -> None:
        raise Killed

    if where == "before the row":
        monkeypatch.setattr(StoredFile.objects, "create", killed)
    elif where == "while checking":
        monkeypatch.setattr(actions, "identify", killed)
    elif where == "before the move":
        monkeypatch.setattr(storage, "accept", killed)
    else:
        monkeypatch.setattr(actions, "_accept", killed)


@pytest.mark.parametrize(
    "where", ["before the row", "while checking", "before the move", "after the move"]
)
def test_a_kill_at_any_step_leaves_nothing_served_and_is_put_right(
    put: Put, root: Path, monkeypatch: pytest.MonkeyPatch, where: str, world: World
) -> None:
    good = put()
    with monkeypatch.context() as patch:
        _kill(patch, where)
        with pytest.raises(Killed):
            put()
    assert len(_bytes_on_disk(root)) == 2
    left = StoredFile.objects.exclude(pk=good.pk).first()
    assert left is None or left.state == "quarantined"
    assert actions.reconcile() == 0  # young: the upload may still be under way
    with clock.at(clock.now() + timedelta(hours=2)):
        assert actions.reconcile() == 1
        assert actions.reconcile() == 0
    assert _bytes_on_disk(root) == [storage.path_of("accepted", good.key)]
    if left is not None:
        left.refresh_from_db()
        assert (left.state, left.reason_code) == ("refused", "files.interrupted")
    assert api.read_bytes(good)


def test_half_written_uploads_are_swept(root: Path, db: None) -> None:
    def breaks():
        yield b"half"
        raise Killed

    folder = root / "quarantine" / "ab"
    folder.mkdir(parents=True)
    (folder / "abcd.part").write_bytes(b"half")
    with pytest.raises(Killed):
        storage.write(breaks(), max_bytes=100)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert actions.reconcile() == 1
    assert _bytes_on_disk(root) == []


def test_every_worker_reconciles_when_it_starts() -> None:
    from gongkai.outbox.registry import STARTS

    assert STARTS["files.reconcile"] is actions.reconcile


def test_the_purpose_limits_the_kinds(put: Put) -> None:
    api.declare_purpose(
        "test.sheet", kinds={"xlsx"}, max_bytes=LIMIT, may_see=lambda user, file: True
    )
    assert put(builders.sheet(), name="表.xlsx", purpose="test.sheet").kind == "xlsx"
    with pytest.raises(Refused) as refused:
        put(builders.word(), name="要点.docx", purpose="test.sheet")
    assert "Excel 表格（.xlsx）" in refused.value.refusals[0].sentence
    with pytest.raises(ValueError, match="exe"):
        api.declare_purpose(PURPOSE, kinds={"exe"}, max_bytes=1, may_see=lambda user, file: True)
