"""The one gate: who gets a file, what goes with it, and that for all others it is not there."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from gongkai.accounts.tests.world import World
from gongkai.audit.api import AuditEvent
from gongkai.files import api, purposes
from gongkai.files.models import StoredFile
from gongkai.files.tests import builders
from gongkai.files.tests.conftest import LIMIT, PURPOSE
from gongkai.kernel.refusal import Refused

pytestmark = pytest.mark.django_db
Put = Callable[..., StoredFile]


def _get(client: Client, user, pk: int, **headers: str):
    """Ask as someone; what is streamed is read into ``body``, as a browser would."""
    client.force_login(user)
    answer = client.get(reverse("files:download", args=[pk]), headers=headers)
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def test_who_may_see_gets_the_bytes_as_a_download_with_its_chinese_name(
    client: Client, put: Put, world: World
) -> None:
    data = builders.word()
    file = put(data, name="2026年要点（定稿）.docx")
    answer = _get(client, world.own.officer, file.pk)
    assert answer.status_code == 200
    assert answer.streaming
    assert answer.body == data
    name = quote("2026年要点（定稿）.docx")
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["Content-Length"] == str(len(data))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["ETag"] == f'"{file.sha256}"'


@pytest.mark.parametrize(
    ("data", "name"), [(b"<html><script>alert(1)</script></html>", "页.html"), (b"x", "文.txt")]
)
def test_pages_and_text_are_never_shown_by_the_browser(
    client: Client, put: Put, world: World, data: bytes, name: str
) -> None:
    answer = _get(client, world.own.officer, put(data, name=name).pk)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_what_one_has_already_is_not_sent_again_but_the_gate_is_asked(
    client: Client, put: Put, world: World
) -> None:
    file = put()
    known = {"If-None-Match": f'"{file.sha256}"'}
    answer = _get(client, world.own.officer, file.pk, **known)
    assert answer.status_code == 304
    assert answer.body == b""
    assert _get(client, world.other.officer, file.pk, **known).status_code == 404
    assert _get(client, world.own.officer, file.pk, **{"If-None-Match": '"x"'}).status_code == 200


def test_for_everybody_else_it_does_not_exist(client: Client, put: Put, world: World) -> None:
    file = put()
    missing = _get(client, world.other.officer, file.pk + 1)
    for side in (world.own, world.other):
        for user in side.people.values():
            if user != world.own.officer:
                answer = _get(client, user, file.pk)
                assert answer.status_code == missing.status_code == 404
                assert file.name not in answer.body.decode()


def test_without_signing_in_there_is_no_file(client: Client, put: Put) -> None:
    answer = client.get(reverse("files:download", args=[put().pk]))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_nothing_is_served_that_was_not_accepted(client: Client, put: Put, world: World) -> None:
    with pytest.raises(Refused):
        put(builders.pdf(), name="报告.docx")
    refused = StoredFile.objects.get()
    assert _get(client, world.own.officer, refused.pk).status_code == 404
    StoredFile.objects.update(state=api.State.QUARANTINED)
    assert _get(client, world.own.officer, refused.pk).status_code == 404


def test_a_purpose_whose_app_is_gone_lets_nobody_through(
    client: Client, put: Put, world: World
) -> None:
    file = put()
    del purposes._PURPOSES[PURPOSE]
    assert _get(client, world.own.officer, file.pk).status_code == 404


def test_a_download_of_personal_data_is_recorded_as_a_look(
    client: Client, put: Put, world: World
) -> None:
    api.declare_purpose(
        "test.personal",
        kinds={"txt"},
        max_bytes=LIMIT,
        may_see=lambda user, file: user == world.own.officer,
        personal=True,
    )
    file = put(purpose="test.personal")
    plain = put()
    for user, pk in ((world.other.officer, file.pk), (world.own.officer, plain.pk)):
        _get(client, user, pk)
    assert not AuditEvent.objects.filter(event="audit.looked").exists()
    _get(client, world.own.officer, file.pk)
    event = AuditEvent.objects.get(event="audit.looked")
    assert (event.actor_id, event.facts["fields"]) == (world.own.officer.pk, ["file"])


def test_only_reading_is_possible(client: Client, put: Put, world: World) -> None:
    client.force_login(world.own.officer)
    assert client.post(reverse("files:download", args=[put().pk])).status_code == 405
