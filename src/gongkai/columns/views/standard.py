"""The standard column of disclosure: what stands there, what changed, when it is looked over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.columns import actions, policies, queries
from gongkai.columns.forms import OutcomeForm, ReviewForm
from gongkai.columns.queries.standard import Standing
from gongkai.columns.views.overview import HERE
from gongkai.kernel.refusal import refuse_if
from gongkai.organisation.api import Unit
from gongkai.publications import api as publications
from gongkai.ui.handing_in import chosen_body
from gongkai.ui.parts import Act, Crumb, Sign
from gongkai.ui.submitting import submit, version_seen

Sent = Mapping[tuple[str, int], Form]
"""Forms that came back, by verb and item."""


@require_GET
def standard(request: HttpRequest) -> HttpResponse:
    """Show a body's standard column."""
    user = user_of(request)
    body = chosen_body(request, policies.bodies_of(user), policies.NOT_SEEN)
    return _page(request, user, body, {})


def _page(
    request: HttpRequest, user: User, body: Unit, sent: Sent, status: int = 200
) -> HttpResponse:
    parts = [
        (part, [(one, _sign(one), list(_acts(user, one, sent))) for one in part.standing])
        for part in queries.standard_parts(body)
    ]
    context = {
        "body": body,
        "parts": parts,
        "changes": queries.standard_changes(body),
        "crumbs": [Crumb(HERE, f"{reverse('columns:overview')}?body={body.pk}")],
    }
    return render(request, "columns/standard.html", context, status=status)


def _sign(one: Standing) -> Sign | None:
    duty = one.review.duty if one.review else None
    if duty is None or duty.closed_at is not None:
        return None
    return Sign(duty.light, duty.rule.label, duty.rule.sentence, duty.due_on)


def _acts(user: User, one: Standing, sent: Sent) -> Iterator[Act]:
    item, review = one.edition.item, one.review
    if not publications.may_change(user, item):
        return
    months = sent.get(("set_review", item.pk)) or ReviewForm(
        initial={"months": review.months if review else 12}
    )
    hidden = {"version": review.version if review else 0}
    label = "改修订周期" if review else "设修订周期"
    url = reverse("columns:set_review", args=[item.pk])
    yield Act(label, url, form=months, hidden=hidden, tone="quiet")
    if review is not None:
        form = sent.get(("enter_review", item.pk)) or OutcomeForm()
        url = reverse("columns:enter_review", args=[review.pk])
        yield Act("登记检查结果", url, form=form, hidden=hidden)


@require_POST
def set_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Have an item looked over every so often."""
    user = user_of(request)
    item = publications.item_or_none(user, pk)
    if item is None:
        raise Http404
    refuse_if([] if publications.may_change(user, item) else [policies.NOT_KEEPER])

    def act(data: dict[str, Any]) -> str:
        months = data["months"]
        actions.set_review(item, actor=user, months=months, expected=version_seen(request))
        return f"{reverse('columns:standard')}?body={item.body_id}"

    def again(form: Form, status: int) -> HttpResponse:
        return _page(request, user, item.body, {("set_review", item.pk): form}, status)

    return submit(request, ReviewForm(request.POST), act, again=again, done="已设修订周期。")


@require_POST
def enter_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter what a review found."""
    user = user_of(request)
    found = queries.review_or_none(user, pk)
    if found is None:
        raise Http404
    item = found.item
    refuse_if([] if publications.may_change(user, item) else [policies.NOT_KEEPER])

    def act(data: dict[str, Any]) -> str:
        outcome = data["outcome"]
        actions.enter_review(found, actor=user, outcome=outcome, expected=version_seen(request))
        return f"{reverse('columns:standard')}?body={item.body_id}"

    def again(form: Form, status: int) -> HttpResponse:
        return _page(request, user, item.body, {("enter_review", item.pk): form}, status)

    return submit(request, OutcomeForm(request.POST), act, again=again, done="已登记。")
