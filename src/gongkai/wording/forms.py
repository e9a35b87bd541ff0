"""What a person types about a word; no law, no tables."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.screening import Entry, Severity


class WordForm(forms.Form):
    """A word, what is right, why, from when to when, where it is right after all."""

    word = forms.CharField(label="错误写法", max_length=100)
    suggestion = forms.CharField(label="正确写法", max_length=200)
    reason = forms.CharField(label="说明", max_length=300, required=False)
    since = forms.DateField(
        label="从哪天起算错",
        required=False,
        widget=forms.DateInput(),
        help_text="机构改名等有起始日的填写。",
    )
    until = forms.DateField(label="到哪天为止", required=False, widget=forms.DateInput())
    exceptions = forms.CharField(
        label="例外",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="包含它、但写得对的词语，每行一个。",
    )
    severity = forms.TypedChoiceField(
        label="级别", choices=Severity.pairs(), coerce=Severity, initial=Severity.ASK
    )

    def entry(self) -> Entry:
        """Return what was typed as the checks take it."""
        data: dict[str, Any] = self.cleaned_data
        lines = [line.strip() for line in data["exceptions"].splitlines()]
        return Entry(
            data["word"],
            data["suggestion"],
            data["reason"],
            data["since"],
            data["until"],
            tuple(filter(None, lines)),
            data["severity"],
        )


class OffForm(forms.Form):
    """A word of the product that is let be, and why."""

    word = forms.CharField(label="自带词库里的写法", max_length=100)
    reason = forms.CharField(label="为什么不再提示", max_length=300)


class TableForm(forms.Form):
    """A table of words."""

    file = forms.FileField(
        label="词表文件",
        allow_empty_file=True,
        help_text="UTF-8编码的.csv，列名与下载的词库相同。有一行不对，就一行也不导入。",
    )
