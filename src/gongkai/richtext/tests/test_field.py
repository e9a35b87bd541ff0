"""The form field gives clean bodies, from the editor and from the plain box alike."""

import pytest
from django import forms
from django.urls import reverse

from gongkai.richtext import fields
from gongkai.richtext.fields import RichTextField


class Draft(forms.Form):
    body = RichTextField(label="正文", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].of_draft(lambda src: src.startswith("/files/7/"), "/drafts/7/images/")


def sent(body, **kwargs):
    form = Draft({"body": body}, **kwargs)
    form.is_valid()
    return form


def test_what_is_sent_is_clean():
    body = "<p onclick=x>甲<script>y</script></p><img src='/files/7/1'><img src='/files/8/1'>"
    assert sent(body).cleaned_data["body"] == ('<p>甲</p>\n<figure><img src="/files/7/1"></figure>')
    assert sent("甲\r\n　　乙").cleaned_data["body"] == '<p>甲</p>\n<p class="indent">乙</p>'
    assert sent("<p> </p>").cleaned_data["body"] == ""


def test_an_empty_body_is_refused_where_one_is_needed():
    form = Draft({"body": "<p><br></p>"})
    form.fields["body"].required = True
    assert not form.is_valid()


def test_the_box_says_where_to_clean_and_where_the_pictures_are():
    html = str(Draft(initial={"body": "<p>甲</p>\n<p>乙</p>"})["body"])
    assert 'data-images="/drafts/7/images/"' in html
    assert f'data-clean="{reverse("richtext:clean")}"' in html
    assert "甲\n乙</textarea>" in html
    assert "style=" not in html


def test_what_the_box_shows_comes_back_unchanged():
    body = "<h2>甲</h2>\n<p>乙<strong>丙</strong></p>"
    form = Draft(initial={"body": body})
    shown = form.fields["body"].widget.format_value(body)
    again = Draft({"body": shown}, initial={"body": body})
    assert again.is_valid()
    assert again.cleaned_data["body"] == body
    assert not again.has_changed()
    assert Draft({"body": "丁"}, initial={"body": body}).has_changed()


def test_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(fields, "MAX_CHARACTERS", 10)
    assert "分成几件发布" in sent("字" * 11).errors["body"][0]
    assert not sent("字" * 10).errors


def test_pictures_need_words_where_the_form_asks():
    form = Draft({"body": "<img src='/files/7/1'><img src='/files/7/2' alt='图'>"})
    form.fields["body"].alternatives = True
    assert form.errors["body"] == [
        "有1张图片没有替代文字。请选中图片，按“图片”补写；只是装饰的请勾选。"
    ]


@pytest.mark.django_db
def test_a_paste_is_cleaned_only_for_who_is_signed_in(client):
    assert client.post(reverse("richtext:clean"), {"html": "x"}).status_code == 302


@pytest.mark.django_db
def test_the_answer_to_a_paste(world, client):
    client.force_login(world.own.officer)
    told = {"html": "<p class=MsoNormal><b>甲</b><o:p></o:p><img src='file:///x.png'></p>"}
    answer = client.post(reverse("richtext:clean"), told)
    assert answer.json() == {"html": "<p><strong>甲</strong></p>", "lost": 1}


@pytest.mark.django_db
def test_the_specimen_shows_what_is_kept(client, settings):
    url = reverse("richtext:specimen")
    assert "保存的样子" not in client.get(url).content.decode().split("</form>")[1]
    page = client.post(url, {"title": "甲", "body": "　　乙"}).content.decode()
    assert "&lt;p class=&quot;indent&quot;&gt;乙&lt;/p&gt;" in page
    settings.GALLERY = False
    assert client.get(url).status_code == 404
