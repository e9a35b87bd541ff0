"""Beginning a draft, writing it, adding files; how index numbers are written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.api import user_of
from gongkai.kernel.refusal import Refused, refuse_if
from gongkai.publications import actions, policies, queries
from gongkai.publications.forms import BeginForm, DraftForm, FileForm, GrammarForm
from gongkai.publications.queries import Edition
from gongkai.publications.rules import version_words
from gongkai.publications.states import FileRole
from gongkai.publications.views import showing
from gongkai.publications.views.records import edition_or_404, item_or_404, item_page
from gongkai.ui.handing_in import chosen_body
from gongkai.ui.middleware import status_of
from gongkai.ui.parts import Crumb
from gongkai.ui.submitting import submit, version_seen

GROUPS = (
    ("内容", ("title", "text", "abstract", "change_note")),
    ("文件信息", ("kind", "document_number", "issuers", "formed_on", "effective_on", "lapses_on")),
    ("公开", ("attribute", "ground", "reason", "audience", "readers")),
    ("归类和来源", ("column", "topic", "keywords", "source", "source_url")),
)
"""How the fields of a draft stand together on the page."""


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a draft for one of the units that the person drafts for."""
    user = user_of(request)
    units = policies.drafting_units(user)
    refuse_if(policies.why_not_begin(user))
    offered = [(unit.pk, unit.name) for unit in units]

    def act(data: dict[str, Any]) -> str:
        unit = next((one for one in units if one.pk == data["unit"]), None)
        if unit is None:
            raise Http404
        begun = actions.begin(
            unit=unit,
            actor=user,
            kind=data["kind"],
            title=data["title"],
            upload=data["upload"],
            once=str(data["once"] or ""),
        )
        for doubt in begun.doubts:
            messages.warning(request, doubt)
        return reverse("publications:edit", args=[begun.edition.pk])

    def shown(form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "crumbs": showing.crumbs()}
        return render(request, "publications/begin.html", context, status=status)

    if request.method == "GET":
        return shown(BeginForm(units=offered))
    form = BeginForm(request.POST, request.FILES, units=offered)
    return submit(request, form, act, again=shown, done="已起草，请接着填写。")


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft; what another saved meanwhile is shown beside what was typed."""
    user = user_of(request)
    found = edition_or_404(user, pk)
    refuse_if(policies.why_not("save", found, actor=user))

    def form(data: Mapping[str, Any] | None = None) -> DraftForm:
        return DraftForm(
            data,
            initial=None if data is not None else _initial(found),
            columns=queries.column_choices(),
            units=queries.reader_choices(),
            change=found.change,
            owns=lambda address: queries.owns(found.item, address),
            images=reverse("publications:images", args=[found.pk]),
        )

    def act(data: dict[str, Any]) -> str:
        data["column"] = queries.column_by_pk(data["column"])
        data["readers"] = [
            unit for key in data["readers"] if (unit := queries.unit_by_pk(key)) is not None
        ]
        what = actions.Draft(**data)
        actions.save(found, actor=user, what=what, expected=version_seen(request))
        return reverse("publications:item", args=[found.item_id])

    def shown(filled: Form, status: int = 200) -> HttpResponse:
        return _edit_page(request, edition_or_404(user, pk), filled, status)

    if request.method == "GET":
        return shown(form())
    return submit(request, form(request.POST), act, again=shown, done="已保存。")


def _edit_page(request: HttpRequest, found: Edition, form: Form, status: int) -> HttpResponse:
    where = Crumb(found.title, reverse("publications:item", args=[found.item_id]))
    context = {
        "edition": found,
        "version_words": version_words(found.order, found.change),
        "form": form,
        "groups": [
            (name, [form[one] for one in fields if one in form.fields]) for name, fields in GROUPS
        ],
        "stale": status == 409,
        "crumbs": showing.crumbs(where),
    }
    return render(request, "publications/edit.html", context, status=status)


def _initial(found: Edition) -> dict[str, Any]:
    facts = dict(actions.facts_of(found))
    facts["issuers"] = "\n".join(found.issuers)
    facts["kind"] = found.item.kind
    facts["column"] = found.item.column_id
    facts["readers"] = [row.unit_id for row in found.readers.filter(live=True)]
    facts["formed_on"] = None if found.signing_forms else found.formed_on
    return facts


@require_POST
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Add an attachment or the closed original."""
    user = user_of(request)
    found = edition_or_404(user, pk)
    why = [r for r in policies.why_not("save", found, actor=user) if r.code.endswith("not_yours")]
    refuse_if(why)

    def act(data: dict[str, Any]) -> str:
        upload = data["upload"]
        actions.add_file(
            found,
            actor=user,
            upload=upload,
            name=upload.name,
            role=data["role"],
            title=data["title"],
            expected=version_seen(request),
        )
        return reverse("publications:item", args=[found.item_id]) + "#files"

    def again(form: Form, status: int) -> HttpResponse:
        shown = item_or_404(user, found.item_id)
        return item_page(request, user, shown, {"add_file": form}, status)

    form = FileForm(request.POST, request.FILES)
    return submit(request, form, act, again=again, done="已添加。")


@require_http_methods(["GET", "POST"])
def images(request: HttpRequest, pk: int) -> HttpResponse:
    """List the pictures of a draft for its editor, or take one in and say where it is."""
    user = user_of(request)
    found = edition_or_404(user, pk)
    refuse_if(policies.why_not("save", found, actor=user))
    if request.method == "GET":
        rows = queries.images_of(found)
        return JsonResponse({"images": [_picture(row) for row in rows]})
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"error": "没有收到图片，请重新选。"}, status=422)
    try:
        row = actions.add_file(
            found, actor=user, upload=upload, name=upload.name or "图片", role=FileRole.IMAGE
        )
    except Refused as refused:
        said = "".join(one.sentence for one in refused.refusals)
        return JsonResponse({"error": said}, status=status_of(refused))
    return JsonResponse({"src": _picture(row)["src"]})


def _picture(row: queries.EditionFile) -> dict[str, str]:
    return {"src": reverse("files:download", args=[row.file_id]), "name": row.title, "alt": ""}


@require_http_methods(["GET", "POST"])
def grammar(request: HttpRequest) -> HttpResponse:
    """Set how a body's index numbers are written."""
    user = user_of(request)
    bodies = policies.publishing_bodies(user)
    body = chosen_body(request, bodies, policies.NOT_PUBLISHER)
    found = queries.grammar_of(body)

    def act(data: dict[str, Any]) -> str:
        expected = found.version if found and request.POST.get("version") is None else 0
        seen = version_seen(request) or expected
        actions.set_grammar(body, actor=user, pattern=data["pattern"], expected=seen)
        return f"{reverse('publications:grammar')}?body={body.pk}"

    def shown(form: Form, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "body": body,
            "bodies": bodies,
            "version": found.version if found else 0,
            "crumbs": showing.crumbs(),
        }
        return render(request, "publications/grammar.html", context, status=status)

    if request.method == "GET":
        pattern = found.pattern if found else queries.DEFAULT_PATTERN
        return shown(GrammarForm(initial={"pattern": pattern}))
    return submit(request, GrammarForm(request.POST), act, again=shown, done="已设定。")
