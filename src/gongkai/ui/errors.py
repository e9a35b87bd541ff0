"""The pages for what went wrong; each says what happened and what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def _page(
    request: HttpRequest, status: int, heading: str, sentence: str, next_step: str
) -> HttpResponse:
    context = {"heading": heading, "sentence": sentence, "next_step": next_step}
    if request.headers.get("HX-Request"):
        response = render(request, "ui/errors/_error.html", context, status=status)
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML show:top"
        return response
    return render(request, "ui/errors/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read."""
    return _page(
        request,
        400,
        "看不懂这个请求",
        "提交的内容不完整或格式不对。",
        "请返回上一页，核对后再提交。",
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this person may not."""
    return _page(
        request,
        403,
        "没有权限",
        "这一页不在您的职责范围内。",
        "如果工作需要，请联系本单位政务公开办或平台管理员。",
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here, or nothing this person may see."""
    return _page(
        request,
        404,
        "没有找到",
        "这个地址下没有内容，或者不在您可以看到的范围内。",
        "请核对地址，或从首页重新进入。",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long or came from elsewhere."""
    return _page(
        request,
        403,
        "页面已经失效",
        "为了安全，这次提交没有被接受，内容没有改动。",
        "请返回上一页，刷新后再提交。",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the page asks nothing of the database."""
    html = render_to_string("ui/errors/server_error.html")
    return HttpResponse(html, status=500)
