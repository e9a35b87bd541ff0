"""The buttons of an item: each calls one action and shows the page again with what was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.api import User, user_of
from gongkai.kernel.refusal import refuse_if
from gongkai.publications import actions, policies, queries
from gongkai.publications.forms import ReasonForm, ScheduleForm, SendForm, WithdrawForm
from gongkai.publications.queries import Edition, Item
from gongkai.publications.states import Change, WithdrawReason
from gongkai.publications.views.records import edition_or_404, item_or_404, item_page
from gongkai.ui.submitting import submit, version_seen

Do = Callable[..., object]
EDITION_VERBS: dict[str, tuple[type[Form], Do, str]] = {
    "ask_check": (Form, actions.ask_check, "正在检查，请稍等。"),
    "send": (SendForm, actions.send, "已送审。"),
    "recall": (ReasonForm, actions.recall, "已取回，改好后请再送审。"),
    "drop": (ReasonForm, actions.drop, "已作废。"),
    "publish": (Form, actions.publish, "已发布。"),
    "schedule": (ScheduleForm, actions.schedule, "已定时。"),
    "unschedule": (Form, actions.unschedule, "已取消定时。"),
    "file": (Form, actions.file, "已登记，不发布。"),
    "withdraw": (WithdrawForm, actions.withdraw, "已撤回。"),
    "restore": (Form, actions.restore, "已恢复发布。"),
}
"""Verb → its form, its action, what is said when it is done."""


def edition_verb(verb: str) -> Callable[[HttpRequest, int], HttpResponse]:
    """Return the view of one verb of an edition."""
    form, call, done = EDITION_VERBS[verb]

    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        user = user_of(request)
        found = edition_or_404(user, pk)
        refuse_if(_not_theirs(verb, found, user))

        def act(data: dict[str, Any]) -> str:
            call(found, actor=user, expected=version_seen(request), **data)
            return reverse("publications:item", args=[found.item_id])

        return submit(
            request,
            form(request.POST),
            act,
            again=_again(request, user, found.item, verb),
            done=done,
        )

    view.__doc__ = call.__doc__
    return view


def _not_theirs(verb: str, edition: Edition, user: User) -> list[Any]:
    """Say that a person has no business with this button, whatever was typed."""
    asked: dict[str, Callable[[], Any]] = {
        "withdraw": lambda: policies.why_not_withdraw(
            edition, actor=user, reason=WithdrawReason.WRONG, note=""
        ),
        **{
            name: lambda: policies.why_not_as_publisher(verb, edition, actor=user)
            for name in ("publish", "schedule", "unschedule", "file", "restore")
        },
    }
    ask = asked.get(verb, lambda: policies.why_not("save", edition, actor=user))
    return [one for one in ask() if one.code.endswith(".not_yours")]


def _again(
    request: HttpRequest, user: User, item: Item, name: str
) -> Callable[[Form, int], HttpResponse]:
    def again(form: Form, status: int) -> HttpResponse:
        shown = item_or_404(user, item.pk)
        return item_page(request, user, shown, {name: form}, status)

    return again


@require_POST
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next edition: the content changed."""
    return _begin_edition(request, pk, Change.REVISION)


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next edition: words were wrong."""
    return _begin_edition(request, pk, Change.CORRECTION)


def _begin_edition(request: HttpRequest, pk: int, change: Change) -> HttpResponse:
    user = user_of(request)
    found = item_or_404(user, pk)
    if not policies.may_change(user, found):
        refuse_if(policies.why_not_revise(found, actor=user))

    def act(_: dict[str, Any]) -> str:
        edition = actions.revise(found, actor=user, change=change, expected=version_seen(request))
        return reverse("publications:edit", args=[edition.pk])

    again = _again(request, user, found, "revise")
    return submit(request, Form(request.POST), act, again=again, done="已起草新版。")


@require_POST
def remove_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file out of a draft."""
    user = user_of(request)
    row = queries.file_or_none(user, pk)
    if row is None:
        raise Http404
    refuse_if(_not_theirs("save", row.edition, user))

    def act(_: dict[str, Any]) -> str:
        actions.remove_file(row, actor=user, expected=version_seen(request))
        return reverse("publications:item", args=[row.edition.item_id])

    again = _again(request, user, row.edition.item, "remove_file")
    return submit(request, Form(request.POST), act, again=again, done="已移除。")


@require_POST
def overrule(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a finding pass, by name and with a reason."""
    user = user_of(request)
    row = queries.finding_or_none(user, pk)
    if row is None:
        raise Http404
    edition = row.check_run.edition
    refuse_if(_not_theirs("send", edition, user))

    def act(data: dict[str, Any]) -> str:
        actions.overrule(row, actor=user, reason=data["reason"], expected=version_seen(request))
        return reverse("publications:item", args=[edition.item_id]) + "#findings"

    form = ReasonForm(request.POST, prefix=f"f{row.pk}")
    again = _again(request, user, edition.item, f"overrule-{row.pk}")
    return submit(request, form, act, again=again, done="已放行，理由已记录。")
