"""Pages of the tree and of a unit: what it is, its names over time, what may be done now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.audit import api as audit
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.organisation import actions, policies, queries
from gongkai.organisation.forms import (
    AliasForm,
    DissolveForm,
    MoveForm,
    RenameForm,
    RestoreForm,
    UnitForm,
)
from gongkai.organisation.states import NameKind, UnitKind
from gongkai.ui.parts import Act, Crumb, Fact, Status
from gongkai.ui.submitting import submit, version_seen

if TYPE_CHECKING:
    from gongkai.organisation.models import Unit, UnitName


@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """Show the tree of units whose records one may open."""
    may_see(request)
    with_dissolved = request.GET.get("dissolved") == "1"
    nodes = queries.tree(request.user, with_dissolved=with_dissolved)
    context = {"nodes": nodes, "with_dissolved": with_dissolved}
    return render(request, "organisation/tree.html", context)


@require_GET
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a unit's record."""
    return _page(request, visible_unit(request, pk))


@require_POST
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Set up a unit under this one."""
    parent = visible_unit(request, pk)

    def act(data: dict[str, Any]) -> None:
        data["kind"] = UnitKind(data["kind"])
        actions.create_unit(actor=request.user, parent=parent, **data)

    return _submit(request, parent, "create", act, "已设立。")


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the unit a new name from a day on."""
    found = visible_unit(request, pk)

    def act(data: dict[str, Any]) -> None:
        actions.rename_unit(found, actor=request.user, expected=version_seen(request), **data)

    return _submit(request, found, "rename", act, "已更名。")


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the unit under another."""
    found = visible_unit(request, pk)

    def act(data: dict[str, Any]) -> None:
        parent = visible_unit(request, data["parent"])
        actions.move_unit(found, actor=request.user, parent=parent, expected=version_seen(request))

    return _submit(request, found, "move", act, "隶属已调整。")


@require_POST
def dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Dissolve the unit from a day on."""
    found = visible_unit(request, pk)

    def act(data: dict[str, Any]) -> None:
        successor = visible_unit(request, data["successor"]) if data["successor"] else None
        actions.dissolve_unit(
            found,
            actor=request.user,
            on=data["on"],
            successor=successor,
            expected=version_seen(request),
        )

    return _submit(request, found, "dissolve", act, "已撤销，历史记录仍可查阅。")


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a dissolution back."""
    found = visible_unit(request, pk)

    def act(data: dict[str, Any]) -> None:
        actions.restore_unit(found, actor=request.user, expected=version_seen(request), **data)

    return _submit(request, found, "restore", act, "已恢复，请核对职务。")


@require_POST
def add_alias(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the unit be known by another name."""
    found = visible_unit(request, pk)

    def act(data: dict[str, Any]) -> None:
        actions.add_alias(found, actor=request.user, text=data["text"])

    return _submit(request, found, "alias", act, "别名已登记。")


@require_POST
def end_alias(request: HttpRequest, pk: int) -> HttpResponse:
    """End an alias today."""
    may_see(request)
    name = queries.visible_name(request.user, pk)
    if name is None:
        raise Http404
    actions.end_alias(name, actor=request.user)
    messages.success(request, "别名已停用。")
    return redirect("organisation:unit", pk=name.unit_id)


def may_see(request: HttpRequest) -> None:
    """Refuse whoever may not open the organisation's pages at all."""
    refuse_if([] if policies.may_see_structure(request.user) else [policies.NOT_YOURS])


def visible_unit(request: HttpRequest, pk: int) -> Unit:
    """Return a unit that the person may open, or answer that there is none."""
    may_see(request)
    found = queries.visible_unit(request.user, pk)
    if found is None:
        raise Http404
    return found


def crumbs_of(found: Unit, request: HttpRequest, *, whole: bool = False) -> list[Crumb]:
    """Return the way from the tree to a unit through those above that the person may open."""
    seen = queries.ancestors(found).filter(pk__in=policies.visible_to(request.user))
    above = [*seen, found] if whole else list(seen)
    way = [Crumb(u.name, reverse("organisation:unit", args=[u.pk])) for u in above]
    last = [] if whole else [Crumb(found.name)]
    return [Crumb("组织机构", reverse("organisation:tree")), *way, *last]


def _forms(found: Unit, user: Any, data: Any, only: str = "") -> dict[str, Form]:
    """Return the forms of a unit's record; the one sent is bound."""
    given = {name: data if name == only else None for name in _TITLES}
    today = {"on": clock.today()}
    names = {"name": found.name, "short_name": _short_of(found), **today}
    return {
        "create": UnitForm(given["create"], prefix="create"),
        "rename": RenameForm(given["rename"], prefix="rename", initial=names),
        "alias": AliasForm(given["alias"], prefix="alias"),
        "move": MoveForm(given["move"], prefix="move", parents=queries.places_for(found, user)),
        "dissolve": DissolveForm(
            given["dissolve"],
            prefix="dissolve",
            initial=today,
            successors=queries.successors_for(found, user),
        ),
        "restore": RestoreForm(given["restore"], prefix="restore"),
    }


def _short_of(found: Unit) -> str:
    return found.short if found.short != found.name else ""


_TITLES = {
    "create": "设立下级单位",
    "rename": "更名",
    "alias": "登记别名",
    "move": "调整隶属",
    "dissolve": "撤销",
    "restore": "恢复",
}
_ADDRESSES = {"alias": "add_alias"}


def _submit(request: HttpRequest, found: Unit, name: str, act: Any, done: str) -> HttpResponse:
    form = _forms(found, request.user, request.POST, name)[name]

    def again(sent: Form, status: int) -> HttpResponse:
        return _page(request, visible_unit(request, found.pk), name, sent, status)

    def go(data: dict[str, Any]) -> str:
        act(data)
        return reverse("organisation:unit", args=[found.pk])

    return submit(request, form, go, done=done, again=again)


def _page(
    request: HttpRequest,
    found: Unit,
    sent_name: str = "",
    sent: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    panels = queries.panels(found, request.user)
    context = {
        "unit": found,
        "crumbs": crumbs_of(found, request),
        "status": _status(found),
        "facts": _facts(found),
        "acts": _acts(request, found, sent_name, sent, panels),
        "names": [_name(row, found, request.user) for row in queries.names_over_time(found)],
        "below": queries.in_tree_order(found.children.all()),
        "panels": panels,
        "is_body": found.kind == UnitKind.BODY,
        "timeline": audit.timeline(found, limit=30),
    }
    return render(request, "organisation/unit.html", context, status=status)


def _status(found: Unit) -> Status:
    if found.dissolved_on is None:
        return Status("在用", "good")
    gone = found.dissolved_on <= clock.today()
    return Status("已撤销", "off") if gone else Status("将撤销", "wait")


def _facts(found: Unit) -> list[Fact]:
    facts = [
        Fact("类别", found.get_kind_display()),
        Fact("简称", _short_of(found) or "没有"),
        Fact("设立日期", found.founded_on),
    ]
    if found.parent is not None:
        facts.insert(1, Fact("上级", found.parent.name))
    if found.dissolved_on is not None:
        facts.append(Fact("撤销日期", found.dissolved_on))
    if found.successor is not None:
        url = reverse("organisation:unit", args=[found.successor.pk])
        facts.append(Fact("承接单位", found.successor.name, url=url))
    return facts


def _acts(
    request: HttpRequest,
    found: Unit,
    sent_name: str,
    sent: Form | None,
    panels: list[queries.Panel],
) -> list[Act]:
    refusals = tuple(policies.why_not_change(found, actor=request.user))
    if policies.NOT_YOURS in refusals:
        return []
    dissolved = found.dissolved_on is not None
    wanted = ["restore"] if dissolved else ["create", "rename", "alias", "move", "dissolve"]
    if found.parent_id is None:
        wanted = [name for name in wanted if name != "move"]
    forms = _forms(found, request.user, None)
    if sent is not None:
        forms[sent_name] = sent
    ends = "".join(panel.ends for panel in panels)
    return [
        Act(
            _TITLES[name],
            reverse(f"organisation:{_ADDRESSES.get(name, name)}", args=[found.pk]),
            form=forms[name],
            tone="primary" if name == "create" else "plain",
            hidden={"version": found.version},
            confirm=ends if name == "dissolve" else "",
        )
        for name in wanted
    ]


def _name(row: UnitName, found: Unit, user: Any) -> dict[str, Any]:
    today = clock.today()
    may_end = row.kind == NameKind.ALIAS and not tuple(policies.why_not_end_alias(row, actor=user))
    url = reverse("organisation:end_alias", args=[row.pk])
    return {
        "row": row,
        "holds": row.holds_on(today),
        "begins": row.from_on > today,
        "act": Act("停用", url, tone="quiet") if may_end else None,
    }
