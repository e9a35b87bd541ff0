"""What a body says is read without loss: text, pictures, links, and the plain box."""

from gongkai.richtext.clean import from_either, sanitise
from gongkai.richtext.look import (
    Image,
    Link,
    as_typed,
    images,
    links,
    missing_alternatives,
    paragraphs,
    plain,
    tables_without_headings,
)

BODY = sanitise(
    "<h2>一、总则</h2><p>第<b>一</b>段<a href='/a/'>见<b>此</b></a>，<a href='/b/'>彼</a></p>"
    "<ul><li>甲<ul><li>乙</ul></ul><table><caption>表1</caption><tr><td>1<p>2</p><td>3</table>"
    "<blockquote>引</blockquote><figure><img src='/f/1'><figcaption>图1</figcaption></figure>"
    "<img src='/f/2' alt=''><img src='/f/3' alt='' role='presentation'><img src='/f/4' alt='图'>",
    lambda src: src.startswith("/f/"),
)


def test_the_words():
    assert plain(BODY).split("\n") == [
        "一、总则", "第一段见此，彼", "甲", "乙", "表1", "1 2\t3", "引", "图1",
    ]  # fmt: skip
    assert paragraphs(BODY) == [
        "一、总则", "第一段见此，彼", "甲", "乙", "表1", "1", "2", "3", "引", "图1",
    ]  # fmt: skip
    assert plain("") == ""


def test_pictures_and_those_without_words():
    assert [image.src for image in images(BODY)] == ["/f/1", "/f/2", "/f/3", "/f/4"]
    assert images(BODY)[0] == Image("/f/1", None, False, "图1")
    assert [image.src for image in missing_alternatives(BODY)] == ["/f/1", "/f/2"]


def test_links_with_their_words():
    assert links(BODY) == [Link("/a/", "见此"), Link("/b/", "彼")]


def test_tables_without_headings_are_counted():
    assert tables_without_headings(BODY) == 1
    assert tables_without_headings("<table><tr><th>甲<td>1</table>") == 0


def test_the_plain_box_loses_nothing():
    simple = '<p>一、总则</p>\n<p class="indent">甲乙</p>'
    assert as_typed(simple) == "一、总则\n　　甲乙"
    assert as_typed("") == ""
    for body in (BODY, simple, "<p>甲<br>乙</p>", '<p class="text-right">甲</p>', "<p>&lt;甲</p>"):
        typed = as_typed(body)
        assert from_either(typed, lambda src: True) == body
