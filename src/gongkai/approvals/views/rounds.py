"""The page of a round: its chain as a picture, and the forms to sign, send back and hand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.approvals import actions, queries
from gongkai.approvals.forms import HandOnForm, ReturnForm, SignForm
from gongkai.approvals.states import RoundState, StepKind
from gongkai.approvals.views import showing
from gongkai.approvals.views.lists import round_status
from gongkai.kernel.refusal import Refused
from gongkai.ui.parts import Crumb

if TYPE_CHECKING:
    from gongkai.approvals.models import Round, RoundStep

NO_FORMS: showing.Forms = {}


@require_GET
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a round: what is signed, who signed, who is waited for, what the person may do."""
    user = user_of(request)
    found = queries.round_or_none(user, pk)
    if found is None:
        raise Http404
    return _page(request, user, found)


def _page(
    request: HttpRequest,
    user: User,
    found: Round,
    forms: showing.Forms = NO_FORMS,
    status: int = 200,
) -> HttpResponse:
    turns = queries.turns(queries.steps_of(found))
    stands = round_status(found)
    context = {
        "round": found,
        "crumbs": [Crumb("签批", reverse("approvals:waiting")), Crumb(str(found))],
        "stands": stands,
        "changed": found.state == RoundState.SUPERSEDED,
        "facts": showing.facts(found),
        "waits": showing.waits(turns),
        "picture": showing.picture(turns),
        "acts": showing.acts(user, found, turns, forms),
        "history": [(r, url, round_status(r)) for r, url in showing.history(user, found)],
        "timeline": queries.timeline(found),
    }
    return render(request, "approvals/round.html", context, status=status)


def _step(user: User, pk: int) -> RoundStep:
    found = queries.step_or_none(user, pk)
    if found is None:
        raise Http404
    return found


def _again(
    request: HttpRequest, user: User, step: RoundStep, verb: str, form: Form
) -> HttpResponse:
    """Show the page again with what was wrong in the form."""
    found = queries.round_or_none(user, step.round_id)
    if found is None:
        raise Http404
    return _page(request, user, found, {(verb, step.pk): form}, status=422)


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a step over the version that the page showed."""
    user = user_of(request)
    step = _step(user, pk)
    form = SignForm(request.POST, prefix=f"s{pk}")
    if not form.is_valid():
        return _again(request, user, step, "sign", form)
    data = form.cleaned_data
    actions.sign(step, actor=user, digest=data["digest"], comment=data["comment"])
    messages.success(request, f"“{step.round}”已{StepKind(step.kind).label}。")
    return redirect("approvals:round", pk=step.round_id)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the version back with the reason."""
    user = user_of(request)
    step = _step(user, pk)
    form = ReturnForm(request.POST, prefix=f"r{pk}")
    if not form.is_valid():
        return _again(request, user, step, "return", form)
    data = form.cleaned_data
    actions.return_to_drafter(step, actor=user, digest=data["digest"], reason=data["reason"])
    messages.success(request, f"“{step.round}”已退回{step.round.started_by.full_name}。")
    return redirect("approvals:round", pk=step.round_id)


@require_POST
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a named colleague to sign instead."""
    user = user_of(request)
    step = _step(user, pk)
    people = queries.possible_stand_ins(step, user)
    form = HandOnForm(request.POST, people=people, prefix=f"h{pk}")
    if form.is_valid():
        person = queries.person(form.cleaned_data["person"])
        try:
            actions.delegate_step(step, actor=user, person=person)
        except Refused as refused:
            if "approvals.not_yours" in refused.codes:
                raise
            for refusal in refused.refusals:
                form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"已转请{person.full_name}签。")
            return redirect("approvals:round", pk=step.round_id)
    return _again(request, user, step, "hand_on", form)
