"""The operators' page: how far behind each consumer is, what is parked, trying it again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from gongkai.outbox import policies, queries
from gongkai.outbox.registry import label_of
from gongkai.outbox.worker import retry_parked
from gongkai.ui.parts import Act
from gongkai.ui.words import moment


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """Show backlog, parked subjects and failing tickers."""
    _require_operator(request)
    parked = queries.parked()
    context = {
        "backlog_heads": ("处理者", "未读消息", "待办", "等待重试"),
        "parked_heads": ("处理者", "对象", "失败次数", "下次重试", "原因"),
        "ticker_heads": ("名称", "失败次数", "下次重试", "原因"),
        "backlogs": [
            (label_of(b.consumer), b.unread, b.errands, b.parked) for b in queries.backlogs()
        ],
        "parked": [
            (label_of(e.consumer), e.subject, e.tries, moment(e.next_try_at), e.last_error[:200])
            for e in parked
        ],
        "tickers": [
            (label_of(t.name), t.tries, moment(t.next_at), t.last_error[:200])
            for t in queries.failing_tickers()
        ],
        "acts": [Act("立即重试", reverse("outbox:retry"))] if parked else [],
    }
    return render(request, "outbox/status.html", context)


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Let everything parked be tried at once."""
    _require_operator(request)
    messages.success(request, f"已安排重试 {retry_parked()} 项。")
    return redirect("outbox:status")


def _require_operator(request: HttpRequest) -> None:
    if not policies.may_operate(request.user):
        raise Http404
