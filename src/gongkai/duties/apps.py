"""How the duties app is wired when Django starts."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """The duties app."""

    name = "gongkai.duties"
    label = "duties"

    def ready(self) -> None:
        """Declare events, their facts' words and navigation; register what the worker does."""
        from gongkai.audit.api import declare_events
        from gongkai.calendars.api import show_effects
        from gongkai.duties import jobs, policies, states  # noqa: F401 - importing registers jobs
        from gongkai.ui import navigation, words

        declare_events(states.EVENTS)
        words.declare_facts(states.FACT_LABELS)
        show_effects("看哪些到期日因此改变", "duties:moved")
        navigation.entry("时限", "duties:mine", 30, policies.sees_duties)
        navigation.entry(
            "提醒设置", "duties:ladder", 85, policies.sets_ladders, group=navigation.ADMIN
        )
