"""The door of the organisation: what other apps may use."""

from gongkai.organisation.actions import (
    add_alias,
    create_set,
    create_unit,
    dissolve_unit,
    move_unit,
    rename_unit,
)
from gongkai.organisation.models import Unit, UnitName, UnitSet
from gongkai.organisation.policies import set_gate
from gongkai.organisation.queries import (
    Resolution,
    ancestors,
    body_of,
    living,
    resolve,
    unit_by_id,
    unit_or_none,
    units_under,
)
from gongkai.organisation.states import Resolved, UnitKind

__all__ = [
    "Resolution",
    "Resolved",
    "Unit",
    "UnitKind",
    "UnitName",
    "UnitSet",
    "add_alias",
    "ancestors",
    "body_of",
    "create_set",
    "create_unit",
    "dissolve_unit",
    "living",
    "move_unit",
    "rename_unit",
    "resolve",
    "set_gate",
    "unit_by_id",
    "unit_or_none",
    "units_under",
]
