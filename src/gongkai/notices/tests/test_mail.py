"""Mails go out over a real connection: who gets which, what stands in them, what is left out."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongkai.kernel import clock
from gongkai.notices import actions
from gongkai.notices.api import Brief, Urgency, name_kinds, tell
from gongkai.notices.models import Mail, Notice
from gongkai.notices.states import MOST_LINES, Way
from gongkai.notices.tests.conftest import at
from gongkai.outbox import api as outbox

pytestmark = pytest.mark.django_db
SECRET = "张三的举报材料：征求意见稿第8条"
BRIEF = Brief(number="第8项", light="临近到期", due_on=date(2026, 3, 20))


def say(user, key="a", urgency=Urgency.ORDINARY, **more):
    """Tell something a minute ago."""
    words = {"kind": "test.due", "subject": f"test.thing:{key}", "sentence": SECRET, "url": "/x/"}
    with clock.at(clock.now() - timedelta(minutes=1)):
        return tell([user], key=key, urgency=urgency, brief=BRIEF, **{**words, **more})


@pytest.fixture(autouse=True)
def _named():
    name_kinds({"test.due": "到期提醒"})


def test_a_person_gets_one_digest_a_day_of_all_that_is_unread(people, server, morning):
    for key in "abc":
        say(people.officer, key)
    say(people.section_head)
    outbox.drain(strict=True)
    assert sorted(server.readers) == ["ownofficer@example.org", "ownsectionhead@example.org"]
    say(people.officer, "d")
    outbox.drain(strict=True)
    assert len(server.taken) == 2
    with at(19, 8, 31):
        outbox.drain(strict=True)
    assert server.readers[2:] == ["ownofficer@example.org"]
    assert Notice.objects.get(key="d").mail.count == 1


def test_what_is_told_by_day_waits_for_the_next_morning(people, server, morning):
    with at(18, 11):
        say(people.officer, urgency=Urgency.PRESSING)
        outbox.drain(strict=True)
    assert server.taken == []
    with at(19, 8, 30):
        outbox.drain(strict=True)
    assert len(server.taken) == 1


def test_a_worker_that_was_down_in_the_morning_sends_later_and_takes_all(people, server, morning):
    say(people.officer, "a")
    with at(18, 15):
        say(people.officer, "b")
        outbox.drain(strict=True)
    assert Mail.objects.get().count == 2


def test_what_a_mail_says(people, server, morning):
    say(people.officer)
    outbox.drain(strict=True)
    [mail] = server.taken
    notice = Notice.objects.get()
    assert mail["Subject"] == "【公开】3月18日汇总：1条未读消息"
    assert mail["From"] == "公开 <gongkai@desk.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == Mail.objects.get().message_id
    assert mail["Date"].datetime == Mail.objects.get().made_at.replace(microsecond=0)
    for kind in ("plain", "html"):
        text = mail.get_body((kind,)).get_content()
        for word in ("到期提醒", "第8项", "临近到期", "2026年3月20日 星期五"):
            assert word in text
        assert f"https://desk.example/notices/{notice.pk}/" in text
        assert "张三" not in text
        assert "征求意见稿" not in text


def test_headers_are_plain_ascii_on_the_wire(people, server, morning):
    say(people.officer)
    outbox.drain(strict=True)
    head = server.raw[0].partition(b"\r\n\r\n")[0]
    assert head.isascii()
    assert max(map(len, head.splitlines())) <= 78
    assert b"Subject: =?utf-8?b?" in head


def test_what_was_read_at_the_desk_is_left_out(people, server):
    with at(17, 15):
        say(people.officer, "a")
        say(people.officer, "b")
        say(people.section_head, "a")
        actions.mark_read(Notice.objects.get(user=people.officer, key="a"))
        actions.mark_all_read(people.section_head)
    with at(18, 8, 30):
        outbox.drain(strict=True)
    assert server.readers == ["ownofficer@example.org"]
    assert Mail.objects.get().count == 1


def test_what_was_read_while_the_mail_waited_is_not_sent_any_more(people, server, morning):
    server.recipients["ownofficer@example.org"] = "451 try later"
    say(people.officer)
    outbox.drain(strict=True)
    actions.mark_all_read(people.officer)
    server.recipients.clear()
    with at(18, 9):
        outbox.drain(strict=True)
    assert server.taken == []
    assert Mail.objects.get().state == "dropped"


@pytest.mark.parametrize(
    ("day", "hour", "sent"),
    [(18, 8, True), (18, 7, False), (18, 18, False), (21, 10, False), (22, 10, False)],
    ids=["morning", "before", "evening", "Saturday", "Sunday"],
)
def test_nights_and_days_off_are_quiet(people, server, day, hour, sent):
    with at(17, 18):
        say(people.officer, urgency=Urgency.PRESSING)
    with at(day, hour, 30):
        outbox.drain(strict=True)
    assert bool(server.taken) is sent
    with at(23, 8, 30):
        outbox.drain(strict=True)
    assert len(server.taken) == 1


def test_what_presses_comes_at_once_to_who_wants_it_so(people, server, morning):
    actions.choose_way(people.officer, way=Way.AT_ONCE)
    for user in (people.officer, people.section_head):
        say(user, "a", Urgency.PRESSING)
        say(user, "b")
    outbox.drain(strict=True)
    subjects = {str(m["To"]): str(m["Subject"]) for m in server.taken}
    assert subjects["ownofficer@example.org"] == "【公开】3月18日汇总：2条未读消息，其中1件紧急"
    with at(18, 14, 30):
        say(people.officer, "c", Urgency.PRESSING)
        say(people.officer, "d")
        say(people.section_head, "c", Urgency.PRESSING)
        outbox.drain(strict=True)
    assert server.readers[2:] == ["ownofficer@example.org"]
    assert server.taken[2]["Subject"] == "【公开】1件急事请尽快办理"
    with at(18, 14, 35):
        say(people.officer, "e", Urgency.PRESSING)
        say(people.officer, "f", Urgency.PRESSING)
        outbox.drain(strict=True)
        assert len(server.taken) == 3  # a flood becomes one mail
    with at(18, 14, 45):
        outbox.drain(strict=True)
    assert server.taken[3]["Subject"] == "【公开】2件急事请尽快办理"


def test_limits_in_hours_know_no_night(people, server):
    actions.choose_way(people.officer, way=Way.AT_ONCE)
    with at(21, 23):
        say(people.officer, "a", Urgency.HOURLY)
        say(people.officer, "b", Urgency.PRESSING)
        say(people.section_head, "a", Urgency.HOURLY)
        outbox.drain(strict=True)
    assert server.readers == ["ownofficer@example.org"]
    assert Mail.objects.get().count == 1


def test_who_wants_no_mail_gets_none(people, server, morning):
    actions.choose_way(people.officer, way=Way.NONE)
    say(people.officer, urgency=Urgency.HOURLY)
    outbox.drain(strict=True)
    assert server.connections == 0


def test_nobody_without_address_or_account_gets_any(people, server, morning):
    people.officer.email = ""
    people.officer.save()
    people.section_head.is_active = False
    people.section_head.save()
    say(people.officer)
    say(people.section_head)
    outbox.drain(strict=True)
    assert not Mail.objects.exists()


def test_where_no_server_is_set_nothing_is_made(people, morning):
    say(people.officer)
    outbox.drain(strict=True)
    assert not Mail.objects.exists()


def test_what_was_told_long_ago_is_not_mailed(people, server):
    with at(2, 9):
        say(people.officer)
    with at(18, 9):
        outbox.drain(strict=True)
    assert not Mail.objects.exists()


def test_what_is_told_on_the_eve_of_the_longest_holiday_is_mailed_after_it(people, server):
    def moment(day, hour):
        return clock.at(timezone.make_aware(datetime(2026, 2, day, hour, 30)))

    with moment(14, 15):  # a Saturday worked for the nine days off that follow
        say(people.officer)
    with moment(23, 9):
        outbox.drain(strict=True)
    assert server.taken == []
    with moment(24, 8):
        outbox.drain(strict=True)
    assert len(server.taken) == 1


def test_nobody_can_have_two_digests_of_a_day(people, server, morning):
    say(people.officer)
    outbox.drain(strict=True)
    mail = Mail.objects.get()
    mail.pk, mail.message_id = None, "<other@desk.example>"
    with pytest.raises(IntegrityError), transaction.atomic():
        mail.save(force_insert=True)


def test_a_long_mail_says_how_many_are_left_out(people, server, morning):
    for n in range(MOST_LINES + 7):
        say(people.officer, f"k{n}")
    outbox.drain(strict=True)
    text = server.taken[0].get_body(("plain",)).get_content()
    assert text.count("/notices/") == MOST_LINES + 2
    assert "另有7条没有列出" in text


def test_a_run_sends_so_many_and_the_next_the_others(people, server, morning, settings):
    settings.MAIL_PER_RUN = 3
    for user in people.people.values():
        say(user)
    now = clock.now()
    assert actions.make_due(now) == 8
    assert actions.send_waiting() == 3
    assert server.connections == 1
    outbox.drain(strict=True)
    assert len(set(server.ids)) == len(server.ids) == 8


def test_mails_are_made_in_few_statements(people, server, morning, django_assert_max_num_queries):
    for user in people.people.values():
        for n in range(20):
            say(user, f"k{n}")
    now = clock.now()
    with django_assert_max_num_queries(16):
        actions.make_due(now)


def test_encryption_and_password(people, strict_server, morning):
    say(people.officer)
    outbox.drain(strict=True)
    assert len(strict_server.taken) == strict_server.signed_in == 1
