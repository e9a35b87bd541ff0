"""How supervision is wired when Django starts."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """The supervision app."""

    name = "gongkai.supervision"
    label = "supervision"
    verbose_name = "督查督办"
