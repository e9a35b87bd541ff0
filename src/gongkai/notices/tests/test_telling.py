"""Joint notices, what is overtaken, what is settled."""

from __future__ import annotations

import pytest

from gongkai.notices import actions, api
from gongkai.notices.api import Together, tell, tell_together
from gongkai.notices.models import Mail, Notice
from gongkai.notices.states import MailKind

pytestmark = pytest.mark.django_db
WORDS = {"kind": "t.due", "subject": "t.t:1", "url": "/x/"}


def joint(key: str = "late:2026-03-18") -> Together:
    return Together(
        "t.late", "t.body:1", key, "/late/", lambda labels: f"{len(labels)}项：{'、'.join(labels)}"
    )


def test_things_of_a_day_are_one_notice(world):
    leader = world.own.leader
    for n in (1, 2, 3):
        assert tell_together([leader], joint(), key=f"d{n}", label=f"第{n}项") == 1
    assert tell_together([leader], joint(), key="d2", label="第2项") == 0
    notice = Notice.objects.get()
    assert (notice.sentence, notice.number) == ("3项：第1项、第2项、第3项", "3项")


def test_a_thing_is_told_once_whatever_the_day(world):
    leader = world.own.leader
    tell_together([leader], joint("late:1"), key="d1", label="第1项")
    assert tell_together([leader], joint("late:2"), key="d1", label="第1项") == 0
    assert tell_together([leader], joint("late:2"), key="d2", label="第2项") == 1
    assert Notice.objects.count() == 2


def test_what_was_read_or_mailed_does_not_grow(world):
    leader = world.own.leader
    tell_together([leader], joint(), key="d1", label="第1项")
    actions.mark_all_read(leader)
    tell_together([leader], joint(), key="d2", label="第2项")
    mailed = Notice.objects.get(read_at=None)
    mail = actions.mailing._mail(leader, MailKind.DIGEST, mailed.created_at)
    mail.save()
    Notice.objects.filter(pk=mailed.pk).update(mail=mail)
    for n in range(3, 13):
        tell_together([leader], joint(), key=f"d{n}", label=f"第{n}项")
    said = list(Notice.objects.order_by("pk").values_list("number", flat=True))
    assert said == ["1项", "1项", "10项"]
    assert Mail.objects.get().notices.count() == 1


def test_what_overtakes_leaves_one_unread(world):
    officer, head = world.own.officer, world.own.section_head
    for n, rung in enumerate(("还有5个工作日", "还有3个工作日", "还有1个工作日")):
        tell([officer, head], sentence=rung, key=f"r{n}", replaces=True, **WORDS)
    tell([officer], sentence="别的", key="o", **{**WORDS, "subject": "t.t:2"})
    unread = Notice.objects.filter(read_at=None).order_by("user", "pk")
    assert sorted(unread.values_list("sentence", flat=True)) == ["别的", *["还有1个工作日"] * 2]


def test_an_older_occasion_told_again_overtakes_nothing(world):
    officer = world.own.officer
    for key in ("r1", "r2", "r1"):
        tell([officer], sentence=key, key=key, replaces=True, **WORDS)
    assert Notice.objects.get(read_at=None).key == "r2"


def test_what_is_settled_counts_as_read(world):
    officer, head = world.own.officer, world.own.section_head
    tell([officer, head], sentence="a", key="a", **WORDS)
    tell([officer], sentence="b", key="b", **{**WORDS, "kind": "t.other"})
    assert api.settle("t.t:1", kind="t.due") == 2
    assert Notice.objects.get(read_at=None).key == "b"


def test_what_was_told_of_a_record_names_nobody(world):
    tell([world.own.officer, world.own.section_head], sentence="还有1个工作日", key="a", **WORDS)
    tell([world.own.officer], sentence="今天到期", key="b", **WORDS)
    found = api.told_of(["t.t:1", "t.t:9"], kind="t.due")
    assert [told.sentence for told in found["t.t:1"]] == ["还有1个工作日", "今天到期"]
    assert set(found) == {"t.t:1"}
