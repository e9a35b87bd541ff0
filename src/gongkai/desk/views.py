"""The home page, the type size switch and the health check; gathers, decides nothing."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gongkai.desk import gather
from gongkai.kernel import clock
from gongkai.ui.context import LARGE, TYPE_COOKIE

A_YEAR = 365 * 24 * 3600


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what needs this person, in order of time left."""
    waiting = gather.needs(request)
    summaries = gather.summaries(request)
    context = {
        "today": clock.today(),
        "needs": waiting[: gather.SHOWN],
        "pressing": max(gather.FEWEST, sum(need.sign.code != "green" for need in waiting)),
        "left_out": max(0, len(waiting) - gather.SHOWN),
        "summaries": summaries,
        "most": max((one.n for one in summaries), default=0),
    }
    return render(request, "desk/home.html", context)


@login_not_required
@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """Switch large type on or off and go back to where the switch was pressed."""
    after = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}):
        after = "/"
    response = HttpResponseRedirect(after)
    if request.POST.get("size") == LARGE:
        response.set_cookie(
            TYPE_COOKIE,
            LARGE,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(TYPE_COOKIE, samesite="Lax")
    return response


@login_not_required
@never_cache
@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Answer ``ok`` when the database answers, else 503; says nothing else to strangers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
