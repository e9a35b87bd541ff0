"""Pages of records: list, write, one record and its buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.audit.api import timeline
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused, refuse_if
from gongkai.organisation.api import Unit
from gongkai.programme.api import Panel, Task, task_or_none, units_of
from gongkai.records import actions, policies, queries, rules
from gongkai.records.forms import (
    LinkForm,
    MaterialForm,
    RecordForm,
    UnlinkForm,
    WithdrawForm,
)
from gongkai.records.queries import Record
from gongkai.records.states import Kind, RecordState
from gongkai.records.views.years import sign_of
from gongkai.ui.lists import Between, Choice, Column, Listing
from gongkai.ui.parts import Act, Empty, Fact, Status
from gongkai.ui.submitting import submit, version_seen

TONES = {
    RecordState.VALID: "good",
    RecordState.REPLACED: "off",
    RecordState.WITHDRAWN: "off",
}
Sent = Mapping[str, forms.Form]
"""Forms of a record's page that came back with errors, by verb."""


def _state(record: Record) -> Status:
    state = RecordState(record.state)
    return Status(state.label, TONES[state])


RECORDS = Listing(
    name="records",
    caption="工作记录",
    model="records.Record",
    sort="-held_on",
    columns=[
        Column("title", "名称", url=lambda r: reverse("records:record", args=[r.pk])),
        Column("kind", "类别", value=lambda r: Kind(r.kind).label),
        Column("held_on", "日期", kind="date", sort=True),
        Column("unit", "单位", value=lambda r: r.unit.name),
        Column("state", "状态", value=_state),
    ],
    filters=[
        Choice("kind", "类别", Kind.pairs()),
        Between("held_on", "日期"),
    ],
    empty=Empty(
        "还没有工作记录", "领导小组、听取汇报、培训、宣传、制度，办了一件登记一件，年底不用补。"
    ),
)


@require_GET
def record_list(request: HttpRequest) -> HttpResponseBase:
    """List the records that the user sees, newest first."""
    user = user_of(request)
    context = {"kinds": policies.kinds_to_write(user)}
    return RECORDS.answer(request, queries.records(user), "records/record_list.html", context)


def _units(user: User, body: Unit, kind: Kind) -> list[Unit]:
    return queries.units_to_write_for(user, body, units_of(body), kind)


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, kind: str) -> HttpResponse:
    """Write a record of a kind."""
    user = user_of(request)
    known = _kind(kind)
    units = [u for body in policies.bodies_of(user) for u in _units(user, body, known)]
    if not units:
        raise Refused(policies.NOT_YOURS)

    def act(data: dict[str, Any]) -> str:
        chosen = data.get("unit", str(units[0].pk))
        unit = next(one for one in units if str(one.pk) == chosen)
        made = actions.write(actor=user, unit=unit, kind=known, said=form.said())
        return reverse("records:record", args=[made.pk])

    def again(sent: forms.Form, status: int = 200) -> HttpResponse:
        only = units[0] if len(units) == 1 else None
        context = {"form": sent, "kind": known, "unit": only, "crumbs": _write_crumbs(known)}
        return render(request, "records/write.html", context, status=status)

    if request.method == "GET":
        return again(RecordForm(kind=known, units=units, initial={"held_on": clock.today()}))
    form = RecordForm(request.POST, kind=known, units=units)
    return submit(request, form, act, again=again, done="已登记。")


def _kind(value: str) -> Kind:
    if value not in {kind.value for kind in Kind}:
        raise Http404
    return Kind(value)


def _write_crumbs(kind: Kind) -> list[tuple[str, str]]:
    return [("工作记录", reverse("records:records")), (f"登记{kind.label}", "")]


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Write what replaces a record."""
    user = user_of(request)
    found = _record(user, pk)
    refuse_if(policies.why_not("amend", found, actor=user))
    known = Kind(found.kind)

    def act(data: dict[str, Any]) -> str:
        newer = actions.amend(found, actor=user, expected=version_seen(request), said=form.said())
        return reverse("records:record", args=[newer.pk])

    def again(sent: forms.Form, status: int = 200) -> HttpResponse:
        crumbs = [
            ("工作记录", reverse("records:records")),
            (found.title, reverse("records:record", args=[pk])),
            ("更新", ""),
        ]
        context = {
            "form": sent,
            "kind": known,
            "unit": found.unit,
            "replaces": found,
            "crumbs": crumbs,
        }
        return render(request, "records/write.html", context, status=status)

    if request.method == "GET":
        return again(RecordForm(kind=known, initial=_as_typed(found)))
    form = RecordForm(request.POST, kind=known)
    return submit(request, form, act, again=again, done="已更新，原来的一条留着可查。")


def _as_typed(found: Record) -> dict[str, Any]:
    people = [
        rules.Person(row.name, row.unit, row.post, row.part).line()
        for row in queries.people_of(found)
    ]
    return {
        "title": found.title,
        "held_on": found.held_on,
        "review_on": found.review_on,
        "people": "\n".join(people),
        **found.facts,
    }


@require_GET
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a record: what it says, who stands in it, its material, what it proves."""
    user = user_of(request)
    return _page(request, user, _record(user, pk), {})


def _page(
    request: HttpRequest, user: User, found: Record, sent: Sent, status: int = 200
) -> HttpResponse:
    kind = Kind(found.kind)
    context = {
        "record": found,
        "kind": kind,
        "tone": TONES[RecordState(found.state)],
        "crumbs": [("工作记录", reverse("records:records")), (found.title, "")],
        "facts": _facts(found, kind),
        "people": queries.people_of(found),
        "people_label": rules.SHAPES[kind].people,
        "material": queries.material_of(found),
        "run": queries.plan_run(found),
        "proofs": queries.proofs_of(found),
        "clocks": [(duty, sign_of(duty)) for duty in queries.duties_touched(found)],
        "acts": _acts(found, user, sent),
        "newer": getattr(found, "replaced_by", None),
        "timeline": timeline(found),
    }
    return render(request, "records/record.html", context, status=status)


def _facts(found: Record, kind: Kind) -> list[Fact]:
    shape = rules.SHAPES[kind]
    facts = [Fact(shape.day, found.held_on), Fact("单位", found.unit.name)]
    facts += [Fact(label, value) for label, value in rules.shown_facts(kind, found.facts)]
    if found.review_on:
        facts.append(Fact(shape.review, found.review_on))
    if found.reason:
        facts.append(Fact("撤回原因", found.reason))
    return facts


def _acts(found: Record, user: User, sent: Sent) -> list[Act]:
    if not policies.writes_for(user, found.unit, Kind(found.kind)):
        return []
    tasks = queries.tasks_to_prove(user, found)
    acts = [
        _act("add_file", "补充材料", found, user, sent.get("add_file", MaterialForm())),
        _act("amend", "更新", found, user, None),
        _act("withdraw", "撤回", found, user, sent.get("withdraw", WithdrawForm())),
    ]
    if tasks:
        form = sent.get("link", LinkForm(tasks=tasks))
        acts.insert(0, _act("link", "作为任务的佐证", found, user, form))
    proofs = queries.standing_proofs(found)
    if proofs:
        form = sent.get("unlink", UnlinkForm(proofs=proofs))
        acts.append(_act("unlink", "取下佐证", found, user, form))
    return acts


def _act(verb: str, label: str, found: Record, user: User, form: forms.Form | None) -> Act:
    return Act(
        label,
        reverse(f"records:{verb}", args=[found.pk]),
        method="post" if form else "get",
        refusals=tuple(policies.why_not(verb, found, actor=user)),
        form=form,
        hidden={"version": found.version} if form else {},
        tone="quiet" if verb == "withdraw" else "plain",
    )


def _submit(
    request: HttpRequest,
    pk: int,
    verb: str,
    make: Callable[[Record, User], forms.Form],
    act: Callable[[Record, User, dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    """Do a verb whose form stands on the record's page."""
    user = user_of(request)
    found = _record(user, pk)
    refuse_if(policies.why_not(verb, found, actor=user))

    def do(data: dict[str, Any]) -> str:
        act(found, user, data)
        return reverse("records:record", args=[pk])

    def again(sent: forms.Form, status: int) -> HttpResponse:
        return _page(request, user, _record(user, pk), {verb: sent}, status)

    return submit(request, make(found, user), do, again=again, done=done)


def panel(user: User, task: Task) -> Panel | None:
    """Return the records that prove a task, as its page shows them; None where there are none."""
    found = queries.records_proving(task)
    if not found:
        return None
    return Panel("records", "工作记录", "records/_proving.html", {"records": found}, order=60)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a record does not hold."""
    return _submit(
        request,
        pk,
        "withdraw",
        lambda found, user: WithdrawForm(request.POST),
        lambda found, user, data: actions.withdraw(
            found, actor=user, expected=version_seen(request), reason=data["reason"]
        ),
        "已撤回。",
    )


@require_POST
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Add material to a record."""
    return _submit(
        request,
        pk,
        "add_file",
        lambda found, user: MaterialForm(request.POST, request.FILES),
        lambda found, user, data: actions.add_file(found, actor=user, upload=data["file"]),
        "材料已补充。",
    )


@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a record to a task as evidence."""

    def act(found: Record, user: User, data: dict[str, Any]) -> None:
        task = task_or_none(user, data["task"])
        if task is None:
            raise Http404
        actions.link(found, actor=user, expected=version_seen(request), task=task)

    def form(found: Record, user: User) -> forms.Form:
        return LinkForm(request.POST, tasks=queries.tasks_to_prove(user, found))

    return _submit(request, pk, "link", form, act, "已作为佐证。")


@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a record off a task that it does not prove."""

    def act(found: Record, user: User, data: dict[str, Any]) -> None:
        proofs = queries.standing_proofs(found)
        proof = next((one for one in proofs if one.pk == data["proof"]), None)
        if proof is None:
            raise Http404
        actions.unlink(
            found,
            actor=user,
            expected=version_seen(request),
            proof=proof,
            reason=data["reason"],
        )

    def form(found: Record, user: User) -> forms.Form:
        return UnlinkForm(request.POST, proofs=queries.standing_proofs(found))

    return _submit(request, pk, "unlink", form, act, "已取下，经过里可查。")


def _record(user: User, pk: int) -> Record:
    found = queries.record_or_none(user, pk)
    if found is None:
        raise Http404
    return found
