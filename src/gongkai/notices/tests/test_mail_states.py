"""Every verb in every state of a mail; answers of servers and hours of the day as rules."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.notices import actions, rules
from gongkai.notices.actions import sending
from gongkai.notices.actions.carrier import NotSent
from gongkai.notices.api import tell
from gongkai.notices.models import Mail, MailChoice
from gongkai.notices.rules import Answer
from gongkai.notices.states import EVENTS, GIVEN_UP_AFTER, MOVES, Hours, MailKind, MailState, Way

HOURS = Hours(time(8, 30), time(18))
LATER = NotSent(Answer.LATER, 451, "later")


def send_again(mail, admin):
    actions.send_again(mail, actor=admin, expected=mail.version)


CALLS = {
    "send": lambda mail, admin: sending._end(mail.pk, MailState.SENT),
    "put_off": lambda mail, admin: sending._put_off(mail.pk, LATER),
    "fail": lambda mail, admin: sending._fail(mail.pk, NotSent(Answer.REFUSED, 554, "no")),
    "drop": lambda mail, admin: sending._take(mail.pk),
    "send_again": send_again,
}


@pytest.mark.django_db
@pytest.mark.parametrize("state", list(MailState))
@pytest.mark.parametrize("verb", list(MOVES))
def test_every_verb_in_every_state(verb, state, people, settings):
    settings.MAIL_HOST = "mail.example"
    now = clock.now()
    mail = Mail.objects.create(
        user=people.officer,
        kind="digest",
        state=state,
        address=people.officer.email,
        message_id="<a@desk.example>",
        made_at=now,
        next_try_at=now,
    )
    allowed, to = MOVES[verb]
    try:
        CALLS[verb](mail, people.platform_admin)
    except Refused:
        assert state not in allowed
    mail.refresh_from_db()
    assert mail.state == (to if state in allowed else state)


@pytest.mark.django_db
def test_choosing_the_same_again_leaves_no_trace(people):
    from gongkai.audit.models import AuditEvent

    actions.choose_way(people.officer, way=Way.NONE)
    actions.choose_way(people.officer, way=Way.NONE)
    assert AuditEvent.objects.filter(event="notices.way_chosen").count() == 1
    assert MailChoice.objects.get().version == 2
    assert "notices.way_chosen" in EVENTS


@pytest.mark.django_db
def test_who_leaves_while_a_mail_waits_gets_it_not(people, settings):
    settings.MAIL_HOST = "mail.example"
    words = {"kind": "t.t", "subject": "t.t:1", "sentence": "x", "url": "/"}
    for n, (name, value) in enumerate([("is_active", False), ("email", "")]):
        user = list(people.people.values())[n]
        tell([user], key="a", **words)
        now = clock.now()
        mail = actions.mailing._mail(user, MailKind.DIGEST, now, count=1)
        mail.save()
        user.notices.update(mail=mail)
        setattr(user, name, value)
        user.save()
        assert sending._take(mail.pk) is None
        assert Mail.objects.get(pk=mail.pk).state == "dropped"


@pytest.mark.parametrize(
    ("code", "of_recipient", "answer"),
    [
        (421, True, Answer.CLOSING),
        (421, False, Answer.CLOSING),
        (450, True, Answer.LATER),
        (452, False, Answer.LATER),
        (550, True, Answer.NO_MAILBOX),
        (553, True, Answer.NO_MAILBOX),
        (552, False, Answer.REFUSED),
        (554, False, Answer.REFUSED),
        (200, False, Answer.LATER),
    ],
)
def test_what_an_answer_means(code, of_recipient, answer):
    assert rules.read_answer(code, of_recipient=of_recipient) is answer


@pytest.mark.parametrize(
    ("hour", "minute", "working", "is_open"),
    [
        (8, 29, True, False),
        (8, 30, True, True),
        (17, 59, True, True),
        (18, 0, True, False),
        (10, 0, False, False),
    ],
)
def test_when_mails_go_out(hour, minute, working, is_open):
    now = datetime(2026, 3, 18, hour, minute)
    assert rules.is_open(now, working=working, hours=HOURS) is is_open


def test_waits_grow_and_end():
    minutes = [rules.wait_after(n).total_seconds() / 60 for n in range(1, 9)]
    assert minutes == [1, 5, 15, 30, 60, 120, 120, 120]
    seconds = [rules.room_wait(n).total_seconds() for n in (1, 2, 3, 8, 99)]
    assert seconds == [30, 60, 120, 3600, 3600]
    made = timezone.now()
    assert not rules.is_given_up(made, made + GIVEN_UP_AFTER - timedelta(seconds=1))
    assert rules.is_given_up(made, made + GIVEN_UP_AFTER)
