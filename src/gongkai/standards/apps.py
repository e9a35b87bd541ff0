"""How standards is wired when Django starts."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """The standards app."""

    name = "gongkai.standards"
    label = "standards"
    verbose_name = "标准目录"
