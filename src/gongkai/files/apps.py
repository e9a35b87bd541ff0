"""How the files app is wired when Django starts."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The files app."""

    name = "gongkai.files"
    label = "files"

    def ready(self) -> None:
        """Declare the app's events; let each worker put right what a kill left."""
        from gongkai.audit.api import declare_events
        from gongkai.files import actions, states
        from gongkai.outbox.api import at_start

        declare_events(states.EVENTS)
        at_start("files.reconcile")(actions.reconcile)
