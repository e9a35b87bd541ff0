"""The review of proposals and names: each view reads the request, calls one action, shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.kernel.refusal import Refused, refuse_if
from gongkai.programme import actions, policies, queries
from gongkai.programme.forms import ProposalForm, ReasonForm, SplitForm, VersionForm
from gongkai.programme.states import ProposalState
from gongkai.programme.views import showing
from gongkai.programme.views.filled import data_of, sent_of

FIELDS = ("text", "lead", "support", "clause", "superior")


@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one proposal beside its source."""
    user = user_of(request)
    found = _proposal(user, pk)
    form = ProposalForm(sent_of(request), initial=_initial(found))
    theirs: list[queries.Difference] = []
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        fields = {name: data[name] for name in FIELDS} | {"clock": data["clock"]}
        try:
            actions.correct(found, actor=user, expected=data["version"], **fields)
            return _back(found)
        except Refused as refused:
            if "kernel.stale" not in refused.codes:
                raise
            found = _proposal(user, pk)
            theirs = queries.differences(found, fields)
            if not theirs:
                return _back(found)
            form.data = {**form.data.dict(), "version": str(found.version)}  # type: ignore[attr-defined]  # of a request
    text, base = queries.source_around(found)
    context = {
        "proposal": found,
        "document": found.document,
        "form": form,
        "theirs": theirs,
        "heading": f"更正第{found.row}项",
        "crumbs": showing.crumbs(found.document),
        "source": showing.around(found, text, base),
        "corrections": queries.corrections(found),
        "acts": showing.proposal_acts(found),
        "tone": showing.TONES.get(ProposalState(found.state), "off"),
        "why_not": list(policies.why_not_proposal("correct", found, actor=user)),
    }
    status = 409 if theirs else 200
    return render(request, "programme/proposal.html", context, status=status)


def _initial(found: queries.Proposal) -> dict[str, Any]:
    first: dict[str, Any] = {"version": found.version, **(found.clock or {})}
    first |= {name: getattr(found, name) for name in FIELDS}
    first["lead"] = "、".join(found.lead)
    first["support"] = "、".join(found.support)
    return first


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a proposal as it stands."""
    return _with_version(request, pk, "accept", actions.accept)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back for review."""
    return _with_version(request, pk, "restore", actions.restore)


@require_POST
def inherit(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill a proposal's empty cells with what the row above offers; a correction like any."""

    def take(found: queries.Proposal, *, actor: User, expected: int) -> object:
        offered = queries.inherited_fields(found)
        return actions.correct(found, actor=actor, expected=expected, **offered)

    return _with_version(request, pk, "correct", take)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a proposal out, with the reason."""
    user = user_of(request)
    found = _proposal(user, pk)
    why_not = policies.why_not_proposal("drop", found, actor=user)
    data = data_of(ReasonForm(request.POST), why_not)
    actions.drop(found, actor=user, expected=data["version"], reason=data["reason"])
    return _back(found)


@require_POST
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Split a proposal, one part a line."""
    user = user_of(request)
    found = _proposal(user, pk)
    why_not = policies.why_not_proposal("split", found, actor=user)
    data = data_of(SplitForm(request.POST), why_not)
    texts = data["texts"].splitlines()
    first, *_ = actions.split(found, actor=user, expected=data["version"], texts=texts)
    return _back(first)


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge the chosen proposals of a document; each is sent as ``id:version``."""
    user = user_of(request)
    found = _document(user, pk)
    refuse_if(policies.why_not_document("bind", found, actor=user))
    chosen, versions = [], []
    for word in request.POST.getlist("chosen"):
        proposal_id, _, version = word.partition(":")
        if not (proposal_id.isdecimal() and version.isdecimal()):
            raise Http404
        chosen.append(_proposal(user, int(proposal_id)))
        versions.append(int(version))
    one = actions.merge(chosen, actor=user, expected=versions)
    return redirect(f"{reverse('programme:document', args=[found.pk])}#p{one.pk}")


@require_POST
def accept_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept every proposal that leaves nothing to decide."""
    user = user_of(request)
    found = _document(user, pk)
    accepted, left = actions.accept_clear(found, actor=user)
    rest = f"还有{left}条需要您定。" if left else ""
    messages.success(request, f"已采纳{accepted}条。{rest}")
    return redirect("programme:document", pk=pk)


@require_http_methods(["GET", "POST"])
def settle_name(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whom a name stands for."""
    user = user_of(request)
    name = _name(user, pk)
    why_not = list(policies.why_not_document("bind", name.document, actor=user))
    if request.method == "GET":
        context = {
            "name": name,
            "units": queries.units_of(name.document.body),
            "crumbs": showing.crumbs(name.document),
            "why_not": why_not,
        }
        return render(request, "programme/settle_name.html", context)
    data = data_of(VersionForm(request.POST), why_not)
    chosen = [int(x) for x in request.POST.getlist("units") if x.isdecimal()]
    actions.settle_name(
        name,
        actor=user,
        units=queries.units_by_id(name.document.body, chosen),
        expected=data["version"],
        remember=True,
    )
    return redirect(f"{reverse('programme:document', args=[name.document_id])}#names")


@require_POST
def create_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Create the unit that a name stands for, and settle the name to it."""
    user = user_of(request)
    name = _name(user, pk)
    why_not = policies.why_not_document("bind", name.document, actor=user)
    data = data_of(VersionForm(request.POST), why_not)
    actions.create_unit_for(name, actor=user, expected=data["version"])
    messages.success(request, f"已新建“{name.text}”。")
    return redirect(f"{reverse('programme:document', args=[name.document_id])}#names")


def _with_version(
    request: HttpRequest, pk: int, verb: str, action: Callable[..., object]
) -> HttpResponse:
    user = user_of(request)
    found = _proposal(user, pk)
    why_not = policies.why_not_proposal(verb, found, actor=user)
    data = data_of(VersionForm(request.POST), why_not)
    action(found, actor=user, expected=data["version"])
    return _back(found)


def _back(found: queries.Proposal) -> HttpResponse:
    return redirect(f"{reverse('programme:document', args=[found.document_id])}#p{found.pk}")


def _proposal(user: User, pk: int) -> queries.Proposal:
    found = queries.proposal_or_none(user, pk)
    if found is None:
        raise Http404
    return found


def _name(user: User, pk: int) -> queries.Name:
    found = queries.name_or_none(user, pk)
    if found is None:
        raise Http404
    return found


def _document(user: User, pk: int) -> queries.Document:
    found = queries.document_or_none(user, pk)
    if found is None:
        raise Http404
    return found
