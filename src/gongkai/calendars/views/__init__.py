"""The pages of the calendar."""

from gongkai.calendars.views.changing import edit, take_file
from gongkai.calendars.views.showing import index, version, versions, year

__all__ = ["edit", "index", "take_file", "version", "versions", "year"]
