"""What people type about documents, proposals and tasks, as values; no law, no tables."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms

from gongkai.programme.rules import PROMPT_WORKING_DAYS, Clock
from gongkai.programme.states import ClockKind
from gongkai.ui.handing_in import HandInForm

_SEPARATORS = re.compile(r"[、，,；;\n]+")

CADENCES = [
    ("quarterly", "每季度"),
    ("monthly", "每月"),
    ("half-yearly", "每半年"),
    ("yearly", "每年"),
]


class ReceiveForm(HandInForm):
    """A document to take in."""

    body_label = "收文单位"
    file_hint = "可用 .docx、.xlsx、.pdf、.html、.txt，不超过20兆。"
    pasted_hint = "从网页或文档里复制过来即可。"
    title_hint = "不填则用文件里的标题。"
    pasted_name = "粘贴的正文.txt"


class NamesField(forms.CharField):
    """Names of units, parted by 、 or lines; cleans to a list without repeats."""

    def clean(self, value: Any) -> list[str]:
        """Split what was typed into names."""
        text = super().clean(value)
        return list(dict.fromkeys(p.strip() for p in _SEPARATORS.split(text) if p.strip()))


class ClockFields(forms.Form):
    """The clock of a task; only the fields of the chosen kind count."""

    kind = forms.ChoiceField(
        label="时限",
        choices=[("", "请选定"), *ClockKind.pairs()],
        required=False,
    )
    on = forms.DateField(
        label="完成日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    cadence = forms.ChoiceField(label="周期", choices=CADENCES, required=False)
    times = forms.IntegerField(label="每年次数", min_value=1, max_value=366, required=False)
    day = forms.IntegerField(label="每月几日", min_value=1, max_value=31, required=False)
    n = forms.IntegerField(
        label="时长",
        min_value=1,
        max_value=3660,
        required=False,
        help_text=f"“及时”只数工作日，不填就是{PROMPT_WORKING_DAYS}个。",
    )
    unit = forms.ChoiceField(
        label="时长按什么算",
        choices=[
            ("workday", "个工作日"),
            ("day", "日"),
            ("hour", "小时"),
            ("week", "周"),
            ("month", "个月"),
        ],
        required=False,
    )
    reason = forms.CharField(label="为何不计时", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Put a ``clock`` (JSON or None) together and refuse what its kind lacks."""
        data = super().clean() or {}
        kind = data.get("kind")
        data["clock"] = self._clock(ClockKind(kind), data).as_json() if kind else None
        return data

    def _clock(self, kind: ClockKind, data: dict[str, Any]) -> Clock:
        on = data.get("on")
        if kind is ClockKind.DATE:
            if not on and "on" not in self.errors:
                self.add_error("on", "请填写完成日期。")
            return Clock(kind, on=on.isoformat() if on else "", dates=self._other_days(on))
        if kind is ClockKind.CADENCE:
            cadence = data.get("cadence") or "quarterly"
            return Clock(
                kind,
                cadence=cadence,
                day=data.get("day") if cadence == "monthly" else None,
                times=data.get("times") if cadence == "yearly" else None,
            )
        if kind is ClockKind.WITHIN:
            if not data.get("n") and "n" not in self.errors:
                self.add_error("n", "请填写时长。")
            return Clock(kind, n=data.get("n"), unit=data.get("unit") or "workday")
        if kind is ClockKind.PROMPTLY:
            return Clock(kind, n=data.get("n") or PROMPT_WORKING_DAYS, unit="workday")
        if kind is ClockKind.NONE:
            if not data.get("reason"):
                self.add_error("reason", "不计时要写明原因。")
            return Clock(kind, reason=data.get("reason") or "")
        return Clock(kind)

    def _other_days(self, on: date | None) -> tuple[str, ...]:
        """Keep the several days of a clock as long as the last of them is not changed."""
        days = tuple(self.initial.get("dates", ()))
        return days if on and days and on.isoformat() == self.initial.get("on") else ()


class ProposalForm(ClockFields):
    """Corrections of one proposal, with the version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label="任务", widget=forms.Textarea(attrs={"rows": 4}))
    lead = NamesField(label="牵头单位", required=False, help_text="几个单位用顿号分开。")
    support = NamesField(label="配合单位", required=False)
    clause = forms.CharField(label="所属条款", required=False, max_length=120)
    superior = forms.CharField(label="上级安排", required=False, max_length=500)

    field_order = ("version", "text", "lead", "support", "kind")


class SplitForm(forms.Form):
    """The parts into which a proposal is split, one a line."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    texts = forms.CharField(label="每行一条", widget=forms.Textarea(attrs={"rows": 5}))


class ReasonForm(forms.Form):
    """A reason, with the version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="原因", max_length=300, required=False)


class VersionForm(forms.Form):
    """Nothing but the version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class BindForm(VersionForm):
    """How a document is made binding: as it stands, with new dates, or as history."""

    mode = forms.ChoiceField(
        label="怎样下达",
        choices=[("current", "按文件的时间"), ("moved", "按新的年份"), ("history", "按历史登记")],
        widget=forms.RadioSelect,
    )
    year = forms.IntegerField(label="新的年份", min_value=2004, max_value=2100, required=False)
    drop_removed = forms.BooleanField(
        label="新版本没有的任务予以撤销", required=False, initial=True
    )

    def __init__(self, *args: Any, is_later: bool, is_past: bool, **kwargs: Any) -> None:
        """Offer what fits: new dates or history for a past year, the document's dates else.

        What becomes of removed tasks is asked only of a later version (``is_later``).
        """
        super().__init__(*args, **kwargs)
        fits = {"moved", "history"} if is_past else {"current", "moved"}
        mode = self.fields["mode"]
        mode.choices = [c for c in mode.choices if c[0] in fits]  # type: ignore[attr-defined]  # a choice field
        if not is_later:
            del self.fields["drop_removed"]

    def clean(self) -> dict[str, Any]:
        """Ask for the year where the dates move to a new one."""
        data = super().clean() or {}
        if data.get("mode") == "moved" and not data.get("year") and "year" not in self.errors:
            self.add_error("year", "请填写新的年份。")
        return data


class EvidenceForm(forms.Form):
    """What was done, with a link or a file."""

    unit = forms.IntegerField(widget=forms.HiddenInput)
    duty = forms.IntegerField(widget=forms.HiddenInput, required=False)
    note = forms.CharField(label="做了什么", widget=forms.Textarea(attrs={"rows": 3}))
    link = forms.URLField(label="网址", required=False, assume_scheme="https")
    file = forms.FileField(label="附件", required=False)


class DoneForm(VersionForm):
    """Which duty of which unit is reported as done, and on which day it was."""

    unit = forms.IntegerField(widget=forms.HiddenInput)
    duty = forms.IntegerField(widget=forms.HiddenInput, required=False)
    done_on = forms.DateField(
        label="哪一天完成",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class TriggerForm(VersionForm):
    """What happened, and when."""

    unit = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.CharField(label="发生了什么", max_length=300)
    happened_on = forms.DateField(
        label="哪一天", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class SuperiorDateForm(VersionForm):
    """The date that the superior gave, and where it stands."""

    on = forms.DateField(
        label="上级定的日期", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    basis = forms.CharField(
        label="依据", max_length=200, help_text="例如：市政务公开办〔2026〕3号。"
    )
