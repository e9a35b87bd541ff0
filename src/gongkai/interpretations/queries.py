"""Reads of interpretation: materials of a policy and back, shares, heads; writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from gongkai.accounts.api import User
from gongkai.interpretations.models import Material, Plan, SafeguardRecord, SafeguardRule, Waiver
from gongkai.interpretations.panels import PREDECESSORS
from gongkai.interpretations.rules import SAMPLE, Sampled, Score, sample_score, share
from gongkai.interpretations.states import COUNTED, Form
from gongkai.kernel import clock
from gongkai.organisation.api import Unit
from gongkai.publications import api as publications
from gongkai.publications.api import Edition, EditionState, Item, Kind

__all__ = ["Material", "Plan"]


def plan_of(item: Item) -> Plan | None:
    """Return how a policy will be interpreted."""
    return Plan.objects.select_related("set_by").filter(item=item).first()


def waivers_of(item: Item) -> list[Waiver]:
    """Return the exceptions that leaders recorded for a policy."""
    return list(Waiver.objects.select_related("by", "duty").filter(item=item).order_by("id"))


def safeguards_of(item: Item) -> list[SafeguardRecord]:
    """Return the assessments and contingency plans of an item, oldest first."""
    rows = SafeguardRecord.objects.select_related("file", "added_by").filter(item=item)
    return list(rows.order_by("id"))


def rule_of(body: Unit) -> SafeguardRule | None:
    """Return for which kinds a body wants safeguards."""
    return SafeguardRule.objects.filter(body=body).first()


def materials_of(policy: Item) -> list[Material]:
    """Return the materials of a policy that are linked, oldest first."""
    rows = Material.objects.select_related("item", "item__unit").filter(policy=policy)
    return list(rows.filter(ended_at=None).order_by("id"))


def material_of(item: Item) -> Material | None:
    """Return of what an item is the interpretation."""
    rows = Material.objects.select_related("policy__body", "policy__unit", "item")
    return rows.filter(item=item, ended_at=None).first()


def material_or_none(user: User, pk: int) -> Material | None:
    """Return a material of a policy whose drafts the person may see."""
    rows = Material.objects.select_related("policy__body", "policy__unit", "item")
    return rows.filter(pk=pk, policy__in=publications.worked_items(user)).first()


def published_materials(user: User | None, policy: Item) -> list[tuple[Material, Edition]]:
    """Return what a reader may read of a policy's interpretation, oldest first."""
    materials = {m.item_id: m for m in Material.objects.filter(policy=policy, ended_at=None)}
    rows = publications.published_to(user).filter(item__in=list(materials))
    found = rows.select_related("item").order_by("published_at", "id")
    return [(materials[edition.item_id], edition) for edition in found]


def readable_policy(user: User | None, item: Item) -> Edition | None:
    """Return the policy that an item interprets, if the reader may read it."""
    material = material_of(item)
    return publications.readable(user, material.policy) if material else None


def waiting_materials(policy: Item) -> list[Edition]:
    """Return the signed editions of a policy's materials."""
    items = Material.objects.filter(policy=policy, ended_at=None).values("item")
    rows = Edition.objects.select_related("item__body", "item__unit")
    return list(rows.filter(item__in=items, state=EditionState.SIGNED).order_by("id"))


def out_materials(policy: Item) -> list[Edition]:
    """Return the published editions of a policy's materials."""
    items = Material.objects.filter(policy=policy, ended_at=None).values("item")
    rows = Edition.objects.select_related("item__body", "item__unit")
    return list(rows.filter(item__in=items, state=EditionState.PUBLISHED).order_by("id"))


def first_out(policy: Item) -> datetime | None:
    """Return when the first material of a policy came out that is out."""
    items = Material.objects.filter(policy=policy, ended_at=None).values("item")
    rows = Edition.objects.filter(item__in=items, state=EditionState.PUBLISHED)
    return rows.order_by("published_at").values_list("published_at", flat=True).first()


@dataclass(frozen=True)
class Earlier:
    """What a policy takes the place of: how an address names it, and in words."""

    key: str
    label: str
    edition: Edition


def earlier_of(user: User, edition: Edition) -> list[Earlier]:
    """Return what a policy may be compared with clause by clause: the documents that it amends or
    replaces, and its editions that were out."""
    others = [
        Earlier(f"document-{row.pk}", f"《{row.title}》{row.document_number}", row)
        for source in PREDECESSORS.values()
        for row in source(user, edition.item)
    ]
    own = [
        Earlier(f"edition-{row.pk}", publications.version_words(row.order, row.change), row)
        for row in publications.editions_of(edition.item)
        if row.order < edition.order and row.published_at is not None
    ]
    return others + own


@dataclass(frozen=True)
class Year:
    """What a body interpreted in a year, with the score that the inspection would give."""

    policies: int
    interpreted: int
    share: float | None
    materials: int
    pictorial: int
    pictorial_share: float | None
    heads: tuple[tuple[str, int], ...]
    """Heads who interpreted, each with how often (C6)."""
    sampled: tuple[tuple[Edition, bool], ...]
    score: Score


def year_of(body: Unit, year: int) -> Year:
    """Count a body's year; every number is of editions that are out to the public."""
    first, last = (clock.morning_of(date(n, 1, 1)) for n in (year, year + 1))
    out = publications.published_to(None).filter(item__body__path__startswith=body.path)
    policies = list(
        out.filter(item__kind__in=list(COUNTED), published_at__gte=first, published_at__lt=last)
        .select_related("item")
        .order_by("-published_at", "-id")
    )
    done = _interpreted([row.item_id for row in policies])
    materials = list(
        Material.objects.filter(
            ended_at=None,
            item__in=out.filter(
                item__kind=Kind.INTERPRETATION, published_at__gte=first, published_at__lt=last
            ).values("item"),
        )
    )
    pictorial = sum(Form(one.form).is_pictorial for one in materials)
    sampled = [(row, row.item_id in done) for row in policies[:SAMPLE]]
    return Year(
        policies=len(policies),
        interpreted=sum(row.item_id in done for row in policies),
        share=share(sum(row.item_id in done for row in policies), len(policies)),
        materials=len(materials),
        pictorial=pictorial,
        pictorial_share=share(pictorial, len(materials)),
        heads=_heads(materials),
        sampled=tuple(sampled),
        score=sample_score([Sampled(interpreted) for _, interpreted in sampled]),
    )


def _interpreted(items: Sequence[int]) -> set[int]:
    """Return which of these policies have a material that the public can read."""
    rows: QuerySet[Material] = Material.objects.filter(policy__in=items, ended_at=None)
    rows = rows.filter(item__in=publications.published_to(None).values("item"))
    return set(rows.values_list("policy", flat=True))


def _heads(materials: Sequence[Material]) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    for one in materials:
        if one.is_head:
            found[one.interpreter] = found.get(one.interpreter, 0) + 1
    return tuple(sorted(found.items()))
