"""How reports is wired when Django starts."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The reports app."""

    name = "gongkai.reports"
    label = "reports"
    verbose_name = "落实情况报告"
