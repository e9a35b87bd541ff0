"""The links of a text: what is gone, what only we can open, what could not be tried."""

from __future__ import annotations

import pytest
from django.test import override_settings

from gongkai.fetching.tests.server import serving
from gongkai.kernel.refusal import Refused
from gongkai.publications import actions
from gongkai.publications.actions import linking
from gongkai.publications.states import FileRole
from gongkai.publications.tests.factories import again, checked, drafted, what, with_file

pytestmark = pytest.mark.django_db(transaction=True)


def looked(side, *links):
    """Check a draft with these links; return code and severity of what was found about links."""
    text = "".join(f'<p><a href="{link}">办事指南</a></p>' for link in links)
    edition = checked(side, drafted(side, text=text))
    rows = edition.checks.get().findings.filter(code__startswith="link.")
    return sorted((row.code, row.severity) for row in rows)


@pytest.fixture
def base():
    with serving() as there, override_settings(FETCH_NETWORKS=["127.0.0.0/8"], FETCH_SECONDS=1):
        yield there


def test_what_opens_is_not_spoken_of(side, base):
    assert looked(side, f"{base}/page", f"{base}/moved") == []


def test_what_is_gone_is_asked_about_and_stops_the_sending(side, base):
    assert looked(side, f"{base}/gone", f"{base}/missing") == [("link.dead", "ask")] * 2
    text = f'<p><a href="{base}/gone">办事指南</a></p>'
    edition = checked(side, drafted(side, text=text))
    with pytest.raises(Refused, match="还有1处没有处理"):
        actions.send(edition, actor=side.officer, expected=edition.version)


def test_what_could_not_be_tried_is_a_note(side, base):
    assert looked(side, f"{base}/broken", f"{base}/slow") == [("link.untried", "note")] * 2


def test_an_address_of_our_network_is_nothing_for_the_public(side):
    with serving() as base:
        assert looked(side, f"{base}/page") == [("link.inner", "ask")]


def test_a_page_of_the_desk_is_nothing_for_the_public(side):
    assert looked(side, "/publications/12/", "/files/999/") == [("link.inner", "ask")] * 2


def test_a_file_of_the_item_may_be_linked_but_not_its_original(side):
    edition = with_file(side, drafted(side))
    edition = with_file(side, edition, b"closed", "closed.txt", FileRole.ORIGINAL)
    links = [
        f'<p><a href="/files/{row.file_id}/">表</a></p>' for row in edition.files.order_by("id")
    ]
    actions.save(
        edition, actor=side.officer, what=what(text="".join(links)), expected=edition.version
    )
    findings = checked(side, again(edition)).checks.latest("id").findings
    (found,) = findings.filter(code="link.inner")
    assert str(edition.files.get(role=FileRole.ORIGINAL).file_id) in found.excerpt


def test_links_are_not_tried_where_there_is_no_way_out(side, base):
    with override_settings(LINKS_TRIED=False):
        assert looked(side, f"{base}/gone") == []


def test_of_very_many_only_so_many_are_tried(side, base, monkeypatch):
    monkeypatch.setattr(linking, "MOST_TRIED", 2)
    found = looked(side, *(f"{base}{path}" for path in ("/gone", "/missing", "/page", "/moved")))
    assert found == [("link.dead", "ask")] * 2 + [("link.untried", "note")]
