"""What people fill in about mail; reasons why not are the policies'."""

from __future__ import annotations

from django import forms

from gongkai.notices.states import Way

WAYS = [
    (Way.DIGEST.value, "每日汇总：每个工作日早上一封，列出还没看的消息"),
    (Way.AT_ONCE.value, "即时：紧急的马上发，其余每日汇总"),
    (Way.NONE.value, "不发邮件：只在平台上看"),
]


class WayForm(forms.Form):
    """How mail is wanted."""

    way = forms.ChoiceField(
        label="怎样收邮件",
        choices=WAYS,
        widget=forms.RadioSelect,
        help_text="在平台上看过的消息不再列入邮件；邮件只写编号、状态、到期日和链接，不写内容。",
        error_messages={"required": "请选一种方式。"},
    )
