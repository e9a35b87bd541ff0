"""Pages of the organisation: the tree, a unit's record, named sets."""

from gongkai.organisation.views.sets import create_set, end_set, one_set, set_members, sets
from gongkai.organisation.views.units import (
    add_alias,
    create,
    dissolve,
    end_alias,
    move,
    rename,
    restore,
    tree,
    unit,
)

__all__ = [
    "add_alias",
    "create",
    "create_set",
    "dissolve",
    "end_alias",
    "end_set",
    "move",
    "one_set",
    "rename",
    "restore",
    "set_members",
    "sets",
    "tree",
    "unit",
]
