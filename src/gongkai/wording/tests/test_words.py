"""An office's words: what its checks use, who keeps them, tables in and out."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongkai.kernel.refusal import Refused
from gongkai.screening import Entry, shipped_entries
from gongkai.wording import actions, queries
from gongkai.wording.models import Word

pytestmark = pytest.mark.django_db(transaction=True)

OLD = Entry("清江市交通局", "清江市交通运输局", "2019年改名", date(2019, 3, 1))
TODAY = date(2026, 3, 2)


@pytest.fixture
def side(world):
    return world.own


def said(lexicon, text, day=TODAY):
    return [entry.suggestion for _, entry in lexicon.find(text, day)]


def added(side, entry=OLD):
    return actions.add(side.body, actor=side.openness_office, entry=entry)


def test_what_an_office_adds_its_checks_find_from_its_day(side, world):
    added(side)
    lexicon = queries.lexicon_for(side.body)
    assert said(lexicon, "由清江市交通局负责") == ["清江市交通运输局"]
    assert said(lexicon, "由清江市交通局负责", date(2018, 1, 1)) == []
    assert said(queries.lexicon_for(world.other.body), "由清江市交通局负责") == []


def test_a_word_of_the_product_is_let_be(side, world):
    word = shipped_entries()[0].word
    assert said(queries.lexicon_for(side.body), f"关于{word}的通知")
    how = {"actor": side.openness_office, "reason": "本地地名用字"}
    actions.switch_off(side.body, word=word, **how)
    assert not said(queries.lexicon_for(side.body), f"关于{word}的通知")
    assert said(queries.lexicon_for(world.other.body), f"关于{word}的通知")
    with pytest.raises(Refused, match="已经设为不再提示"):
        actions.switch_off(side.body, word=word, **how)
    with pytest.raises(Refused, match="自带词库里没有"):
        actions.switch_off(side.body, word="没有这个词", **how)


def test_what_is_ended_counts_no_more_and_may_be_added_again(side):
    row = added(side)
    with pytest.raises(Refused, match="已有一条"):
        added(side)
    actions.end(row, actor=side.openness_office, expected=row.version)
    assert said(queries.lexicon_for(side.body), "由清江市交通局负责") == []
    assert added(side).pk != row.pk
    assert Word.objects.count() == 2


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (Entry("错", "对"), "单个字会到处误报"),
        (Entry("一样", "一样"), "相同"),
        (Entry("甲乙", "丙丁", "", date(2020, 1, 2), date(2020, 1, 1)), "起始日应早于截止日"),
        (Entry("甲乙", "丙丁", exceptions=("戊己",)), "没有“甲乙”"),
    ],
)
def test_what_makes_no_sense_is_refused(side, entry, sentence):
    with pytest.raises(Refused, match=sentence):
        added(side, entry)
    assert not Word.objects.exists()


def test_only_the_office_keeps_them(side, world):
    for person in (side.officer, side.leader, world.other.openness_office):
        with pytest.raises(Refused, match="政务公开办"):
            actions.add(side.body, actor=person, entry=OLD)


class TestPages:
    def post(self, client, name, typed, pk=None):
        return client.post(reverse(f"wording:{name}", args=[pk] if pk else []), typed)

    def test_the_way_by_the_pages(self, client, side):
        client.force_login(side.openness_office)
        typed = {
            "body": side.body.pk,
            "word": "清江县",
            "suggestion": "清江市",
            "severity": "stop",
            "exceptions": "清江县志\n",
        }
        assert self.post(client, "add", typed).status_code == 302
        row = Word.objects.get()
        assert row.exceptions == "清江县志"
        page = client.get(reverse("wording:word", args=[row.pk])).content.decode()
        assert "清江县志" in page
        assert self.post(client, "end", {"version": row.version}, row.pk).status_code == 302
        assert "已停用" in client.get(reverse("wording:list")).content.decode()

    def test_a_wrong_word_keeps_what_was_typed(self, client, side):
        client.force_login(side.openness_office)
        typed = {"body": side.body.pk, "word": "错", "suggestion": "对", "severity": "ask"}
        answer = self.post(client, "add", typed)
        assert answer.status_code == 409
        assert "单个字会到处误报" in answer.content.decode()

    def upload(self, client, side, data):
        file = SimpleUploadedFile("词.csv", data)
        return self.post(client, "take_table", {"body": side.body.pk, "file": file})

    def test_what_is_taken_along_is_taken_in_elsewhere(self, client, side, world):
        added(side)
        client.force_login(side.openness_office)
        table = client.get(reverse("wording:download")).content
        client.force_login(world.other.openness_office)
        assert self.upload(client, world.other, table).status_code == 302
        lexicon = queries.lexicon_for(world.other.body)
        assert said(lexicon, "由清江市交通局负责") == ["清江市交通运输局"]
        before = Word.objects.count()
        assert self.upload(client, world.other, table).status_code == 302
        assert Word.objects.count() == before

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            ("错误写法,正确写法\n部暑,部署\n错,对\n".encode(), "第3行"),
            (b"", "首行要有列名"),
            ("错误写法,正确写法\n部暑,部署\n".encode("gbk"), "UTF-8"),
            ("错误写法,正确写法\n".encode() + b"a" * (2 << 20), "2MB"),
        ],
    )
    def test_a_wrong_table_adds_nothing_and_says_why(self, client, side, data, sentence):
        client.force_login(side.openness_office)
        answer = self.upload(client, side, data)
        assert answer.status_code in (409, 422)
        assert sentence in answer.content.decode()
        assert not Word.objects.exists()

    def test_the_questions_asked_do_not_grow(self, client, side):
        client.force_login(side.openness_office)

        def questions():
            with CaptureQueriesContext(connection) as found:
                assert client.get(reverse("wording:list")).status_code == 200
            return len(found)

        added(side)
        questions()
        few = questions()
        for n in range(5):
            added(side, Entry(f"错词{n}", "对词"))
        assert questions() == few <= 15
