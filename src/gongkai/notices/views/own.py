"""The page of one's notices, the way to what each is about, and how mail is wanted."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.api import user_of
from gongkai.notices import actions, policies, queries
from gongkai.notices.forms import WayForm
from gongkai.notices.states import MailState, Way
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Crumb, Empty, Fact, Status
from gongkai.ui.submitting import submit
from gongkai.ui.words import moment

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


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Show how mail comes, and let the person choose."""
    user = user_of(request)

    def act(data: dict[str, Any]) -> str:
        actions.choose_way(user, way=Way(data["way"]))
        return reverse("notices:settings")

    def again(form: Form, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "facts": _facts(user),
            "crumbs": [Crumb("消息", reverse("notices:list")), Crumb("邮件设置")],
            "refused": queries.is_refused(user),
            "off": not policies.mail_is_on(),
        }
        return render(request, "notices/settings.html", context, status=status)

    if request.method == "POST":
        return submit(request, WayForm(request.POST), act, done="邮件方式已保存。", again=again)
    return again(WayForm(initial={"way": queries.way_of(user).value}))


def _facts(user: Any) -> list[Fact]:
    hours = policies.mail_hours()
    last = queries.last_mail(user)
    said = f"{moment(last.made_at)} {last}（{MailState(last.state).label}）" if last else "还没有"
    return [
        Fact("邮箱", user.email or "没有填写，请联系平台管理员"),
        Fact("发信时间", f"工作日{hours.morning:%H:%M}至{hours.evening:%H:%M}，休息日不发"),
        Fact("最近一封", said),
    ]
