"""Two versions side by side: what differs is found, what went is shown, others see nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gongkai.approvals import api as approvals
from gongkai.kernel.identifiers import subject_key
from gongkai.outbox import api as outbox
from gongkai.publications import actions
from gongkai.publications.rules import FileFact, content_from
from gongkai.publications.states import FileRole, WithdrawReason
from gongkai.publications.tests.factories import (
    again,
    drafted,
    published,
    revised,
    sent,
    what,
    with_file,
    withdrawn,
)
from gongkai.publications.tests.test_rules import WHOLE
from gongkai.publications.views.versions import differences

PLAN = FileFact("attachment", "计划.txt", "a" * 64)


def test_fields_are_said_in_words():
    found = differences(WHOLE, replace(WHOLE, attribute="on_request", issuers=("甲", "乙")))
    said = {one.label: (one.before, one.after) for one in found.fields}
    assert said == {
        "公开属性": ("主动公开", "依申请公开"),
        "发文机关": ("清江市交通运输局", "甲、乙"),
    }
    assert not found.any_file
    assert not found.readers


def test_files_come_go_and_are_exchanged():
    other = replace(PLAN, sha256="b" * 64)
    added = replace(PLAN, title="表.txt")
    old, new = replace(WHOLE, files=(PLAN,)), replace(WHOLE, files=(other, added))
    assert differences(old, new).files_changed == ("计划.txt（附件）",)
    assert differences(old, new).files_added == ("表.txt（附件）",)
    assert differences(new, old).files_gone == ("表.txt（附件）",)


TEXTS = st.lists(st.text("甲乙丙丁，。", min_size=1, max_size=8), max_size=6).map(
    lambda parts: "".join(f"<p>{one}</p>" for one in parts)
)


@given(TEXTS, TEXTS)
def test_no_words_are_lost_between_two_versions(old, new):
    found = differences(replace(WHOLE, text=old), replace(WHOLE, text=new))
    # in the order of the new version, so the right side reads as the new text
    right = ["".join(run.text for run in row.right) for row in found.rows if row.new is not None]
    left = sorted("".join(run.text for run in row.left) for row in found.rows if row.left)
    assert "".join(f"<p>{one}</p>" for one in right) == new
    assert left == sorted(one for one in old.replace("<p>", "").split("</p>") if one)


def test_a_kept_content_is_read_back_as_it_was():
    content = replace(WHOLE, files=(PLAN,), readers=(1, 2))
    assert content_from(content.as_json()) == content


@pytest.mark.django_db(transaction=True)
class TestPage:
    def page(self, client, edition, query=""):
        return client.get(reverse("publications:compare", args=[edition.pk]) + query)

    def test_a_revision_stands_beside_what_is_out(self, client, side):
        out = published(side, text="<p>五日内修复。</p><p>费用由市级承担。</p>")
        new = revised(side, out)
        changed = what(text="<p>三日内修复。</p><p>费用由市级承担。</p>", change_note="缩短期限")
        actions.save(new, actor=side.officer, what=changed, expected=new.version)
        client.force_login(side.officer)
        html = self.page(client, new).content.decode()
        assert "<del>五</del>日内修复。" in html
        assert "<ins>三</ins>日内修复。" in html
        assert "修改1处" in html

    def test_what_was_sent_stands_beside_what_it_became(self, client, side):
        edition = sent(side, text="<p>第一稿的正文。</p>")
        round_ = approvals.newest_round(subject_key(edition))
        step, people = approvals.asked_now(round_)[0]
        approvals.return_to_drafter(step, actor=people[0], digest=round_.digest, reason="请改期限")
        outbox.drain()
        edition = again(edition)
        changed = what(text="<p>第二稿的正文。</p>")
        actions.save(edition, actor=side.officer, what=changed, expected=edition.version)
        client.force_login(side.officer)
        html = self.page(client, edition).content.decode()
        assert "送审的稿子" in html
        assert "<del>一</del>" in html

    def test_a_first_draft_says_that_there_is_nothing_beside_it(self, client, side):
        client.force_login(side.officer)
        html = self.page(client, drafted(side)).content.decode()
        assert "没有可以对照的稿子" in html

    def test_only_versions_of_this_item_are_offered(self, client, side):
        edition = revised(side, published(side))
        stranger = drafted(side)
        client.force_login(side.officer)
        for query in (f"?with=edition-{stranger.pk}", "?with=sent-1", "?with=x", "?with=edition-"):
            assert self.page(client, edition, query).status_code == 404

    def test_what_is_hidden_is_compared_by_nobody_else(self, client, side):
        out = published(side, text="<p>涉密内容。</p>")
        new = revised(side, out)
        withdrawn(side, out, WithdrawReason.SECRECY)
        item = reverse("publications:item", args=[new.item_id])
        answers = set()
        for person in side.people.values():
            client.force_login(person)
            answers.add((client.get(item).status_code, self.page(client, new).status_code))
        assert answers == {(200, 200), (404, 404)}  # the named people, and all others

    def test_the_questions_asked_do_not_grow(self, client, side):
        edition = with_file(side, revised(side, published(side)), role=FileRole.ATTACHMENT)
        client.force_login(side.officer)
        self.page(client, edition)
        with CaptureQueriesContext(connection) as few:
            self.page(client, edition)
        text = "".join(f"<p>第{n}段。</p>" for n in range(300))
        actions.save(edition, actor=side.officer, what=what(text=text), expected=edition.version)
        with CaptureQueriesContext(connection) as many:
            self.page(client, edition)
        assert len(many) == len(few) <= 30
