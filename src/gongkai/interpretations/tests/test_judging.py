"""What helps to judge: points found, repetition with its passages, the policy clause by clause."""

from __future__ import annotations

import re

import pytest
from django.test import override_settings
from django.urls import reverse

from gongkai.interpretations.tests.factories import begun, out, planned, policy, signed_material
from gongkai.publications import api as publications
from gongkai.publications.api import Kind, WithdrawReason
from gongkai.publications.tests import factories as items

pytestmark = pytest.mark.django_db(transaction=True)

CLAUSE = "养护单位应当在接到报告之日起五日内完成路面坑槽修复并在公示栏公布修复情况"
POLICY = (
    "<p>第一条　为规范农村公路养护，制定本办法。</p>"
    f"<p>第二条　{CLAUSE}。</p>"
    "<p>第三条　养护经费由市级财政承担。</p>"
)


def material_of(side, text, **how):
    found = begun(side, policy(side, text=POLICY).item, **how)
    edition = publications.newest(found.item)
    what = items.what(kind=Kind.INTERPRETATION, title=edition.title, text=text)
    publications.save(edition, actor=side.officer, what=what, expected=edition.version)
    return found


def page(client, person, name, pk, query=""):
    client.force_login(person)
    answer = client.get(reverse(f"interpretations:{name}", args=[pk]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_points_that_are_there_and_points_that_are_not(client, side):
    text = (
        "<h2>一、制定背景</h2><p>近年来农村公路里程增加，坑槽修复不及时的投诉较多，需要明确时限。</p>"
        "<h2>二、适用范围</h2>"
    )
    html = page(client, side.officer, "material", material_of(side, text).pk)
    rows = dict(re.findall(r'<td class="lead">(.*?)</td><td><span[^>]*>(.*?)</span>', html))
    assert rows["背景依据"] == "写到了"
    assert rows["适用范围"] == "只有标题"
    assert rows["联系人"] == "没有找到"
    assert "没有成段重复原文" in html


def test_a_copied_clause_is_shown_with_its_share(client, side):
    found = material_of(side, f"<p>说明一下：{CLAUSE}。</p>")
    html = page(client, side.officer, "material", found.pk)
    assert f'<a href="#source-p1">{CLAUSE}' in html
    assert "重复原文较多" in html
    with override_settings(INTERPRETATION_REPEATS=99):
        assert "重复原文较多" not in page(client, side.officer, "material", found.pk)


def test_a_material_without_words_says_so(client, side):
    found = begun(side, policy(side, text=POLICY).item)
    assert "正文没有文字" in page(client, side.officer, "material", found.pk)


def test_a_revised_policy_stands_beside_what_it_was(client, side):
    edition = policy(side, text=POLICY)
    planned(side, edition.item)
    signed_material(side, edition.item)
    first = out(side, items.sign_all(side, items.sent(side, edition)))
    second = items.revised(side, first)
    changed = POLICY.replace("五日内", "三日内").replace("第三条", "第四条")
    changed = changed.replace("<p>第四条", "<p>第三条　修复情况每月公布。</p><p>第四条")
    what = items.what(kind=Kind.POLICY, text=changed)
    publications.save(second, actor=side.officer, what=what, expected=second.version)
    html = page(client, side.officer, "clauses", edition.item_id)
    assert "<del>五</del>" in html
    assert "<ins>三</ins>" in html
    assert "<del>第三条　</del>养护经费" in html
    assert "<ins>第四条　</ins>养护经费" in html
    for word in ("修改", "新增", "序号变了"):
        assert f">{word}</span>" in html, word
    item = client.get(reverse("publications:item", args=[edition.item_id])).content.decode()
    assert reverse("interpretations:clauses", args=[edition.item_id]) in item


def test_a_first_policy_has_nothing_beside_it(client, side):
    html = page(client, side.officer, "clauses", policy(side).item_id)
    assert "没有可以对照的旧规定" in html


def test_what_is_not_offered_is_not_compared(client, side):
    edition, stranger = policy(side), policy(side)
    client.force_login(side.officer)
    url = reverse("interpretations:clauses", args=[edition.item_id])
    assert client.get(url, {"with": f"edition-{stranger.pk}"}).status_code == 404


def test_a_hidden_material_is_judged_by_nobody_else(client, side):
    edition = policy(side, text=POLICY)
    planned(side, edition.item)
    material = signed_material(side, edition.item)
    out(side, items.sign_all(side, items.sent(side, edition)))
    items.withdrawn(side, items.again(material), WithdrawReason.PRIVACY)
    from gongkai.interpretations.models import Material

    url = reverse("interpretations:material", args=[Material.objects.get().pk])
    item = reverse("publications:item", args=[material.item_id])
    answers = set()
    for person in side.people.values():
        client.force_login(person)
        answers.add((client.get(item).status_code, client.get(url).status_code))
    assert answers == {(200, 200), (404, 404)}
