"""The pages of mail: one's own choice, the administrator's list, what each says and hides."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from gongkai.notices.models import Mail, MailChoice
from gongkai.notices.tests.conftest import at
from gongkai.notices.tests.test_mail import SECRET, say
from gongkai.outbox import api as outbox

pytestmark = pytest.mark.django_db
OFFICER = "ownofficer@example.org"


def page(client, name, *args, **query):
    return client.get(reverse(f"notices:{name}", args=args), query).content.decode()


@pytest.fixture
def failed(people, server, morning):
    server.recipients[OFFICER] = "550 no such user"
    say(people.officer)
    say(people.leader)
    outbox.drain(strict=True)
    return Mail.objects.get(state="failed")


def test_each_chooses_how_mail_comes(client, people, server):
    client.force_login(people.officer)
    text = page(client, "settings")
    assert OFFICER in text
    assert "工作日08:30至18:00" in text
    assert re.search(r'value="digest"[^>]*checked', text)
    answer = client.post(reverse("notices:settings"), {"way": "none"})
    assert answer["Location"] == reverse("notices:settings")
    assert MailChoice.objects.get(user=people.officer).way == "none"
    assert client.post(reverse("notices:settings"), {"way": "fax"}).status_code == 422


def test_the_page_says_when_no_mail_can_come(client, people):
    people.officer.email = ""
    people.officer.save()
    client.force_login(people.officer)
    text = page(client, "settings")
    assert "还没有开通邮件" in text
    assert "没有填写，请联系平台管理员" in text


def test_the_reader_is_told_that_mail_does_not_arrive(client, people, failed):
    client.force_login(people.officer)
    assert "您的邮箱收不到邮件" in page(client, "settings")
    client.force_login(people.leader)
    assert "您的邮箱收不到邮件" not in page(client, "settings")


def test_the_administrator_sees_what_became_of_mails_and_not_what_stood_in_them(
    client, people, failed
):
    client.force_login(people.platform_admin)
    for text in (page(client, "mails"), page(client, "mail", failed.pk)):
        assert "未送达" in text
        assert "no such user" in text
        assert SECRET not in text
    assert "own主要领导" in page(client, "mails")
    assert "own主要领导" not in page(client, "mails", state="failed")


def test_an_undelivered_mail_is_sent_again_from_its_page(client, people, server, failed):
    client.force_login(people.platform_admin)
    server.recipients.clear()
    there = reverse("notices:send_again", args=[failed.pk])
    assert client.post(there, {"version": failed.version - 1}).status_code == 409
    client.post(there, {"version": failed.version})
    outbox.drain(strict=True)
    failed.refresh_from_db()
    assert failed.state == "sent"
    assert "重新发送邮件" in page(client, "mail", failed.pk)
    assert "现在可以做什么" not in page(client, "mail", failed.pk)


def test_a_test_mail_from_the_page(client, people, server, morning):
    client.force_login(people.platform_admin)
    client.post(reverse("notices:test"))
    outbox.drain(strict=True)
    assert len(server.taken) == 1
    assert "测试邮件" in page(client, "mails")


def test_a_server_that_is_away_is_said(client, people, server, morning):
    server.senders = "550 go away"
    say(people.officer)
    outbox.drain(strict=True)
    client.force_login(people.platform_admin)
    text = page(client, "mails")
    assert "邮件现在发不出去" in text
    assert "go away" in text


def test_the_list_asks_the_same_however_many_there_are(
    client, people, server, django_assert_max_num_queries
):
    for day in (17, 18, 19, 20):
        with at(day, 8, 30):
            for user in people.people.values():
                say(user, f"k{day}")
            outbox.drain(strict=True)
    client.force_login(people.platform_admin)
    page(client, "mails")
    with django_assert_max_num_queries(18):
        page(client, "mails")
