"""The editor's one question to the server, what a paste means, and its specimen. Keeps nothing."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.richtext.clean import clean as cleaned
from gongkai.richtext.fields import MAX_CHARACTERS, RichTextField
from gongkai.ui.gallery.views import shown_only

# Word puts its styles on the clipboard too: several times the text.
MAX_PASTED = 4 * MAX_CHARACTERS


@require_POST
def clean(request: HttpRequest) -> JsonResponse:
    """Answer with what was pasted in the form in which a body is kept.

    Pictures keep any address on this site for now; which are the draft's is asked on saving.
    """
    html = request.POST.get("html", "")
    if len(html) > MAX_PASTED:
        told = "粘贴的内容太多，只粘贴了文字；请分几次粘贴，或用 Word 文件起稿。"
        return JsonResponse({"error": told}, status=413)
    result = cleaned(html, lambda src: src.startswith("/"))
    return JsonResponse({"html": result.html, "lost": result.lost_pictures})


SPECIMEN = (
    '<h2 class="text-center">清江市2026年政务公开工作要点</h2>'
    '<p class="indent">为做好全年<strong>政务公开</strong>，提出以下要点。</p>'
    "<ul><li><p>主动公开目录按月更新</p></li><li><p>依申请公开按时答复</p></li></ul>"
    "<table><caption>表1　上年办理情况</caption><thead><tr><th>事项</th><th>件数</th></tr></thead>"
    "<tbody><tr><td>收到申请</td><td>120</td></tr><tr><td>按时答复</td><td>118</td></tr></tbody>"
    "</table>"
)


def _ours(src: str) -> bool:
    return src == static("ui/icon.svg")


class SpecimenForm(forms.Form):
    """Shows the field in the gallery."""

    title = forms.CharField(label="标题", initial="工作要点")
    body = RichTextField(label="正文", help_text="按 Alt+F10 到工具栏，按 Esc 回到正文。")


@login_not_required
def specimen(request: HttpRequest) -> HttpResponse:
    """Show the editor, and what is kept of what was sent, where there is a gallery."""
    shown_only()
    form = SpecimenForm(request.POST or None, initial={"body": cleaned(SPECIMEN).html})
    field = form.fields["body"]
    if isinstance(field, RichTextField):
        field.of_draft(_ours, reverse("richtext:specimen_images"))
    kept = form.cleaned_data["body"] if request.method == "POST" and form.is_valid() else None
    return render(request, "richtext/specimen.html", {"form": form, "kept": kept})


@login_not_required
@require_GET
def specimen_images(request: HttpRequest) -> JsonResponse:
    """List the specimen's one picture, in the shape that every draft's list has."""
    shown_only()
    return JsonResponse({"images": [{"src": static("ui/icon.svg"), "name": "图标", "alt": ""}]})
