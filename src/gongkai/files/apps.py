"""How the files app is wired when Django starts."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The files app."""

    name = "gongkai.files"
    label = "files"
