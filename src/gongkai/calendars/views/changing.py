"""Pages that change the calendar: a notice typed in or pasted, or taken from a table file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.accounts.api import user_of
from gongkai.calendars import actions, forms, policies, queries
from gongkai.calendars.rules import Entry, NoticeHead, read_notice, spans
from gongkai.calendars.states import Shift
from gongkai.calendars.views.showing import CRUMBS
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.ui.parts import Crumb
from gongkai.ui.submitting import submit


def _title(year: int) -> str:
    return f"国务院办公厅关于{year}年部分节假日安排的通知"


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, year: int) -> HttpResponse:
    """Enter a year's notice: paste its text, check the rows, keep them."""
    user = user_of(request)
    refuse_if(policies.why_not_edit(user))
    if not 1950 <= year <= 2200:
        raise Http404
    if request.method == "GET":
        return _edit_page(request, year, _head_form(year), forms.rows_for(_present(year)))
    if "read" in request.POST:
        return _read_pasted(request, year)
    return _keep(request, year)


def _head_form(year: int) -> forms.NoticeForm:
    notice = queries.notice_in_force(year)
    initial = {"title": _title(year), "expected": queries.latest_number()}
    if notice is not None:
        initial |= {
            "title": notice.title,
            "number": notice.number,
            "issued_on": notice.issued_on,
        }
    return forms.NoticeForm(initial=initial)


def _present(year: int) -> list[Any]:
    notice = queries.notice_in_force(year)
    days = notice.days.all() if notice else ()
    return spans([Entry(d.on, Shift(d.shift), d.name) for d in days])


def _read_pasted(request: HttpRequest, year: int) -> HttpResponse:
    """Fill the rows from the pasted text; nothing is kept yet."""
    paste = forms.PasteForm(request.POST)
    found = read_notice(paste.cleaned_data["text"], year) if paste.is_valid() else []
    if paste.is_valid() and not found:
        paste.add_error("text", "没有认出放假安排，请核对粘贴的是通知正文，或直接填下面的表。")
    rows = forms.rows_for(found or _present(year))
    return _edit_page(request, year, _head_form(year), rows, paste, read=len(found))


def _keep(request: HttpRequest, year: int) -> HttpResponse:
    head, rows = forms.NoticeForm(request.POST), forms.RowFormSet(request.POST, prefix="rows")
    if not (head.is_valid() and rows.is_valid()):
        return _edit_page(request, year, head, rows, status=422)
    return _changed(
        request,
        head.head(year),
        forms.entries_of(rows),
        head,
        lambda head, status: _edit_page(request, year, head, rows, status=status),
    )


def _changed(
    request: HttpRequest, notice: NoticeHead, entries: list[Entry], head: Any, again: Any
) -> HttpResponse:
    """Enter the notice; a refusal comes back on the page it was made from."""

    def act(data: dict[str, Any]) -> str:
        version = actions.change_days(
            actor=user_of(request),
            notice=notice,
            rows=entries,
            reason=data["reason"],
            expected=data["expected"],
        )
        return reverse("calendars:version", args=[version.number])

    done = f"{notice.year}年安排已录入，在办时限正在按新日历重算。"
    return submit(request, head, act, done=done, again=again)


def _edit_page(
    request: HttpRequest,
    year: int,
    head: forms.NoticeForm,
    rows: Any,
    paste: forms.PasteForm | None = None,
    *,
    read: int = 0,
    status: int = 200,
) -> HttpResponse:
    context = {
        "year": year,
        "title": f"录入{year}年放假安排",
        "crumbs": [*CRUMBS, Crumb(f"{year}年", reverse("calendars:year", args=[year]))],
        "read_note": f"认出{read}段，请逐条核对后保存。",
        "head": head,
        "rows": rows,
        "paste": paste or forms.PasteForm(),
        "read": read,
    }
    return render(request, "calendars/edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
def take_file(request: HttpRequest) -> HttpResponse:
    """Take a year's days from a table file; every row is reported, none taken if one is wrong."""
    refuse_if(policies.why_not_edit(user_of(request)))
    if request.method == "GET":
        year = clock.today().year + 1
        initial = {"year": year, "title": _title(year), "expected": queries.latest_number()}
        return _import_page(request, forms.FileForm(initial=initial))
    form = forms.FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _import_page(request, form, status=422)
    return _take(request, form)


def _take(request: HttpRequest, form: forms.FileForm) -> HttpResponse:
    year = form.cleaned_data["year"]
    try:
        lines = forms.read_sheet(form.cleaned_data["file"], year)
    except forms.Unreadable as problem:
        form.add_error("file", str(problem))
        return _import_page(request, form, status=422)
    if any(line.problems for line in lines):
        return _import_page(request, form, lines, status=422)
    entries = [line.entry for line in lines if line.entry]
    return _changed(
        request,
        form.head(year),
        entries,
        form,
        lambda form, status: _import_page(request, form, lines, status=status),
    )


def _import_page(
    request: HttpRequest,
    form: forms.FileForm,
    lines: list[forms.Line] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    report = [(line.number, line.text, line.outcome) for line in lines or ()]
    wrong = sum(bool(line.problems) for line in lines or ())
    context = {
        "form": form,
        "report": report,
        "wrong": wrong,
        "wrong_note": f"{len(report)}行中有{wrong}行不对，一行也没有录入。改好后再导入。",
        "heads": ["行", "内容", "结果"],
        "crumbs": CRUMBS,
    }
    return render(request, "calendars/import.html", context, status=status)
