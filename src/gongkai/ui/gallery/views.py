"""Shows the gallery where it exists: in the demo, in debug, in tests."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.kernel.refusal import Refused
from gongkai.ui.gallery import specimens
from gongkai.ui.parts import Act


def is_shown() -> bool:
    """Whether this site has a gallery."""
    return bool(getattr(settings, "GALLERY", settings.DEBUG or settings.DEMO))


def shown_only() -> None:
    """Raise ``Http404`` on a site without a gallery."""
    if not is_shown():
        raise Http404("no gallery here")


@login_not_required
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    shown_only()
    wrong = specimens.SampleForm({"title": "", "due_on": "2026-02-30", "kind": "date"}, prefix="w")
    context: dict[str, Any] = {
        "crumbs": specimens.CRUMBS,
        "signs": specimens.SIGNS,
        "acts": specimens.acts(),
        "bind": Act("下达任务", "#", tone="binding", confirm="下达后24项任务开始计时，不能撤回。"),
        "refused": [specimens.NO_EVIDENCE, specimens.NOT_HEAD],
        "form": specimens.SampleForm(prefix="f"),
        "wrong": wrong,
        "facts": specimens.facts(),
        "events": specimens.events(),
        "page": specimens.page(),
        "needs": specimens.needs(),
        "piles": specimens.piles(),
        "stripes": specimens.stripes(),
        "poll": reverse("ui:gallery_progress") + "?done=24",
        "month": specimens.month(),
        "bars": specimens.bars(),
        "moments": specimens.moments(),
        "today": specimens.TODAY.replace(month=10, day=15),
        "source": specimens.SOURCE,
        "marks": specimens.marks(),
        "comparison": specimens.comparison(),
        "heads": ["科室", "应办", "按时", "逾期"],
        "rows": [["科技科", 28, 21, 2], ["基建科", 9, 4, 1], ["办公室", 1204, 1180, 3]],
    }
    return render(request, "ui/gallery/gallery.html", context)


@login_not_required
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """Show the shape of a record page."""
    shown_only()
    context = {
        "crumbs": specimens.CRUMBS,
        "facts": specimens.facts(),
        "acts": specimens.acts(),
        "events": specimens.events(),
        "light": specimens.AMBER,
    }
    return render(request, "ui/gallery/record.html", context)


@login_not_required
@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """Answer a poll: the work goes on by a quarter each time and then is done."""
    shown_only()
    given = request.GET.get("done", "0")
    done = min(96, (int(given) if given.isdecimal() else 0) + 24)
    context = {"url": f"{request.path}?done={done}", "done": done, "finished": done == 96}
    return render(request, "ui/gallery/_progress.html", context)


@login_not_required
@require_GET
def refusal(request: HttpRequest) -> HttpResponse:
    """Be refused, to see how it is said."""
    shown_only()
    raise Refused(specimens.NO_EVIDENCE, specimens.EXTEND_TWICE)
