"""Every kind under every kind, and events that have words."""

from __future__ import annotations

from itertools import product

import pytest

from gongkai.kernel.refusal import Refused
from gongkai.organisation.actions import create_unit
from gongkai.organisation.models import Unit
from gongkai.organisation.states import EVENTS, PARENTS, NameKind, Resolved, SetRule, UnitKind
from gongkai.organisation.tests.factories import FOUNDED, make_unit


def make_kind(kind: UnitKind | None) -> Unit | None:
    """Make a unit of a kind where it may stand."""
    if kind is None:
        return None
    parent = None if kind is UnitKind.BODY else make_kind(UnitKind.BODY)
    return make_unit(parent, f"甲{kind.label}", kind)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "parent"), list(product(UnitKind, [None, *UnitKind])))
def test_every_pair_of_kinds(kind, parent):
    above = make_kind(parent)
    before = Unit.objects.count()

    def make():
        return create_unit(actor=None, parent=above, kind=kind, name="乙", on=FOUNDED)

    if parent in PARENTS[kind]:
        unit = make()
        assert unit.path == f"{above.path if above else '/'}{unit.pk}/"
        assert unit.body_id == (unit.pk if kind is UnitKind.BODY else above.body_id)
    else:
        with pytest.raises(Refused) as refused:
            make()
        assert "organisation.wrong_place" in refused.value.codes
        assert Unit.objects.count() == before


def test_everything_has_a_word():
    for kinds in (UnitKind, NameKind, Resolved, SetRule):
        assert all(kind.label for kind in kinds)
    assert all(event.startswith("organisation.") and label for event, label in EVENTS.items())
