"""How records is wired when Django starts."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The records app."""

    name = "gongkai.records"
    label = "records"
    verbose_name = "工作记录"
