"""How submissions is wired when Django starts."""

from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    """The submissions app."""

    name = "gongkai.submissions"
    label = "submissions"
    verbose_name = "报送上级"
