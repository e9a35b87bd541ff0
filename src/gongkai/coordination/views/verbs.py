"""The buttons of asking and answering: each calls one action and shows where it stood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.api import User, user_of
from gongkai.coordination import actions, policies, queries
from gongkai.coordination.forms import AnswerForm, AskForm, ReasonForm, SettleForm
from gongkai.coordination.queries import Asking
from gongkai.coordination.views import showing
from gongkai.coordination.views.pages import asking_or_404, asking_page
from gongkai.kernel.refusal import refuse_if
from gongkai.publications import api as publications
from gongkai.ui.parts import Act, Crumb
from gongkai.ui.submitting import submit, version_seen


def _there(item_pk: int) -> str:
    return reverse("publications:item", args=[item_pk]) + "#coordination"


def _again(
    request: HttpRequest, title: str, item_pk: int, acts: list[Act], status: int
) -> HttpResponse:
    where = Crumb(title, reverse("publications:item", args=[item_pk]))
    context = {"title": title, "acts": acts, "crumbs": [where]}
    return render(request, "coordination/again.html", context, status=status)


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a unit about a draft."""
    user = user_of(request)
    edition = publications.edition_or_none(user, pk)
    if edition is None:
        raise Http404
    if not publications.may_change(user, edition.item):
        refuse_if([policies.NOT_YOURS])
    form = AskForm(request.POST, units=queries.unit_choices(edition.item))

    def act(data: dict[str, Any]) -> str:
        unit = queries.unit_by_pk(data.pop("unit"))
        if unit is None:
            raise Http404
        actions.ask(edition, unit=unit, actor=user, **data)
        return _there(edition.item_id)

    def again(form: Form, status: int) -> HttpResponse:
        shown = showing.ask_act(edition, user, {"ask": form})
        return _again(request, edition.title, edition.item_id, [shown] if shown else [], status)

    return submit(request, form, act, again=again, done="已发出，对方答复后会提醒您。")


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer for the unit that is asked."""
    user = user_of(request)
    row = asking_or_404(user, pk)
    if not policies.may_answer(user, row):
        refuse_if([policies.NOT_ASKED])

    def act(data: dict[str, Any]) -> str:
        actions.answer(row, actor=user, expected=version_seen(request), **data)
        return reverse("coordination:asking", args=[row.pk])

    def again(form: Form, status: int) -> HttpResponse:
        return asking_page(request, user, asking_or_404(user, pk), {"answer": form}, status)

    return submit(request, AnswerForm(request.POST), act, again=again, done="已答复。")


Verb = Callable[[Asking, User, str, int], object]


def _settle(row: Asking, user: User, text: str, expected: int) -> object:
    return actions.settle(row, actor=user, settled=text, expected=expected)


def _close(row: Asking, user: User, text: str, expected: int) -> object:
    return actions.close(row, actor=user, reason=text, expected=expected)


def _take_back(row: Asking, user: User, text: str, expected: int) -> object:
    return actions.take_back(row, actor=user, reason=text, expected=expected)


DRAFTERS_VERBS: dict[str, tuple[Verb, type[Form], str, str]] = {
    "settle": (_settle, SettleForm, "settled", "已记录。"),
    "close": (_close, ReasonForm, "reason", "已结束，注明逾期未复。"),
    "take_back": (_take_back, ReasonForm, "reason", "已收回。"),
}


def drafters_verb(name: str) -> Callable[[HttpRequest, int], HttpResponse]:
    """Return the view of a verb of the drafting section."""
    verb, form_of, field, done = DRAFTERS_VERBS[name]

    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        user = user_of(request)
        row = asking_or_404(user, pk)
        if not publications.may_change(user, row.item):
            refuse_if([policies.NOT_YOURS])

        def act(data: dict[str, Any]) -> str:
            verb(row, user, data[field], version_seen(request))
            return _there(row.item_id)

        def again(form: Form, status: int) -> HttpResponse:
            acts = list(showing.acts(asking_or_404(user, pk), user, {name: form}))
            return _again(request, row.content["title"], row.item_id, acts, status)

        form = form_of(request.POST, prefix=f"{name[0]}{row.pk}")
        return submit(request, form, act, again=again, done=done)

    return view
