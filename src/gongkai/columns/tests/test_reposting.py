"""Tests of reposting against a real server: watched, proposed, reposted, measured, refused."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.columns import actions, queries
from gongkai.columns.models import Proposal, Source
from gongkai.columns.rules import delay_words, read_feed, read_page, working_minutes
from gongkai.columns.states import PROPOSAL_MOVES, ProposalState, SourceKind, SourceState
from gongkai.columns.tests.factories import kept, on
from gongkai.columns.tests.superior import serving
from gongkai.duties.api import State
from gongkai.fetching import Unfetched, fetch, is_outside
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.notices.models import Notice
from gongkai.outbox import api as outbox
from gongkai.publications import actions as publishing
from gongkai.publications.states import Kind, WithdrawReason
from gongkai.publications.tests.factories import again as edition_again
from gongkai.publications.tests.factories import checked, drafted, sign_all, withdrawn


@pytest.fixture
def superior(settings):
    settings.FETCH_NETWORKS = ["127.0.0.0/8"]
    settings.FETCH_SECONDS = 2
    with serving() as found:
        yield found


def watched(side, superior, path="/feed.xml", **how):
    what = {
        "name": "江东省人民政府",
        "kind": SourceKind.FEED,
        "url": superior.base + path,
        "unit": side.section,
    }
    return actions.watch(
        side.body, actor=side.openness_office, what=actions.Watch(**{**what, **how})
    )


def looked(source):
    actions.look_at_due(clock.now())
    return Source.objects.get(pk=source.pk)


def proposed(side, superior, **how):
    source = looked(watched(side, superior, **how))
    superior.issue(7, "关于稳就业的若干意见")
    source.look_at = clock.now()
    source.save()
    looked(source)
    return Proposal.objects.get(state=ProposalState.WAITING)


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("127.0.0.1", False),
        ("10.0.0.8", False),
        ("172.16.1.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("fd00::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:10.0.0.1", False),
        ("224.0.0.1", False),
        ("8.8.8.8", True),
        ("2400:3200::1", True),
    ],
)
def test_only_the_open_network_is_outside(address, outside):
    assert is_outside(address) is outside


def test_nothing_is_asked_of_our_own_network(settings):
    settings.FETCH_NETWORKS = []
    with serving() as superior:
        with pytest.raises(Unfetched, match="内部网络"):
            fetch(superior.base + "/feed.xml")
        with pytest.raises(Unfetched, match="内部网络"):
            fetch(superior.base.replace("127.0.0.1", "localhost") + "/feed.xml")
        assert superior.asked == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/gone.xml", "已没有这个网页"),
        ("/nothing.xml", "已没有这个网页"),
        ("/error.xml", "答复503"),
        ("/round.xml", "转来转去"),
        ("/file.xml", "不是网页的地址"),
        ("/huge.xml", "超过2MB"),
        ("/slow.xml", "太慢"),
    ],
)
def test_what_goes_wrong_is_said_in_words(superior, path, said):
    with pytest.raises(Unfetched, match=said):
        fetch(superior.base + path)


def test_where_it_moved_for_good_is_kept_and_a_loan_is_not(superior):
    assert fetch(superior.base + "/moved.xml").moved_to == superior.base + "/feed.xml"
    assert fetch(superior.base + "/lent.xml").moved_to == ""


def test_a_feed_that_names_a_file_opens_none():
    with pytest.raises(ValueError, match="不是RSS"):
        read_feed(b"/etc/hostname", "http://example.org/")


@pytest.mark.django_db
def test_what_was_there_before_is_not_proposed_and_what_is_new_is(side, superior):
    superior.issue(1, "去年的通知", "Wed, 10 Dec 2025 01:00:00 GMT")
    superior.issue(2, "今早的意见")
    source = looked(watched(side, superior))
    assert source.state == SourceState.FINE
    states = dict(Proposal.objects.values_list("title", "state"))
    assert states == {"去年的通知": "before", "今早的意见": "waiting"}
    found = Proposal.objects.get(state="waiting")
    assert (found.url, found.summary) == (superior.base + "/art/2026/2.html", "要点2")
    assert found.duty.due_at == found.issued_at + timedelta(hours=24)


@pytest.mark.django_db
def test_the_second_look_asks_only_for_what_changed(side, superior):
    superior.issue(2, "今早的意见")
    source = looked(watched(side, superior))
    with on(date(2026, 3, 3)):
        looked(source)
    assert [headers.get("If-None-Match") for _, headers in superior.asked] == [None, '"1"']
    assert Proposal.objects.count() == 1


@pytest.mark.django_db
def test_a_page_gives_its_links_with_their_days(side, superior):
    source = watched(side, superior, "/list.html", kind=SourceKind.PAGE, pattern="*/art/*/*.html")
    looked(source)
    found = {one.title: one for one in Proposal.objects.all()}
    assert set(found) == {"关于稳就业的意见", "关于防汛的通知"}
    assert clock.day_of(found["关于防汛的通知"].issued_at) == date(2026, 3, 1)


def test_a_page_is_read_as_it_says_it_is_written():
    page = '<meta charset="gb2312"><li><a href="/art/1/1.html">关于镕基路的通知</a></li>'
    data = page.encode("gb18030")
    found = read_page(data, "http://example.org/", "*/art/*")
    assert [one.title for one in found] == ["关于镕基路的通知"]
    found = read_page(page.encode(), "http://example.org/", "*/art/*", "utf-8")
    assert [one.title for one in found] == ["关于镕基路的通知"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/broken.xml", "/gone.xml", "/slow.xml"])
def test_a_source_that_fails_is_looked_at_less_and_told_of_once(side, superior, path):
    source = watched(side, superior, path)
    for day in range(2, 7):
        with on(date(2026, 3, day)):
            source = looked(source)
    assert (source.state, source.failures) == (SourceState.FAILING, 5)
    assert source.look_at - source.looked_at > timedelta(hours=12)
    assert Notice.objects.filter(kind="columns.source_failing").count() == 1


@pytest.mark.django_db
def test_a_repost_is_signed_by_secrecy_alone_and_its_delay_is_measured(side, superior):
    column = kept(side, name="上级政策").column
    proposal = proposed(side, superior, column=column)
    edition = actions.repost(proposal, actor=side.officer, expected=proposal.version)
    assert (edition.item.kind, edition.source, edition.item.column) == (
        Kind.REPOST,
        "江东省人民政府",
        column,
    )
    outbox.drain()
    edition = edition_again(edition)
    publishing.send(edition, actor=side.officer, expected=edition.version)
    edition = sign_all(side, edition)
    assert edition.state == "signed"
    with clock.at(clock.now() + timedelta(hours=5)):  # 15:00
        publishing.publish(edition, actor=side.openness_office, expected=edition.version)
        outbox.drain()
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert (proposal.state, proposal.duty.state) == (ProposalState.OUT, State.MET)
    assert proposal.delay == 4 * 60 + 30  # 8:30-12:00 and 14:00-15:00
    assert queries.source_lines(side.officer, side.body)[0].delay == "4小时30分"


@pytest.mark.django_db
def test_nothing_of_ones_own_takes_the_short_chain(side, superior):
    edition = checked(side, drafted(side, kind=Kind.REPOST))
    with pytest.raises(Refused) as refused:
        publishing.send(edition, actor=side.officer, expected=edition.version)
    assert refused.value.codes == {"columns.no_source"}


@pytest.mark.django_db
def test_a_repost_keeps_title_and_source(side, superior):
    proposal = proposed(side, superior)
    edition = actions.repost(proposal, actor=side.officer, expected=proposal.version)
    what = publishing.Draft(title="改写的标题", kind=Kind.REPOST, source="本局")
    edition = publishing.save(
        edition, actor=side.officer, what=what, expected=edition_again(edition).version
    )
    edition = checked(side, edition)
    with pytest.raises(Refused) as refused:
        publishing.send(edition, actor=side.officer, expected=edition.version)
    assert {"columns.source_changed", "columns.title_changed"} <= refused.value.codes


@pytest.mark.django_db
def test_not_to_repost_wants_a_reason_and_can_be_taken_back(side, superior):
    proposal = proposed(side, superior)
    with pytest.raises(Refused) as refused:
        actions.decline(proposal, actor=side.officer, reason=" ", expected=proposal.version)
    assert refused.value.codes == {"columns.no_reason"}
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert proposal.state == ProposalState.WAITING
    proposal = actions.decline(
        proposal, actor=side.officer, reason="与本地无关", expected=proposal.version
    )
    assert Proposal.objects.get(pk=proposal.pk).duty.state == State.CANCELLED
    actions.reopen_proposal(proposal, actor=side.officer, expected=proposal.version)
    assert Proposal.objects.get(pk=proposal.pk).duty.state == State.OPEN


@pytest.mark.django_db
def test_a_dropped_draft_lets_it_wait_again(side, superior):
    proposal = proposed(side, superior)
    edition = actions.repost(proposal, actor=side.officer, expected=proposal.version)
    outbox.drain()
    edition = edition_again(edition)
    publishing.drop(edition, actor=side.officer, reason="不发了", expected=edition.version)
    outbox.drain()
    proposal = Proposal.objects.get(pk=proposal.pk)
    assert (proposal.state, proposal.item) == (ProposalState.WAITING, None)


@pytest.mark.django_db
def test_of_a_repost_that_was_hidden_nothing_is_shown(client, side, superior):
    proposal = proposed(side, superior)
    edition = actions.repost(proposal, actor=side.officer, expected=proposal.version)
    outbox.drain()
    edition = edition_again(edition)
    publishing.send(edition, actor=side.officer, expected=edition.version)
    edition = sign_all(side, edition)
    publishing.publish(edition, actor=side.openness_office, expected=edition.version)
    withdrawn(side, edition, WithdrawReason.SECRECY)
    outbox.drain()
    client.force_login(side.auditor)
    page = client.get(reverse("columns:proposals") + "?work=done").content.decode()
    assert "稳就业" not in page
    there = reverse("columns:proposal", args=[proposal.pk])
    assert client.get(there).status_code == 404


@pytest.mark.django_db
def test_the_list_costs_the_same_however_long(
    client, side, superior, django_assert_max_num_queries
):
    client.force_login(side.officer)
    proposed(side, superior)
    there = reverse("columns:proposals")
    client.get(there)
    with django_assert_max_num_queries(20) as few:
        assert "稳就业" in client.get(there).content.decode()
    for n in range(20, 35):
        superior.issue(n, f"通知{n}")
    Source.objects.update(look_at=clock.now())
    actions.look_at_due(clock.now())
    assert Proposal.objects.count() == 16
    with django_assert_max_num_queries(len(few)):
        client.get(there)


@pytest.mark.django_db
def test_pages_watch_decide_and_refuse(client, side, superior):
    client.force_login(side.openness_office)
    data = {
        "name": "省政府",
        "kind": "feed",
        "url": superior.base + "/feed.xml",
        "unit": side.section.pk,
        "minutes": 30,
    }
    assert client.post(reverse("columns:watch"), data).status_code == 302
    superior.issue(3, "今天的通知")
    actions.look_at_due(clock.now())
    found = Proposal.objects.get()
    client.force_login(side.leader)
    there = reverse("columns:repost", args=[found.pk])
    assert client.post(there, {"version": found.version}).status_code == 403
    client.force_login(side.officer)
    answer = client.post(there, {"version": found.version})
    assert answer.status_code == 302
    assert "/publications/" in answer.headers["Location"]
    again = client.post(there, {"version": found.version})
    assert again.status_code == 409


@pytest.mark.parametrize("verb", PROPOSAL_MOVES)
def test_every_move_leads_from_and_to_a_state(verb):
    before, after = PROPOSAL_MOVES[verb]
    assert after not in before


def test_a_delay_counts_office_hours_only():
    def moment(day, hour, minute=0):
        return timezone.make_aware(datetime.combine(date(2026, 3, day), time(hour, minute)))

    def weekday(day):
        return day.weekday() < 5

    assert working_minutes(moment(2, 9), moment(2, 11), weekday) == 120
    assert working_minutes(moment(2, 20), moment(3, 9), weekday) == 30
    assert working_minutes(moment(6, 17), moment(9, 9), weekday) == 60  # over a weekend
    assert working_minutes(moment(3, 9), moment(2, 9), weekday) == 0
    assert delay_words(59) == "59分钟"
    assert delay_words(420 * 2 + 240) == "2个工作日4小时"
