"""How the outbox app is wired when Django starts."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """The outbox app."""

    name = "gongkai.outbox"
    label = "outbox"

    def ready(self) -> None:
        """Enter the outbox's own ticker and its page for operators."""
        from gongkai.outbox.policies import may_operate
        from gongkai.outbox.registry import ticker
        from gongkai.outbox.worker.sweep import sweep
        from gongkai.ui import navigation

        ticker("outbox.sweep", every=3600.0, label="清理办完的消息")(sweep)
        navigation.entry("后台任务", "outbox:status", 95, may_operate, group=navigation.ADMIN)
