"""The door of the interpretations: what other apps may use."""

from gongkai.interpretations.actions import add_safeguard, except_from, interpret, set_plan
from gongkai.interpretations.panels import add_predecessors
from gongkai.interpretations.queries import Year, material_of, materials_of, plan_of, year_of
from gongkai.interpretations.states import Form, Missing, Safeguard, Stage

__all__ = [
    "Form",
    "Missing",
    "Safeguard",
    "Stage",
    "Year",
    "add_predecessors",
    "add_safeguard",
    "except_from",
    "interpret",
    "material_of",
    "materials_of",
    "plan_of",
    "set_plan",
    "year_of",
]
