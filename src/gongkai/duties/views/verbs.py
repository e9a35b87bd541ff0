"""The buttons that change a clock: each reads its form, calls its action and shows the duty."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from gongkai.accounts.api import User, user_of
from gongkai.duties import actions, policies, queries
from gongkai.duties.views.acts import form_for
from gongkai.duties.views.why import duty_or_404, page
from gongkai.kernel.refusal import refuse_if
from gongkai.ui.submitting import submit

if TYPE_CHECKING:
    from gongkai.duties.models import Duty

Filled = dict[str, Any]
Verb = Callable[["Duty", User, Filled], object]


def _do(request: HttpRequest, pk: int, verb: str, call: Verb, said: str) -> HttpResponse:
    """Do the verb and show the duty again; with the reasons beside what was typed if refused.

    Who may not do it at all, and whoever comes when all is over, is told so before anything else.
    """
    user = user_of(request)
    duty = duty_or_404(user, pk)
    refuse_if(policies.why_not(verb, duty, actor=user))
    form = form_for(user, queries.explain(duty), verb, request.POST)

    def act(data: Filled) -> str:
        call(duty, user, data)
        return reverse("duties:why", args=[pk])

    def again(sent: Form, status: int) -> HttpResponse:
        now = duty_or_404(user, pk)
        if status != 422:  # what was seen has been told; the next try is about what stands now
            name = sent.add_prefix("version")
            sent.data = {**sent.data.dict(), name: str(now.version)}  # type: ignore[attr-defined]  # of a request
        return page(request, user, now, {verb: sent}, status)

    return submit(request, form, act, again=again, done=said)


@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the clock from a sending on."""

    def call(duty: Duty, user: User, data: Filled) -> object:
        return actions.pause(
            duty, actor=user, at=data["at"], reason=data["reason"], expected=data["version"]
        )

    return _do(request, pk, "pause", call, "已暂停计时，答复后请恢复。")


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the clock go on from an answer."""

    def call(duty: Duty, user: User, data: Filled) -> object:
        return actions.resume(
            duty,
            actor=user,
            at=data["at"],
            reason=data["reason"],
            key=data.get("key", ""),
            expected=data["version"],
        )

    return _do(request, pk, "resume", call, "已恢复计时。")


@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Lengthen the limit in its own unit."""

    def call(duty: Duty, user: User, data: Filled) -> object:
        return actions.extend(
            duty, actor=user, days=data["days"], reason=data["reason"], expected=data["version"]
        )

    return _do(request, pk, "extend", call, "已延长期限。")


@require_POST
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the clock anew."""

    def call(duty: Duty, user: User, data: Filled) -> object:
        return actions.reset(
            duty, actor=user, at=data["at"], reason=data["reason"], expected=data["version"]
        )

    return _do(request, pk, "reset", call, "已重新起算。")


@require_POST
def set_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the duty its date: the superior's, or another than before."""

    def call(duty: Duty, user: User, data: Filled) -> object:
        return actions.set_date(
            duty, actor=user, on=data["on"], reason=data["reason"], expected=data["version"]
        )

    return _do(request, pk, "set_date", call, "到期日已定下。")


@require_POST
def reassign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the duty to another person or unit."""

    def call(duty: Duty, user: User, data: Filled) -> object:
        return actions.reassign(
            duty,
            actor=user,
            owner=queries.unit_of(data["owner"]),
            person=queries.person_of(data["person"]),
            reason=data["reason"],
            expected=data["version"],
        )

    return _do(request, pk, "reassign", call, "已改派。")
