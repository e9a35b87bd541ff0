"""How sheets is wired when Django starts."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """The sheets app."""

    name = "gongkai.sheets"
    label = "sheets"
    verbose_name = "填报表"
