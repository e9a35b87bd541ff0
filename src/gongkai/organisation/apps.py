"""How the organisation app is wired when Django starts."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The organisation app."""

    name = "gongkai.organisation"
    label = "organisation"
