"""Watching superiors: sources set and ended, looked at by the worker, what is new proposed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from gongkai.accounts.api import Role, User, people_of
from gongkai.audit.api import record
from gongkai.columns import policies, queries
from gongkai.columns.models import Proposal, Source
from gongkai.columns.rules import Entry, Unreadable, read_feed, read_page
from gongkai.columns.states import (
    FAILURES_TOLD,
    REPOST_DUTY,
    REPOST_LAW,
    ProposalState,
    SourceKind,
    SourceState,
)
from gongkai.duties import api as duties
from gongkai.fetching import Fetched, Unfetched, fetch
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell
from gongkai.organisation.api import Unit
from gongkai.publications.api import Column

log = logging.getLogger(__name__)
MOST_AT_ONCE = 5
LONGEST_WAIT = timedelta(days=1)
FRESH = timedelta(hours=24)
"""At the first look only what is younger is proposed; all else was there before."""


@dataclass(frozen=True)
class Watch:
    """What is watched and what becomes of it."""

    name: str
    kind: SourceKind
    url: str
    unit: Unit
    pattern: str = ""
    column: Column | None = None
    minutes: int = 30


@transaction.atomic
def watch(body: Unit, *, actor: User, what: Watch) -> Source:
    """Watch a feed or a list of a superior from now on. Raises ``Refused``."""
    _refuse(body, what, actor)
    source = Source(body=body, state=SourceState.NEW)
    return _write(source, what, actor)


@transaction.atomic
def set_source(source: Source, *, actor: User, what: Watch, expected: int) -> Source:
    """Change how a source is watched, or take one up again that was left. Raises ``Refused``."""
    source = lock(source, expected=expected)
    _refuse(source.body, what, actor)
    if (source.url, source.kind) != (what.url.strip(), what.kind):
        source.state, source.looked_at = SourceState.NEW, None
    return _write(source, what, actor)


def _refuse(body: Unit, what: Watch, actor: User) -> None:
    refuse_if(
        policies.why_not_watch(
            body,
            actor=actor,
            name=what.name,
            kind=what.kind,
            url=what.url.strip(),
            pattern=what.pattern,
            unit=what.unit,
        )
    )


def _write(source: Source, what: Watch, actor: User) -> Source:
    now = clock.now()
    source.name, source.kind, source.url = what.name.strip(), what.kind, what.url.strip()
    source.pattern = what.pattern.strip() if what.kind is SourceKind.PAGE else ""
    source.unit, source.column, source.minutes = what.unit, what.column, what.minutes
    source.set_at, source.set_by, source.look_at = now, actor, now
    source.ended_at, source.etag, source.modified, source.moved_to = None, "", "", ""
    source.failures, source.failure, source.failing_at = 0, "", None
    if source.state == SourceState.ENDED:
        source.state = SourceState.NEW
    source.save()
    _say("columns.source_set", source, actor)
    return source


def _say(event: str, source: Source, actor: User | None, **facts: Any) -> None:
    record(event, subject=source, actor=actor, unit=source.unit, source=source.name, **facts)


@transaction.atomic
def end_source(source: Source, *, actor: User, expected: int) -> Source:
    """Watch a source no more; what it proposed stays. Raises ``Refused``."""
    source = lock(source, expected=expected)
    refuse_if(policies.why_not_end_source(source, actor=actor))
    source.state, source.ended_at, source.look_at = SourceState.ENDED, clock.now(), None
    source.save(update_fields=["state", "ended_at", "look_at"])
    _say("columns.source_ended", source, actor)
    return source


@transaction.atomic
def ask_look(source: Source, *, actor: User) -> Source:
    """Let the worker look at a source at its next turn. Raises ``Refused``."""
    refuse_if(policies.why_not_look(source, actor=actor))
    source.look_at = clock.now()
    source.save(update_fields=["look_at"])
    return source


def look_at_due(now: datetime) -> int:
    """Look at the sources whose time has come; return how many were looked at."""
    done = 0
    for source in queries.due_sources(now, MOST_AT_ONCE):
        if _claim(source, now):
            look(source)
            done += 1
    return done


def _claim(source: Source, now: datetime) -> bool:
    """Take a source from other workers; the version that a page shows stays."""
    mine = Source.objects.filter(pk=source.pk, look_at=source.look_at)
    return bool(mine.update(look_at=now + timedelta(minutes=source.minutes)))


def look(source: Source) -> int:
    """Fetch a source and propose what is new there; return how many. Nothing is fetched inside a
    transaction."""
    try:
        fetched = fetch(source.url, etag=source.etag, modified=source.modified)
        entries = _entries(source, fetched)
    except (Unfetched, Unreadable) as wrong:
        _fail(source, str(wrong))
        return 0
    except Exception:
        log.exception("source %s", source.pk)
        _fail(source, "取回的内容读不出来，请核对地址。")
        return 0
    return take_in(source, fetched, entries)


def _entries(source: Source, fetched: Fetched) -> list[Entry]:
    if fetched.unchanged:
        return []
    if source.kind == SourceKind.FEED:
        return read_feed(fetched.data, fetched.url)
    return read_page(fetched.data, fetched.url, source.pattern, fetched.charset)


@transaction.atomic
def _fail(source: Source, why: str) -> None:
    source, now = Source.objects.select_for_update().get(pk=source.pk), clock.now()
    if source.ended_at is not None:
        return
    source.failures += 1
    source.state, source.failure = SourceState.FAILING, why[:300]
    source.looked_at, source.failing_at = now, source.failing_at or now
    wait = timedelta(minutes=source.minutes) * 2 ** min(source.failures, 6)
    source.look_at = now + min(wait, LONGEST_WAIT)
    source.save()
    if source.failures == FAILURES_TOLD:
        tell(
            people_of(source.body, [Role.OPENNESS_OFFICE]),
            kind="columns.source_failing",
            subject=subject_key(source),
            sentence=f"关注的“{source.name}”连续{FAILURES_TOLD}次取不到：{why}",
            url=reverse("columns:source", args=[source.pk]),
            key=f"columns.source_failing:{source.pk}:{source.failing_at.isoformat()}",
        )


@transaction.atomic
def take_in(source: Source, fetched: Fetched, entries: Sequence[Entry]) -> int:
    """Enter what a look brought that we did not know; return how many are to be decided on."""
    source, now = Source.objects.select_for_update().get(pk=source.pk), clock.now()
    if source.ended_at is not None:
        return 0
    first = source.state == SourceState.NEW
    known = set(
        Proposal.objects.filter(source=source, key__in=[one.key for one in entries]).values_list(
            "key", flat=True
        )
    )
    fresh = {one.key: one for one in entries if one.key not in known}
    proposed = sum(_propose(source, one, now, first=first) for one in reversed(fresh.values()))
    source.state, source.looked_at = SourceState.FINE, now
    source.failures, source.failure, source.failing_at = 0, "", None
    source.moved_to = fetched.moved_to[:500]
    if not fetched.unchanged:
        source.etag, source.modified = fetched.etag, fetched.modified
    source.save()
    if proposed:
        _say("columns.proposed", source, None, entries=proposed)
    return proposed


def _propose(source: Source, entry: Entry, now: datetime, *, first: bool) -> bool:
    """Enter an entry; return whether it is to be decided on."""
    issued = entry.issued_at
    if issued is None and entry.issued_on is not None:
        issued = clock.morning_of(entry.issued_on)
    issued = min(issued, now) if issued else None
    before = first and (issued is None or now - issued > FRESH)
    proposal = Proposal.objects.create(
        source=source,
        body=source.body,
        key=entry.key,
        title=entry.title,
        url=entry.url[:500],
        summary=entry.summary,
        state=ProposalState.BEFORE if before else ProposalState.WAITING,
        issued_at=issued,
        seen_at=now,
    )
    if not before:
        start_clock(proposal)
    return not before


def start_clock(proposal: Proposal) -> None:
    """Start the hours in which what a superior published is to be reposted."""
    proposal.duty = duties.open_duty(
        kind=REPOST_DUTY,
        subject=subject_key(proposal),
        title="转发上级信息",  # no title: what is taken back must not stay in the ledger
        owner=proposal.source.unit,
        limit=duties.hours(settings.REPOST_HOURS),
        started_at=proposal.issued_at or proposal.seen_at,
        actor=None,
        law=REPOST_LAW,
        url=reverse("columns:proposal", args=[proposal.pk]),
    )
    proposal.save(update_fields=["duty"])
