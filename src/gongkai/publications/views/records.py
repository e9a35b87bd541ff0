"""The page of an item, of one edition, what readers get, and how far a check is."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.accounts.api import User, user_of
from gongkai.audit.api import timeline
from gongkai.outbox import api as outbox
from gongkai.publications import panels, policies, queries
from gongkai.publications.forms import FileForm
from gongkai.publications.queries import Edition, Item
from gongkai.publications.rules import version_words
from gongkai.publications.states import OPEN_TO_CHANGE, CheckState
from gongkai.publications.views import showing
from gongkai.publications.views.lists import sign_of, state_of
from gongkai.ui.parts import Crumb


def item_or_404(user: User, pk: int) -> Item:
    """Return an item that the person works on or follows."""
    found = queries.item_or_none(user, pk)
    if found is None:
        raise Http404
    return found


def edition_or_404(user: User, pk: int) -> Edition:
    """Return an edition of such an item."""
    found = queries.edition_or_none(user, pk)
    if found is None:
        raise Http404
    return found


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an item by its newest edition: facts, clock, buttons, files, checks, history."""
    user = user_of(request)
    return item_page(request, user, item_or_404(user, pk), {})


def item_page(
    request: HttpRequest, user: User, found: Item, sent: showing.Sent, status: int = 200
) -> HttpResponse:
    """Show an item, with forms that came back."""
    edition = queries.newest(found)
    check = queries.check_of(edition)
    context = {
        "item": found,
        "edition": edition,
        "version_words": version_words(edition.order, edition.change),
        "state": state_of(edition),
        "sign": sign_of(edition),
        "crumbs": showing.crumbs(),
        "facts": list(showing.facts(edition)),
        "acts": list(showing.acts(found, edition, user, sent)),
        "missing": showing.still_missing(edition),
        "files": queries.files_of(edition),
        "may_add": edition.state in OPEN_TO_CHANGE and policies.may_change(user, found),
        "file_form": sent.get("add_file") or FileForm(),
        "check": check,
        "check_status": showing.check_status(edition),
        "progress": _progress(edition) if check and check.state == CheckState.RUNNING else None,
        "findings": showing.findings(edition, user, sent),
        "stops": queries.stops_of(edition, user),
        "returned": queries.return_reason(edition),
        "panels": panels.panels(user, edition),
        "editions": showing.edition_rows(found),
        "timeline": timeline(found),
    }
    return render(request, "publications/item.html", context, status=status)


def _progress(edition: Edition) -> Any:
    return outbox.progress_of(f"checking:{edition.pk}")


@require_GET
def checking(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer how far a check is; tells the page to go on when it is over."""
    found = edition_or_404(user_of(request), pk)
    check = queries.check_of(found)
    if check is None or check.state != CheckState.RUNNING:
        done = HttpResponse()
        done["HX-Refresh"] = "true"
        return done
    context = {"edition": found, "progress": _progress(found)}
    return render(request, "publications/_checking.html", context)


@require_GET
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one edition, whatever became of it."""
    user = user_of(request)
    found = edition_or_404(user, pk)
    where = Crumb(found.item.title, reverse("publications:item", args=[found.item_id]))
    context = {
        "edition": found,
        "version_words": version_words(found.order, found.change),
        "state": state_of(found),
        "crumbs": showing.crumbs(where),
        "facts": list(showing.facts(found)),
        "files": queries.files_of(found),
    }
    return render(request, "publications/edition.html", context)


@require_GET
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what readers get of an item: its published edition, to whom it is published."""
    user = user_of(request)
    found = queries.readable_item(user, pk)
    if found is None:
        raise Http404
    context = {
        "edition": found,
        "facts": list(showing.facts(found)),
        "files": queries.public_files(found),
        "panels": panels.panels(user, found, for_readers=True),
    }
    return render(request, "publications/read.html", context)
