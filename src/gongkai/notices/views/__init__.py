"""The pages of notices: one's own, and the administrator's page of mails."""

from gongkai.notices.views.mails import mail, mails, send_again, send_test
from gongkai.notices.views.own import choose, notice_list, open_notice, read_all

__all__ = [
    "choose",
    "mail",
    "mails",
    "notice_list",
    "open_notice",
    "read_all",
    "send_again",
    "send_test",
]
