"""How the desk app is wired when Django starts."""

from django.apps import AppConfig
from django.conf import settings
from django.http import HttpRequest

from gongkai.ui.context import Banner, banner
from gongkai.ui.navigation import entry

DEMO_TEXT = "演示系统：数据都是虚构的，可以随意试用。"


def demo_banner(request: HttpRequest) -> Banner | None:
    """Say on each page that this is a demo."""
    return Banner(DEMO_TEXT) if settings.DEMO else None


class DeskConfig(AppConfig):
    """The desk app."""

    name = "gongkai.desk"
    label = "desk"

    def ready(self) -> None:
        """Declare navigation, banners and what the home page gathers."""
        from gongkai.desk import gather, jobs, sources
        from gongkai.notices.api import name_kinds

        entry("首页", "desk:home", 0)
        entry("消息", "notices:list", 60, badge=sources.unread)
        banner("demo", demo_banner)
        banner("calendar", sources.calendar_banner)
        name_kinds(jobs.KINDS)
        gather.NEED_SOURCES["approvals"] = sources.approval_needs
        gather.NEED_SOURCES["supervision"] = sources.supervision_needs
        gather.NEED_SOURCES["handings"] = sources.handing_needs
        gather.NEED_SOURCES["progress"] = sources.progress_needs
        gather.NEED_SOURCES["publications"] = sources.publication_needs
        gather.NEED_SOURCES["coordination"] = sources.coordination_needs
        gather.NEED_SOURCES["columns"] = sources.column_needs
        gather.NEED_SOURCES["reposts"] = sources.repost_needs
        gather.NEED_SOURCES["sheets"] = sources.sheet_needs
        gather.NEED_SOURCES["submissions"] = sources.submission_needs
        gather.NEED_SOURCES["programme"] = sources.programme_needs
        gather.SUMMARY_SOURCES["units"] = sources.unit_summaries
