"""The section on interpretation that stands on the pages of items, for workers and for readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.forms import Form as AnyForm
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.interpretations import policies, queries
from gongkai.interpretations.forms import ExceptForm, InterpretForm, PlanForm, SafeguardForm
from gongkai.interpretations.states import Form, Safeguard, Stage
from gongkai.kernel import clock
from gongkai.publications import api as publications
from gongkai.publications.api import Edition, EditionState, Item, Kind
from gongkai.ui.parts import Act, Fact, Panel, Status

Sent = Mapping[str, AnyForm]
"""Forms that came back with errors, by verb."""


def panel(user: User, edition: Edition) -> Panel | None:
    """Return the section for those who work on an item: of what it is the interpretation, or how
    it is interpreted."""
    item = edition.item
    back = queries.material_of(item)
    if back is not None and not publications.works_on(user, back.policy):
        return None  # hidden, or of units that the person does not see
    if back is not None:
        context = {"back": back, "policy": back.policy, "stage": Stage(back.stage).label}
        return Panel("interpretation", "解读的文件", "interpretations/_back.html", context, 20)
    if Kind(item.kind) not in (Kind.NORMATIVE, Kind.POLICY, Kind.DOCUMENT):
        return None
    context = {
        "item": item,
        "revised": bool(queries.earlier_of(user, edition)),
        "facts": list(plan_facts(item)),
        "counted": policies.is_counted(edition),
        "materials": [
            _shown(one)
            for one in queries.materials_of(item)
            if publications.works_on(user, one.item)
        ],
        "waivers": queries.waivers_of(item),
        "safeguards": queries.safeguards_of(item),
        "wanted": policies.wanted_safeguards(item),
        "acts": list(acts(user, edition, {})),
    }
    return Panel("interpretation", "政策解读", "interpretations/_panel.html", context, 20)


def plan_facts(item: Item) -> Iterator[Fact]:
    """Say what is planned."""
    plan = queries.plan_of(item)
    if plan is None:
        return
    yield Fact("解读提纲", plan.outline)
    yield Fact("形式", "、".join(Form(one).label for one in plan.forms))
    yield Fact("渠道", plan.channels)
    yield Fact("日期", plan.planned_on or "与文件同日")
    yield Fact("解读人", plan.interpreter, note="主要负责人" if plan.is_head else "")
    if plan.sensitive:
        yield Fact("社会关注", "可能引起关注", note="发布前要有风险评估和应急预案")


def _shown(material: Any) -> tuple[Any, str, Any]:
    words = f"{Form(material.form).label}，{Stage(material.stage).label}，{material.interpreter}"
    state = EditionState(material.item.state)
    return material, words, Status(state.label, publications.TONES[state])


def acts(user: User, edition: Edition, sent: Sent) -> Iterator[Act]:
    """Yield what may be done about an item's interpretation."""
    item = edition.item
    if publications.may_change(user, item):
        yield from _drafters_acts(item, user, sent)
    if policies.may_except(user, item):
        url = reverse("interpretations:except", args=[item.pk])
        form = sent.get("except") or ExceptForm()
        yield Act("批准例外", url, form=form, tone="quiet")


def _drafters_acts(item: Item, user: User, sent: Sent) -> Iterator[Act]:
    plan = queries.plan_of(item)
    frozen = tuple(policies.signed_with_it(item))
    yield Act(
        "改解读方案" if plan else "填解读方案",
        reverse("interpretations:plan", args=[item.pk]),
        form=sent.get("plan") or PlanForm(initial=_plan_initial(plan)),
        hidden={"version": plan.version if plan else 0},
        refusals=frozen,
        tone="plain" if plan else "primary",
    )
    yield Act(
        "起草解读材料",
        reverse("interpretations:interpret", args=[item.pk]),
        form=sent.get("interpret") or InterpretForm(initial=_interpreter(plan)),
    )
    wanted = policies.wanted_safeguards(item)
    yield Act(
        "登记评估、预案",
        reverse("interpretations:safeguard", args=[item.pk]),
        form=sent.get("safeguard")
        or SafeguardForm(initial={"done_on": clock.today(), "safeguard": Safeguard.RISK}),
        tone="plain" if wanted else "quiet",
    )


def _interpreter(plan: Any) -> dict[str, Any]:
    if plan is None:
        return {"stage": Stage.WITH}
    return {"stage": Stage.WITH, "interpreter": plan.interpreter, "is_head": plan.is_head}


def _plan_initial(plan: Any) -> dict[str, Any]:
    if plan is None:
        return {}
    names = ("outline", "channels", "planned_on", "interpreter", "is_head", "sensitive")
    return {"ways": plan.forms, **{name: getattr(plan, name) for name in names}}


def reader_panel(user: User | None, edition: Edition) -> Panel | None:
    """Return the links that readers get, in both directions, only to what they may read (C2)."""
    policy = queries.readable_policy(user, edition.item)
    if policy is not None:
        context: dict[str, Any] = {"links": [(policy.item_id, policy.title, "")]}
        return Panel("interpretation", "解读的文件", "interpretations/_links.html", context, 20)
    found = [
        (row.item_id, row.title, Form(material.form).label)
        for material, row in queries.published_materials(user, edition.item)
    ]
    if not found:
        return None
    context = {"links": found}
    return Panel("interpretation", "政策解读", "interpretations/_links.html", context, 20)
