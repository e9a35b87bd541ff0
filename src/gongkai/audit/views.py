"""The auditor's pages: the list of events with its filters, and one event with its seal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from gongkai.audit import policies
from gongkai.audit.queries import chain, events
from gongkai.ui import words
from gongkai.ui.lists import Begins, Between, Choice, Column, Listing
from gongkai.ui.lists.filters import Shown
from gongkai.ui.parts import Empty, Fact

if TYPE_CHECKING:
    from gongkai.audit.models import AuditEvent

TITLE = "审计记录"


@dataclass(frozen=True)
class Days(Between):
    """Days from–to on a moment's column: from the first midnight to the last, at the office."""

    def narrow(self, rows: QuerySet[Any], shown: Shown) -> QuerySet[Any]:
        """Keep the events of these days."""
        if shown.value:
            rows = rows.filter(**{f"{self.path}__gte": _midnight(shown.value)})
        if shown.until:
            rows = rows.filter(**{f"{self.path}__lt": _midnight(shown.until, days=1)})
        return rows


@dataclass(frozen=True)
class About:
    """The whole key of a record: every event in whose timeline it stands."""

    name: str = "subject"
    label: str = "对象编号"
    path: str = "mentions__subject"

    def read(self, request: HttpRequest) -> Shown:
        """Read the key."""
        return Shown("text", self.label, self.name, request.GET.get(self.name, "").strip()[:120])

    def narrow(self, rows: QuerySet[Any], shown: Shown) -> QuerySet[Any]:
        """Keep the events that mention it."""
        return rows.filter(mentions__subject=shown.value)


def _midnight(day: str, *, days: int = 0) -> datetime:
    on = date.fromisoformat(day) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(on, time.min))


def _actor(event: AuditEvent) -> str:
    return event.actor_name + (f"（代{event.acting_for_name}）" if event.acting_for_name else "")


EVENTS = Listing(
    name="audit",
    model="audit.AuditEvent",
    caption=TITLE,
    columns=[
        Column(
            "event",
            "事件",
            value=lambda e: policies.label_of(e.event),
            url=lambda e: reverse("audit:event", args=[e.pk]),
        ),
        Column("at", "时间", kind="date", sort="id"),
        Column("actor_name", "操作人", value=_actor),
        Column("unit_name", "单位"),
        Column("subject", "对象编号"),
    ],
    filters=[
        Choice("event", "事件", lambda request: policies.event_choices()),
        Days("at", "日期"),
        Begins("actor_name", "操作人"),
        About(),
    ],
    sort="-id",
    empty=Empty("还没有审计记录", "每次变动都会在这里留下一条。"),
)


@require_safe
def event_list(request: HttpRequest) -> HttpResponseBase:
    """Show the events of the auditor's units."""
    _require_auditor(request)
    context = {"title": TITLE, "sealed": chain.last_sequence()}
    return EVENTS.answer(request, events.visible_events(request.user), "audit/events.html", context)


@require_safe
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one event: all its facts, its hash, and the link that holds it."""
    _require_auditor(request)
    event = events.event_or_none(request.user, pk)
    if event is None:
        raise Http404
    seal = events.seal_of(event)
    context = {
        "label": policies.label_of(event.event),
        "crumbs": [(TITLE, reverse("audit:events")), (f"第 {event.pk} 号", "")],
        "what": _what(event),
        "facts": [Fact(words.FACTS.get(k, k), words.said(v)) for k, v in event.facts.items()],
        "proof": _proof(event, seal),
    }
    return render(request, "audit/event.html", context)


def _what(event: AuditEvent) -> list[Fact]:
    return [
        Fact("事件代码", event.event),
        Fact("时间", event.at),
        Fact("操作人", _actor(event)),
        Fact("单位", event.unit_name or "—"),
        *[Fact("对象", key, url=_about(key)) for key in (event.subject, *event.also)],
    ]


def _about(key: str) -> str:
    return f"{reverse('audit:events')}?{urlencode({'subject': key})}"


def _proof(event: AuditEvent, seal: Any) -> list[Fact]:
    own = [Fact("算法", event.get_algorithm_display()), Fact("本条校验值", event.hash)]
    if seal is None:
        return [*own, Fact("链", "等待入链")]
    return [
        *own,
        Fact("链", f"第 {seal.sequence} 环"),
        Fact("入链时间", seal.sealed_at),
        Fact("环的校验值", seal.link),
    ]


def _require_auditor(request: HttpRequest) -> None:
    if not policies.may_read(request.user):
        raise Http404
