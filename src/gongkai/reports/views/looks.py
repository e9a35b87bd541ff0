"""The page on which an office gives its reports a look of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.kernel.refusal import Refused
from gongkai.organisation.api import Unit
from gongkai.programme.api import edited_bodies
from gongkai.reports import actions, policies, queries
from gongkai.reports.forms import TemplateForm
from gongkai.reports.rules import docx
from gongkai.reports.views.drafts import DOCX
from gongkai.ui.parts import Act
from gongkai.ui.submitting import submit


@require_GET
def look(request: HttpRequest) -> HttpResponse:
    """Show the templates in use of the bodies for which the user works."""
    return _page(request)


def _page(
    request: HttpRequest, sent: dict[int, Form] | None = None, status: int = 200
) -> HttpResponse:
    user = user_of(request)
    bodies = edited_bodies(user)
    if not bodies:
        raise Refused(policies.NOT_AN_EDITOR)
    forms = sent or {}
    rows = [
        {
            "body": body,
            "template": queries.template_of(body),
            "form": forms.get(body.pk) or TemplateForm(auto_id=f"body-{body.pk}-%s"),
            "drop": _drop_act(body, user),
        }
        for body in bodies
    ]
    crumbs = [("落实报告", reverse("reports:drafts")), ("版式", "")]
    return render(request, "reports/look.html", {"rows": rows, "crumbs": crumbs}, status=status)


def _drop_act(body: Unit, user: User) -> Act:
    return Act(
        "恢复标准版式",
        reverse("reports:drop_template", args=[body.pk]),
        refusals=tuple(policies.why_not_template(body, actor=user)),
        tone="quiet",
    )


@require_POST
def set_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in a body's own template."""
    user = user_of(request)
    body = _body(user, pk)

    def act(data: dict[str, Any]) -> str:
        upload = data["file"]
        actions.set_template(actor=user, body=body, upload=upload, name=upload.name)
        return reverse("reports:look")

    def again(form: Form, status: int) -> HttpResponse:
        return _page(request, {body.pk: form}, status)

    form = TemplateForm(request.POST, request.FILES, auto_id=f"body-{body.pk}-%s")
    return submit(request, form, act, again=again, done="已换上本单位的版式。", beside="file")


@require_POST
def drop_template(request: HttpRequest, pk: int) -> HttpResponse:
    """Go back to the standard look."""
    user = user_of(request)
    actions.drop_template(actor=user, body=_body(user, pk))
    messages.success(request, "已恢复标准版式。")
    return redirect("reports:look")


@require_GET
def standard(request: HttpRequest) -> HttpResponse:
    """Give the standard template, from which an office makes its own."""
    if not policies.sees_checks(user_of(request)):
        raise Http404
    answer = HttpResponse(docx.standard(), content_type=DOCX)
    answer["Content-Disposition"] = 'attachment; filename="standard.docx"'
    return answer


def _body(user: User, pk: int) -> Unit:
    found = next((body for body in edited_bodies(user) if body.pk == pk), None)
    if found is None:
        raise Http404
    return found
