"""Turns a refusal raised in a view into a page or fragment that says why; decides nothing."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.kernel.refusal import Refused

STATUS = {
    "not_yours": 403,
    "not_allowed": 403,
    "invisible": 404,
    "not_found": 404,
    "store_down": 503,
}
HEADING = {403: "没有权限", 404: "没有找到", 409: "现在不能这样做", 503: "暂时用不了"}


class RefusalMiddleware:
    """Answers ``Refused``: 403 for ``*.not_yours``, 404 for ``*.invisible``, else 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Show the reasons; anything but a refusal is left to Django."""
        return show_refused(request, error) if isinstance(error, Refused) else None


def status_of(refused: Refused) -> int:
    """Return the status a refusal answers with: the strictest of its codes' last words."""
    found = {STATUS.get(code.rpartition(".")[2], 409) for code in refused.codes}
    return next(status for status in (404, 403, 503, 409) if status in found)


def show_refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Answer with every reason: a fragment into ``#messages`` for HTMX, a whole page otherwise."""
    status = status_of(refused)
    context = {
        "heading": HEADING[status],
        "refusals": refused.refusals,
        "back": _back(request),
        "stale": "kernel.stale" in refused.codes,
    }
    if request.headers.get("HX-Request"):
        response = render(request, "ui/_refused.html", context, status=status)
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML show:top"
        return response
    return render(request, "ui/refused.html", context, status=status)


def _back(request: HttpRequest) -> str:
    came_from = request.headers.get("Referer", "")
    safe = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return came_from if safe else "/"
