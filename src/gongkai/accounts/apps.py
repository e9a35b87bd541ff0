"""How the accounts app is wired when Django starts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts app."""

    name = "gongkai.accounts"
    label = "accounts"
