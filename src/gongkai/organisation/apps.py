"""How the organisation is wired when Django starts."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The organisation app."""

    name = "gongkai.organisation"
    label = "organisation"
    verbose_name = "组织机构"

    def ready(self) -> None:
        """Declare events, the words of their facts, navigation and the ticker."""
        from gongkai.audit.api import declare_events
        from gongkai.organisation import jobs, policies
        from gongkai.organisation.states import EVENTS
        from gongkai.ui import navigation, words

        declare_events(EVENTS)
        words.declare_facts({"alias": "别名", "on": "日期", "successor": "承接", "members": "成员"})
        navigation.entry(
            "组织机构",
            "organisation:tree",
            70,
            policies.may_see_structure,
            group=navigation.ADMIN,
        )
        jobs.register()
