"""Lists: declared columns, filters and order, pages by key, exports; knows no field of work."""

from gongkai.ui.lists.columns import Column
from gongkai.ui.lists.filters import Begins, Between, Choice
from gongkai.ui.lists.listing import REGISTRY, Listing, Page

__all__ = ["REGISTRY", "Begins", "Between", "Choice", "Column", "Listing", "Page"]
