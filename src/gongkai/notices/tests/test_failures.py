"""A mail server that refuses, puts off, breaks off or is away: nothing is lost, all is said."""

from __future__ import annotations

import pytest

from gongkai.accounts.api import correct_user
from gongkai.audit.models import AuditEvent
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.notices import actions
from gongkai.notices.api import Notice
from gongkai.notices.models import Mail, MailChoice, Mailroom
from gongkai.notices.tests.conftest import at
from gongkai.notices.tests.server import Behaviour, serving
from gongkai.notices.tests.test_mail import say
from gongkai.outbox import api as outbox

pytestmark = pytest.mark.django_db
OFFICER = "ownofficer@example.org"


def run() -> None:
    outbox.drain(strict=True)


def told(user, kind="notices.undelivered") -> list[str]:
    return list(Notice.objects.filter(user=user, kind=kind).values_list("sentence", flat=True))


def test_a_mailbox_that_is_not_there_is_told_to_whom_it_concerns(people, server, morning):
    server.recipients[OFFICER] = "550 5.1.1 no such user"
    say(people.officer)
    say(people.leader)
    run()
    mail = Mail.objects.get(user=people.officer)
    assert (mail.state, mail.code, mail.answer) == ("failed", 550, "5.1.1 no such user")
    assert server.readers == ["ownleader@example.org"]  # one refusal stops nobody else's mail
    assert "请当面提醒" in told(people.section_head)[0]
    assert "请核对邮箱" in told(people.platform_admin)[0]
    assert told(people.officer) == []
    assert AuditEvent.objects.filter(event="notices.mail_failed").count() == 1


def test_a_dead_address_is_not_tried_every_day(people, server, morning):
    server.recipients[OFFICER] = "550 no such user"
    say(people.officer)
    run()
    say(people.officer, "b")
    with at(19, 9):
        run()
    people.officer.refresh_from_db()
    assert Mail.objects.filter(user=people.officer).count() == 1
    with at(20, 9):
        correct_user(
            people.officer,
            actor=people.platform_admin,
            full_name=people.officer.full_name,
            email="right@example.org",
            expected=people.officer.version,
        )
        run()
    assert "right@example.org" in server.readers
    assert len(told(people.section_head)) == 1


def test_a_head_of_nobody_else_is_the_openness_offices_to_tell(people, server, morning):
    server.recipients["ownsectionhead@example.org"] = "550 no such user"
    say(people.section_head)
    run()
    assert "请当面提醒" in told(people.openness_office)[0]


def test_an_undelivered_mail_is_sent_again_under_its_old_id(people, server, morning):
    server.recipients[OFFICER] = "550 no such user"
    say(people.officer)
    run()
    server.recipients.clear()
    mail = Mail.objects.get(user=people.officer)
    actions.send_again(mail, actor=people.platform_admin, expected=mail.version)
    run()
    mail.refresh_from_db()
    assert mail.state == "sent"
    assert mail.message_id in server.ids
    assert not MailChoice.objects.exclude(refused_address="").exists()
    with pytest.raises(Refused) as refused:
        actions.send_again(mail, actor=people.platform_admin, expected=mail.version)
    assert refused.value.codes == {"notices.wrong_state"}


def test_only_the_administrator_of_the_reader_sends_again(people, world, server, morning):
    server.recipients[OFFICER] = "550 no such user"
    say(people.officer)
    run()
    mail = Mail.objects.get(user=people.officer)
    for user in (world.other.platform_admin, people.openness_office):
        with pytest.raises(Refused) as refused:
            actions.send_again(mail, actor=user, expected=mail.version)
        assert refused.value.codes == {"notices.not_yours"}


def test_a_mail_put_off_waits_longer_each_time_and_arrives(people, server, morning):
    server.recipients[OFFICER] = "451 4.7.1 greylisted"
    say(people.officer)
    run()
    mail = Mail.objects.get()
    waits = [mail.next_try_at - mail.made_at]
    for minute in (31, 36, 51):
        with at(18, 8, minute):
            run()
            mail.refresh_from_db()
            waits.append(mail.next_try_at - clock.now())
    assert [wait.total_seconds() / 60 for wait in waits] == [1, 5, 15, 30]
    assert (mail.state, mail.tries, mail.code) == ("waiting", 4, 451)
    server.recipients.clear()
    with at(18, 9, 30):
        run()
    assert server.ids == [mail.message_id]


def test_a_mail_put_off_for_days_counts_as_not_delivered(people, server, morning):
    server.recipients[OFFICER] = "452 4.2.2 mailbox full"
    say(people.officer)
    run()
    with at(21, 9):
        run()
    mail = Mail.objects.get()
    assert mail.state == "failed"
    assert len(told(people.section_head)) == 1
    assert not MailChoice.objects.exclude(refused_address="").exists()  # it may be emptied


@pytest.mark.parametrize(("answer", "state"), [("554 spam", "failed"), ("451 later", "waiting")])
def test_contents_may_be_refused_or_put_off(people, server, morning, answer, state):
    server.data.append(answer)
    say(people.officer)
    say(people.leader)
    run()
    assert Mail.objects.get(user=people.officer).state == state
    assert Mail.objects.get(user=people.leader).state == "sent"


def test_a_connection_that_breaks_in_the_middle_costs_one_mail_a_wait(people, server, morning):
    server.breaks_in_data = 1
    for user in (people.officer, people.leader, people.section_head):
        say(user)
    run()
    assert len(server.taken) == 2
    with at(18, 8, 32):
        run()
    assert len(set(server.ids)) == len(server.ids) == 3


def test_what_may_have_arrived_comes_again_under_the_same_id(people, server, morning):
    server.breaks_after_data = 1
    say(people.officer)
    run()
    with at(18, 8, 32):
        run()
    assert server.ids == [Mail.objects.get().message_id] * 2
    assert Mail.objects.get().state == "sent"


def test_a_server_that_breaks_every_time_ends_the_run(people, server, morning):
    server.breaks_in_data = 99
    for user in people.people.values():
        say(user)
    run()
    assert server.connections == 2
    assert Mail.objects.filter(tries=0).count() == 6
    assert Mailroom.objects.get().failing_since_at is not None


@pytest.mark.parametrize("answer", ["421 closing down", "550 who are you"])
def test_a_server_that_takes_nothing_from_us_is_no_readers_fault(people, server, morning, answer):
    server.senders = answer
    say(people.officer)
    say(people.leader)
    run()
    assert set(Mail.objects.values_list("state", flat=True)) == {"waiting"}
    assert "gongkai@desk.example" in Mailroom.objects.get().answer
    server.senders = ""
    with at(18, 8, 45):
        run()
    assert len(server.taken) == 2
    assert Mailroom.objects.get().answer == ""


def test_a_wrong_password_is_said_and_nothing_tried_for_a_while(
    people, strict_server, morning, settings
):
    settings.MAIL_PASSWORD = "wrong"
    say(people.officer)
    run()
    room = Mailroom.objects.get()
    assert room.answer.startswith("登录邮件服务器失败")
    assert Mail.objects.get().tries == 0
    connections = strict_server.connections
    run()
    assert strict_server.connections == connections
    settings.MAIL_PASSWORD = "mail-room-1"
    with at(18, 8, 32):
        run()
    assert len(strict_server.taken) == 1


def test_a_certificate_that_is_not_trusted_stops_everything(
    people, strict_server, morning, settings
):
    settings.MAIL_CA = ""
    say(people.officer)
    run()
    assert "证书" in Mailroom.objects.get().answer
    assert strict_server.taken == []


def test_while_the_server_is_away_mails_wait_and_administrators_are_told(
    people, world, settings, morning
):
    with serving(Behaviour()) as port:
        pass
    settings.MAIL_HOST, settings.MAIL_PORT, settings.MAIL_TLS = "127.0.0.1", port, "none"
    say(people.officer)
    for hour in (9, 10, 11, 12, 13, 14):
        with at(18, hour):
            run()
    room = Mailroom.objects.get()
    assert room.tries == 6
    assert Mail.objects.filter(user=people.officer).get().tries == 0
    for admin in (people.platform_admin, world.other.platform_admin):
        assert len(told(admin, "notices.room_failed")) == 1


def test_an_address_that_would_write_headers_is_refused_here(people, server, morning):
    people.officer.email = "officer@example.org\r\nBcc: all@example.org"
    people.officer.save()
    say(people.officer)
    run()
    assert Mail.objects.get().state == "failed"
    assert server.taken == []


def test_a_test_mail_goes_to_who_asks(people, server, morning):
    with pytest.raises(Refused):
        actions.order_test(people.officer)
    actions.order_test(people.platform_admin)
    with pytest.raises(Refused) as refused:
        actions.order_test(people.platform_admin)
    assert refused.value.codes == {"notices.test_waits"}
    run()
    [mail] = server.taken
    assert mail["Subject"] == "【公开】测试邮件"
    assert "https://desk.example/" in mail.get_body(("plain",)).get_content()
    actions.order_test(people.platform_admin)


def test_a_test_mail_is_refused_with_reasons(people, settings, morning):
    people.platform_admin.email = ""
    people.platform_admin.save()
    with pytest.raises(Refused) as refused:
        actions.order_test(people.platform_admin)
    assert refused.value.codes == {"notices.mail_off", "notices.no_address"}
