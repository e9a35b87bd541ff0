"""The pages of a body's words: the list, adding, letting be, a table in and out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.api import user_of
from gongkai.kernel.refusal import Refusal, Refused
from gongkai.organisation.api import Unit
from gongkai.screening import Severity, format_entries
from gongkai.ui.handing_in import chosen_body
from gongkai.ui.lists import Column, Listing
from gongkai.ui.parts import Act, Crumb, Empty, Fact, Status
from gongkai.ui.submitting import submit, version_seen
from gongkai.wording import actions, policies, queries
from gongkai.wording.forms import OffForm, TableForm, WordForm
from gongkai.wording.queries import Word

MOST_BYTES = 2 * 1024 * 1024


def _state(row: Word) -> Status:
    if row.ended_at is not None:
        return Status("已停用", "off")
    return Status("不再提示", "wait") if row.is_off else Status("使用中", "good")


WORDS = Listing(
    name="wording",
    caption="本单位的用词",
    model="wording.Word",
    sort="-added_at",
    columns=[
        Column(
            "word", "错误写法", url=lambda row: reverse("wording:word", args=[row.pk]), lead=True
        ),
        Column("suggestion", "正确写法"),
        Column("reason", "说明"),
        Column("state", "情况", value=_state),
        Column("since_on", "起始日", kind="date"),
        Column("until_on", "截止日", kind="date"),
        Column("added_at", "加入日期", kind="date", sort=True),
    ],
    empty=Empty("还没有自己加的用词", "系统自带的词库一直在用；本地的机构名、地名可以加在这里。"),
)


def _body(request: HttpRequest) -> Unit:
    bodies = policies.keeping_bodies(user_of(request))
    return chosen_body(request, bodies, policies.NOT_OFFICE)


def _there(body: Unit) -> str:
    return f"{reverse('wording:list')}?body={body.pk}"


@require_GET
def words(request: HttpRequest) -> HttpResponseBase:
    """List a body's own words."""
    body = _body(request)
    context = {"body": body}
    return WORDS.answer(request, queries.words_of(body), "wording/list.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a word."""
    body = _body(request)
    form = WordForm(request.POST or None)

    def act(_data: dict[str, Any]) -> str:
        actions.add(body, actor=user_of(request), entry=form.entry())
        return _there(body)

    return _typed(request, form, act, body, "增加用词", "已加入，下次检查起使用。")


@require_http_methods(["GET", "POST"])
def switch_off(request: HttpRequest) -> HttpResponse:
    """Let a word of the product be."""
    body = _body(request)
    form = OffForm(request.POST or None, initial={"word": request.GET.get("word", "")})

    def act(data: dict[str, Any]) -> str:
        actions.switch_off(body, actor=user_of(request), **data)
        return _there(body)

    return _typed(request, form, act, body, "不再提示自带的用词", "已设为不再提示。")


def _typed(
    request: HttpRequest, form: Form, act: Any, body: Unit, title: str, done: str
) -> HttpResponse:
    def shown(filled: Form, status: int = 200) -> HttpResponse:
        context = {"form": filled, "title": title, "body": body, "crumbs": _crumbs(body)}
        return render(request, "wording/write.html", context, status=status)

    if request.method == "GET":
        return shown(type(form)(initial=form.initial))
    return submit(request, form, act, again=shown, done=done)


def _crumbs(body: Unit) -> list[Crumb]:
    return [Crumb("用词", _there(body))]


@require_GET
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a row with the button that ends it."""
    row = _row_or_404(request, pk)
    act = None
    if row.ended_at is None:
        url = reverse("wording:end", args=[row.pk])
        confirm = "停用后检查不再用这一条，确定吗？"
        act = Act("停用", url, hidden={"version": row.version}, confirm=confirm)
    context = {
        "row": row,
        "state": _state(row),
        "facts": list(_facts(row)),
        "act": act,
        "crumbs": _crumbs(row.body),
    }
    return render(request, "wording/word.html", context)


def _facts(row: Word) -> Iterator[Fact]:
    if not row.is_off:
        yield Fact("正确写法", row.suggestion)
        yield Fact("级别", Severity(row.severity).label)
    for label, value in (
        ("说明", row.reason),
        ("起始日", row.since_on),
        ("截止日", row.until_on),
        ("例外", "、".join(row.exceptions.splitlines())),
    ):
        if value:
            yield Fact(label, value)
    yield Fact("加入", row.added_at, note=row.added_by.full_name)
    if row.ended_at and row.ended_by:
        yield Fact("停用", row.ended_at, note=row.ended_by.full_name)


def _row_or_404(request: HttpRequest, pk: int) -> Word:
    row = queries.word_or_none(user_of(request), pk)
    if row is None:
        raise Http404
    return row


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a row."""
    row = _row_or_404(request, pk)
    actions.end(row, actor=user_of(request), expected=version_seen(request))
    messages.success(request, f"“{row.word}”已停用。")
    return redirect(_there(row.body))


@require_http_methods(["GET", "POST"])
def take_table(request: HttpRequest) -> HttpResponse:
    """Take a table in; the rows that are wrong are shown, and nothing is added then."""
    body = _body(request)
    context: dict[str, Any] = {"body": body, "crumbs": _crumbs(body), "form": TableForm()}
    if request.method == "GET":
        return render(request, "wording/table.html", context)
    form = TableForm(request.POST, request.FILES)
    context["form"] = form
    if not form.is_valid():
        return render(request, "wording/table.html", context, status=422)
    try:
        taken = actions.take_table(body, actor=user_of(request), table=_text(form))
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error("file", refusal.sentence)
        return render(request, "wording/table.html", context, status=409)
    if taken.errors:
        context["errors"] = taken.errors
        return render(request, "wording/table.html", context, status=422)
    there = f"；已有的{len(taken.there)}条没有重复加" if taken.there else ""
    messages.success(request, f"导入了{taken.added}条{there}。")
    return redirect(_there(body))


def _text(form: TableForm) -> str:
    """Return the table's text. Raises ``Refused``."""
    upload = form.cleaned_data["file"]
    if upload.size > MOST_BYTES:
        raise Refused(Refusal("wording.too_large", "文件超过2MB，请分成几份。"))
    try:
        text: str = upload.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        said = "文件不是UTF-8编码。请在表格软件里另存为“CSV UTF-8”。"
        raise Refused(Refusal("wording.encoding", said)) from None
    return text


@require_GET
def download(request: HttpRequest) -> HttpResponse:
    """Give all words that the checks of a body use, as a table."""
    table = format_entries(queries.all_entries(_body(request)))
    answer = HttpResponse("\ufeff" + table, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = "attachment; filename*=UTF-8''%E8%AF%8D%E5%BA%93.csv"
    return answer
