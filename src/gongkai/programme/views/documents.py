"""Pages of source documents: list, receive, progress, review, changes, make binding."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused, refuse_if
from gongkai.outbox import api as outbox
from gongkai.programme import actions, policies, queries
from gongkai.programme.forms import BindForm, ReasonForm, ReceiveForm, VersionForm
from gongkai.programme.rules import new_year_for
from gongkai.programme.states import DocumentState
from gongkai.programme.views import lists, showing
from gongkai.programme.views.filled import data_of, sent_of
from gongkai.ui.handing_in import body_of
from gongkai.ui.submitting import submit


@require_GET
def document_list(request: HttpRequest) -> HttpResponseBase:
    """List the documents that the user sees, newest first."""
    user = user_of(request)
    context = {"bodies": policies.edited_bodies(user)}
    rows = queries.documents(user)
    return lists.DOCUMENTS.answer(request, rows, "programme/document_list.html", context)


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """Take in a document for a body of which the user runs the programme."""
    return _receive(request, replaces=None)


@require_http_methods(["GET", "POST"])
def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in a later version of a binding document."""
    return _receive(request, replaces=_document(user_of(request), pk))


def _receive(request: HttpRequest, *, replaces: queries.Document | None) -> HttpResponse:
    user = user_of(request)
    bodies = [replaces.body] if replaces else policies.edited_bodies(user)
    if not bodies:
        raise Refused(policies.NOT_AN_EDITOR)
    for body in bodies:
        refuse_if(policies.why_not_receive(body, actor=user, replaces=replaces))
    form = ReceiveForm(sent_of(request), request.FILES or None, bodies=bodies)

    def act(data: dict[str, Any]) -> str:
        upload, name = form.content()
        document = actions.receive_document(
            actor=user,
            body=body_of(request, bodies, policies.NOT_AN_EDITOR),
            upload=upload,
            name=name,
            title=data["title"],
            replaces=replaces,
        )
        return reverse("programme:document", args=[document.pk])

    def again(sent: Form, status: int = 200) -> HttpResponse:
        only = bodies[0] if len(bodies) == 1 else None
        context = {"form": sent, "replaces": replaces, "body": only}
        return render(request, "programme/receive.html", context, status=status)

    if request.method == "GET":
        return again(form)
    body_of(request, bodies, policies.NOT_AN_EDITOR)
    return submit(request, form, act, again=again, beside="file" if request.FILES else "pasted")


@require_GET
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a document as its state asks: progress, the reason it failed, or its review."""
    user = user_of(request)
    found = _document(user, pk)
    context = {
        "document": found,
        "crumbs": showing.crumbs(found)[:1],
        "editable": policies.may_edit(user, found.body),
        "timeline": queries.timeline(found),
    }
    if found.state == DocumentState.RECEIVED:
        context["progress"] = outbox.progress_of(f"reading:{found.pk}")
        return render(request, "programme/document_reading.html", context)
    if found.state in (DocumentState.UNREADABLE, DocumentState.WITHDRAWN):
        context["form"] = ReasonForm(initial={"version": found.version})
        return render(request, "programme/document_closed.html", context)
    return render(request, "programme/document_review.html", context | _review(found, user))


def _review(found: queries.Document, user: User) -> dict[str, object]:
    review = queries.review(found)
    why_not = list(policies.why_not_bind(found, actor=user, history_until=None))
    return {
        "review": review,
        "parts": showing.parts(review, found),
        "dropped": [showing.shown_row(row) for row in review.dropped],
        "open_names": [name for name in review.names if not name.settled],
        "settled_names": [name for name in review.names if name.settled],
        "units": queries.units_of(found.body),
        "facts": showing.document_facts(found, queries.cited_documents(user, found)),
        "steps": showing.steps(found, review),
        "acts": showing.document_acts(
            found,
            review,
            editable=policies.may_edit(user, found.body),
            why_not_bind=why_not,
            why_not_replace=list(policies.why_not_receive(found.body, actor=user, replaces=found)),
        ),
        "tone": showing.TONES[DocumentState(found.state)],
    }


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer how far the reading is; tells the page to go on when it is over."""
    found = _document(user_of(request), pk)
    if found.state != DocumentState.RECEIVED:
        done = HttpResponse()
        done["HX-Refresh"] = "true"
        return done
    context = {"document": found, "progress": outbox.progress_of(f"reading:{found.pk}")}
    return render(request, "programme/_progress.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a document that was never made binding."""
    user = user_of(request)
    found = _document(user, pk)
    why_not = policies.why_not_document("withdraw", found, actor=user)
    data = data_of(ReasonForm(request.POST), why_not)
    actions.withdraw(found, actor=user, expected=data["version"], reason=data["reason"])
    return redirect("programme:document", pk=pk)


@require_GET
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a later version changes, task by task."""
    found = _document(user_of(request), pk)
    context = {
        "document": found,
        "crumbs": showing.crumbs(found),
        "changes": showing.change_groups(queries.other_version_changes(found)),
    }
    return render(request, "programme/changes.html", context)


@require_http_methods(["GET", "POST"])
def bind(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose how the document is made binding, and do so."""
    user = user_of(request)
    found = _document(user, pk)
    today = clock.today()
    is_past = bool(found.year and found.year < today.year)
    year = new_year_for(today) if is_past else (found.year or today.year)
    first = {
        "version": found.version,
        "mode": "moved" if is_past else "current",
        "year": year,
    }
    later = found.replaces is not None
    form = BindForm(sent_of(request), initial=first, is_later=later, is_past=is_past)
    if request.method == "POST" and form.is_valid():
        programme = actions.bind(found, actor=user, **_bind_choice(form, found, today))
        messages.success(request, f"已下达，共{queries.task_count(programme)}项任务。")
        return redirect(queries.board_url(programme))
    heads, preview = showing.preview_table(queries.clock_preview(found, year), moved=is_past)
    context = {
        "document": found,
        "form": form,
        "is_past": is_past,
        "crumbs": showing.crumbs(found),
        "preview_heads": heads,
        "preview": preview,
        "past_note": f"这是{found.year}年的文件。要继续办就选新的年份；只留作记录就按历史登记。",
        "why_not": list(policies.why_not_bind(found, actor=user, history_until=None)),
        "signing": showing.signing(found, user),
        "stop_heads": showing.STOP_HEADS,
        "changes": showing.change_groups(queries.other_version_changes(found)),
    }
    return render(request, "programme/bind.html", context)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what was accepted round for signature, where others have to sign before it binds."""
    user = user_of(request)
    found = _document(user, pk)
    why_not = policies.why_not_bind(found, actor=user, history_until=None)
    data = data_of(VersionForm(request.POST), why_not)
    actions.send_for_signature(found, actor=user, expected=data["version"])
    messages.success(request, "已送签。签齐后在这里下达。")
    return redirect("programme:bind", pk=pk)


def _bind_choice(form: BindForm, document: queries.Document, today: date) -> dict[str, Any]:
    data = form.cleaned_data
    own_year = document.year or today.year
    history = data["mode"] == "history"
    moved = data["mode"] == "moved"
    return {
        "expected": data["version"],
        "year": (data["year"] or own_year) if moved else own_year,
        "history_until": date(own_year, 12, 31) if history else None,
        "drop_removed": data.get("drop_removed", False),
    }


def _document(user: User, pk: int) -> queries.Document:
    found = queries.document_or_none(user, pk)
    if found is None:
        raise Http404
    return found
