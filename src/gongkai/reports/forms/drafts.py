"""What people type to have a report drafted, to rewrite and to issue it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from django import forms

from gongkai.reports.rules.next_steps import NextStep

LONGEST = 60_000
"""So many characters a passage may have."""


class Offered(Protocol):
    """A programme as the form needs it."""

    pk: Any
    title: Any


def _day(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(), help_text=hint)


class StartForm(forms.Form):
    """Which documents a report is written on, up to which day, and how it is headed."""

    programmes = forms.TypedMultipleChoiceField(
        label="报告哪些文件的落实情况",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一份文件。"},
    )
    as_of = _day("数据截至", "系统按这一天的台账起草。")
    recipient = forms.CharField(
        label="主送机关", required=False, max_length=200, help_text="如：清江市人民政府办公室"
    )
    title = forms.CharField(
        label="标题", required=False, max_length=300, help_text="不填则用通行的标题。"
    )

    def __init__(self, *args: Any, programmes: Sequence[Offered], **kwargs: Any) -> None:
        """Offer these programmes."""
        super().__init__(*args, **kwargs)
        choices = [(one.pk, one.title) for one in programmes]
        self.fields["programmes"].choices = choices  # type: ignore[attr-defined]  # a choice field


class HeadForm(forms.Form):
    """How the report is headed and to whom it goes."""

    title = forms.CharField(label="标题", max_length=300)
    recipient = forms.CharField(label="主送机关", required=False, max_length=200)


class RefreshForm(forms.Form):
    """Up to which day the figures count."""

    as_of = _day("数据截至")


class TextForm(forms.Form):
    """The text of a passage, one paragraph a line."""

    text = forms.CharField(
        label="正文",
        required=False,
        max_length=LONGEST,
        strip=False,
        help_text="一行一段。数字来自台账，改动后系统会提示。",
        widget=forms.Textarea(attrs={"rows": 16}),
    )


class IssueForm(forms.Form):
    """Why the report goes out although a figure is in doubt."""

    reason = forms.CharField(
        label="有疑问的数字为什么保留",
        required=False,
        max_length=500,
        help_text="没有疑问的，不用填。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WhyForm(forms.Form):
    """Why a report is given up."""

    reason = forms.CharField(label="原因", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class TemplateForm(forms.Form):
    """An office's own .docx for its reports."""

    file = forms.FileField(label="版式文件", help_text="在标准版式上改好，另存为 .docx。")


class StepsForm(forms.Form):
    """Which next steps go into the next year, in which words, by whom and by when."""

    def __init__(
        self, *args: Any, steps: Sequence[NextStep], units: Sequence[str], year: int, **kwargs: Any
    ) -> None:
        """Offer each step as the report words it; ``year`` is the one they go into."""
        super().__init__(*args, **kwargs)
        self.count = len(steps)
        names = [("", "暂不指定"), *((name, name) for name in units)]
        for n, step in enumerate(steps, start=1):
            self.fields[f"take_{n}"] = forms.BooleanField(
                label=f"第{n}条转入下一年", required=False, initial=True
            )
            self.fields[f"what_{n}"] = forms.CharField(
                label="任务",
                max_length=500,
                initial=step.what,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"who_{n}"] = forms.ChoiceField(
                label="牵头单位",
                required=False,
                choices=names,
                initial=step.who if step.who in units else "",
            )
            self.fields[f"by_{n}"] = forms.DateField(
                label="完成时限", widget=forms.DateInput(), initial=step.by or date(year, 12, 31)
            )

    def groups(self) -> Iterator[list[forms.BoundField]]:
        """Return the fields of each step."""
        for n in range(1, self.count + 1):
            yield [self[f"{name}_{n}"] for name in ("take", "what", "who", "by")]

    def chosen(self) -> list[NextStep]:
        """Return the steps that go on."""
        data = self.cleaned_data
        return [
            NextStep(data[f"what_{n}"], data[f"who_{n}"], data[f"by_{n}"])
            for n in range(1, self.count + 1)
            if data[f"take_{n}"]
        ]
