"""Pages of a passage: rewritten with its figures checked at its side; what a figure counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.kernel.refusal import refuse_if
from gongkai.reports import actions, policies, queries
from gongkai.reports.forms import TextForm
from gongkai.reports.rules.sums import plain
from gongkai.reports.rules.travelling import Place, follow
from gongkai.reports.states import Measure
from gongkai.ui.parts import Act, Mark
from gongkai.ui.pictures import segments
from gongkai.ui.submitting import submit, version_seen


@dataclass(frozen=True)
class Stretch:
    """A piece of a passage as it is shown: plain, or a figure that leads to what it counts."""

    text: str
    url: str = ""
    title: str = ""
    wrong: bool = False


@dataclass(frozen=True)
class Doubt:
    """A figure that does not agree: with its own sum, or with the records."""

    said: str
    should: str
    passage: queries.Passage
    url: str = ""


@dataclass(frozen=True)
class Agreeing:
    """A figure that agrees, and why: its sum, or the records that it counts."""

    said: str
    why: str
    url: str = ""


@dataclass(frozen=True)
class Shown:
    """A passage with its figures."""

    passage: queries.Passage
    stretches: list[Stretch]
    doubts: list[Doubt]
    agreeing: list[Agreeing]


def shown(passage: queries.Passage) -> Shown:
    """Return a passage as its report shows it."""
    return _shown(passage, passage.text, list(passage.ties.all()))


def _shown(passage: queries.Passage, text: str, ties: list[queries.Tie]) -> Shown:
    audited = queries.audited(text)
    marks = [_mark(tie) for tie in ties if tie.start is not None]
    marks += [
        Mark(one.figure.start, one.figure.end, "wrong") for one in audited if not one.figure.agrees
    ]
    doubts = [_sum_doubt(one, passage) for one in audited if not one.figure.agrees]
    doubts += [_tie_doubt(tie, passage) for tie in ties if tie.start is None and tie.instead]
    agreeing = [
        Agreeing(one.figure.text, one.sum) for one in audited if one.figure.agrees and one.sum
    ]
    agreeing += [
        Agreeing(tie.value, Measure(tie.measure).label, _url(tie))
        for tie in ties
        if tie.start is not None and tie.measure not in (Measure.TASK, Measure.DAY)
    ]
    return Shown(passage, _stretches(text, marks), doubts, agreeing)


def _url(tie: queries.Tie) -> str:
    return reverse("reports:figure", args=[tie.pk])


def _mark(tie: queries.Tie) -> Mark:
    url = "" if tie.measure == Measure.DAY else _url(tie)
    return Mark(tie.start or 0, tie.end or 0, tie.key, label=Measure(tie.measure).label, url=url)


def _stretches(text: str, marks: list[Mark]) -> list[Stretch]:
    found: list[Stretch] = []
    for piece in segments(text, marks):
        tie = next((mark for mark in piece.marks if mark.url), None)
        wrong = any(mark.key == "wrong" for mark in piece.marks)
        found.append(Stretch(piece.text, tie.url if tie else "", tie.label if tie else "", wrong))
    return found


def _sum_doubt(one: queries.Audited, passage: queries.Passage) -> Doubt:
    percent = "" if one.figure.kind == "sum" else "%"
    computed = f"重算得{plain(one.figure.computed)}{percent}"
    return Doubt(one.figure.text, f"{computed}（{one.sum}）" if one.sum else computed, passage)


def _tie_doubt(tie: queries.Tie, passage: queries.Passage) -> Doubt:
    label = Measure(tie.measure).label
    return Doubt(f"{label}：改成了“{tie.instead}”", f"台账里是{tie.value}", passage, _url(tie))


@require_http_methods(["GET", "POST"])
def passage(request: HttpRequest, pk: int) -> HttpResponse:
    """Rewrite a passage; its figures are checked beside it."""
    user = user_of(request)
    found = _passage(user, pk)

    def act(data: dict[str, Any]) -> str:
        actions.rewrite(found, actor=user, expected=version_seen(request), text=data["text"])
        return f"{reverse('reports:draft', args=[found.draft_id])}#passage-{found.pk}"

    def again(form: Form, status: int = 200) -> HttpResponse:
        draft_url = reverse("reports:draft", args=[found.draft_id])
        text = form.data.get("text", found.text)
        context = {
            "passage": found,
            "form": form,
            "crumbs": [
                ("落实报告", reverse("reports:drafts")),
                (found.draft.title, draft_url),
                (str(found), ""),
            ],
            "part": _as_typed(found, text),
            "acts": [_redraft_act(found, user)],
            "wordings": queries.wordings(found),
        }
        return render(request, "reports/passage.html", context, status=status)

    if request.method == "GET":
        refuse_if(policies.why_not("rewrite", found.draft, actor=user))
        return again(TextForm(initial={"text": found.text}))
    return submit(request, TextForm(request.POST), act, again=again, done="已保存。")


def _redraft_act(found: queries.Passage, user: User) -> Act:
    return Act(
        "按台账重写这一段",
        reverse("reports:redraft", args=[found.pk]),
        refusals=tuple(policies.why_not("rewrite", found.draft, actor=user)),
        hidden={"version": found.version},
        confirm="这一段会按台账重新起草，现在的文字留在“改过的文字”里。",
    )


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the figures of a passage as it is typed; nothing is kept."""
    user = user_of(request)
    found = _passage(user, pk)
    refuse_if(policies.why_not("rewrite", found.draft, actor=user))
    form = TextForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else found.text
    return render(request, "reports/_beside.html", {"part": _as_typed(found, text)})


def _as_typed(found: queries.Passage, text: str) -> Shown:
    """Return a passage as if the typed text were kept."""
    text = text.replace("\r\n", "\n")
    ties = list(found.ties.order_by("id"))
    stood = [(tie.value, Place(tie.start, tie.end, tie.instead)) for tie in ties]
    for tie, place in zip(ties, follow(found.text, text, stood), strict=True):
        tie.start, tie.end, tie.instead = place.start, place.end, place.instead
    return _shown(found, text, ties)


@require_POST
def redraft(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a passage anew from the records."""
    user = user_of(request)
    found = _passage(user, pk)
    actions.redraft(found, actor=user, expected=version_seen(request))
    messages.success(request, "已按台账重写。")
    return redirect(f"{reverse('reports:draft', args=[found.draft_id])}#passage-{found.pk}")


@require_GET
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the records that a figure counts."""
    tie = queries.tie_or_none(user_of(request), pk)
    if tie is None:
        raise Http404
    draft = tie.passage.draft
    here = f"{reverse('reports:draft', args=[draft.pk])}#passage-{tie.passage_id}"
    members = queries.members_of(tie)
    context = {
        "tie": tie,
        "draft": draft,
        "label": Measure(tie.measure).label,
        "members": members,
        "rate": tie.measure == Measure.RATE,
        "crumbs": [("落实报告", reverse("reports:drafts")), (draft.title, here), (tie.value, "")],
    }
    return render(request, "reports/figure.html", context)


def _passage(user: User, pk: int) -> queries.Passage:
    found = queries.passage_or_none(user, pk)
    if found is None:
        raise Http404
    return found
