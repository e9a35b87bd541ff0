"""Who may open which page of programmes, and what each role sees there."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from gongkai.accounts.api import Role
from gongkai.programme.tests.factories import bound_now, row
from gongkai.programme.tests.pages import text_of, url
from gongkai.programme.tests.scope import ALLOWED, SAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_march")]

TAKES_POST_ONLY = {
    f"programme:{name}"
    for name in (
        *("withdraw", "send", "accept_clear", "merge", "create_unit", "accept", "inherit"),
        *("drop", "restore", "split", "add_evidence", "report_done", "record_trigger"),
        "set_superior_date",
    )
}


@pytest.mark.parametrize("own", [True, False], ids=["own", "other"])
def test_each_address_lets_in_whom_it_should(client, world, own):
    wrong = []
    samples = {name: sample(world, own) for name, sample in SAMPLES.items()}
    for role, user in world.own.people.items():
        client.force_login(user)
        for name, words in samples.items():
            send = client.post if name in TAKES_POST_ONLY else client.get
            status = send(reverse(name, kwargs=words)).status_code
            allowed = ALLOWED[name] == "all" or role in ALLOWED[name]
            fits = (200, 302, 409, 422) if allowed else (403, 404)
            if not own and words:
                fits = (404,)
            if status not in fits:
                wrong.append(f"{role} {name}: {status}")
    assert wrong == []


def test_strangers_are_sent_to_sign_in(client, world):
    for name, sample in SAMPLES.items():
        answer = client.get(reverse(name, kwargs=sample(world, True)))
        assert answer.status_code == 302, name
        assert urlsplit(answer["Location"]).path == reverse("account_login"), name


def test_what_changes_something_is_no_link(client, world):
    client.force_login(world.own.openness_office)
    for name in TAKES_POST_ONLY:
        where = reverse(name, kwargs=SAMPLES[name](world, True))
        assert client.get(where).status_code == 405, name


def test_the_platforms_administrator_sees_no_work(client, side):
    bound_now(side)
    client.force_login(side.platform_admin)
    for name in ("documents", "tasks", "board"):
        assert "明确政务公开专职人员" not in text_of(client.get(reverse(f"programme:{name}")))


def test_who_only_looks_gets_no_buttons(client, side, document):
    client.force_login(side.leader)
    html = text_of(client.get(url("document", document)))
    assert "明确政务公开专职人员" in html
    for button in ("采纳没有疑问的", "照上一行填写", "合并勾选的任务", "撤回"):
        assert button not in html
    one = row(document, 1)
    assert not any(url(verb, one) in html for verb in ("accept", "drop", "split", "proposal"))
    name = document.names.get(text="科技科")
    html = text_of(client.get(url("settle_name", name)))
    assert "只有本单位政务公开办可以这样做" in html
    assert 'name="units"' not in html


@pytest.mark.parametrize("role", [r for r in Role if r != Role.PLATFORM_ADMIN])
def test_each_role_reads_the_list_of_documents(client, side, document, role):
    client.force_login(side.people[role])
    html = text_of(client.get(reverse("programme:documents")))
    sees = role not in (Role.OFFICER, Role.SECTION_HEAD)
    assert (document.title in html) == sees
