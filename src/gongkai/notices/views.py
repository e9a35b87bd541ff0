"""The page of one's notices, and the way from a notice to what it is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.api import user_of
from gongkai.notices import actions, queries
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Empty, Status

NOTICES = Listing(
    name="notices",
    caption="通知",
    model="notices.Notice",
    sort="-id",
    columns=[
        Column("sentence", "内容", url=lambda n: reverse("notices:open", args=[n.pk])),
        Column(
            "read_at",
            "状态",
            value=lambda n: Status("已读", "off") if n.read_at else Status("未读", "wait"),
        ),
        Column("created_at", "时间", kind="date"),
    ],
    filters=[
        Choice(
            "read",
            "状态",
            [("no", "未读"), ("yes", "已读")],
            apply=lambda rows, value: rows.filter(read_at__isnull=value == "no"),
        )
    ],
    empty=Empty("没有通知", "有任务下达、文件读完、时限临近时，会在这里告诉您。"),
)


@require_GET
def notice_list(request: HttpRequest) -> HttpResponseBase:
    """List one's own notices, newest first."""
    rows = queries.visible_to(user_of(request))
    return NOTICES.answer(request, rows, "notices/notice_list.html")


@require_GET
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a notice is about, and keep that it was read."""
    found = queries.notice_or_none(user_of(request), pk)
    if found is None:
        raise Http404
    actions.mark_read(found)
    return redirect(found.url)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Keep that all was seen."""
    actions.mark_all_read(user_of(request))
    return redirect("notices:list")
