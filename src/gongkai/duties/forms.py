"""What people fill in to change a clock; no law here, the reasons why not are the policies'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from gongkai.duties.rules import Ladder, from_words
from gongkai.duties.states import FURTHEST, HEARS_FROM

OFFERED = (-5, -3, -1, 0, 1, 3, 5, 10, 15, 20, 30)
"""From which rungs on somebody may be set to hear."""

NEVER = "never"
"""Chosen for who is not to hear at all."""

Choices = Iterable[tuple[Any, str]]


def _reason(label: str = "原因", help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=200,
        help_text=help_text,
        error_messages={"required": f"请写明{label}。"},
    )


def _moment(label: str, help_text: str = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, help_text=help_text)


class VerbForm(forms.Form):
    """A change of one duty, with the version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PauseForm(VerbForm):
    """From when the clock stands still, and for what."""

    at = _moment("发出时间", "征求意见、请示等发出的时间，从次日起不计入期限。")
    reason = _reason("为何暂停", "例如：征求第三方意见。")


class ResumeForm(VerbForm):
    """When the answer came, and to which of several pauses."""

    key = forms.ChoiceField(label="哪一次暂停")
    at = _moment("答复时间", "收到答复的时间。")
    reason = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, pauses: Choices, **kwargs: Any) -> None:
        """Ask which pause only where several are open."""
        super().__init__(*args, **kwargs)
        offered = list(pauses)
        if len(offered) > 1:
            self.fields["key"].choices = offered  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["key"]


class ExtendForm(VerbForm):
    """By how much the limit grows, in its own unit."""

    days = forms.IntegerField(label="延长多少", min_value=1)
    reason = _reason(help_text="写明依据和理由，会留在台账里。")

    def __init__(self, *args: Any, unit: str, **kwargs: Any) -> None:
        """Say in which unit the limit is counted."""
        super().__init__(*args, **kwargs)
        self.fields["days"].label = f"延长多少{unit.removeprefix('个')}"


class ResetForm(VerbForm):
    """From when the clock runs anew."""

    at = _moment("从何时起算", "例如收到补正材料的时间，当日不计。")
    reason = _reason(help_text="此前的暂停和延长不再计算，记录仍保留。")


class DateForm(VerbForm):
    """The date that a duty runs to."""

    on = forms.DateField(label="到期日")
    reason = _reason("依据", "例如：市政务公开办〔2026〕3号。")


class LadderForm(VerbForm):
    """When a body's people are reminded, and from when on others hear."""

    before = forms.CharField(
        label="到期前几个工作日提醒",
        max_length=60,
        required=False,
        help_text="从大到小，例如：5、3、1。到期当天一定提醒。",
    )
    after = forms.CharField(
        label="逾期几个工作日提醒",
        max_length=60,
        help_text="从1填起，例如：1、5。",
        error_messages={"required": "请填写逾期后的提醒时点，例如：1、5。"},
    )
    step = forms.IntegerField(label="以后每隔几个工作日", min_value=1, max_value=FURTHEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for each hearer from when on."""
        super().__init__(*args, **kwargs)
        for hearer in HEARS_FROM:
            self.fields[hearer.value] = forms.TypedChoiceField(
                label=hearer.label,
                choices=[(n, from_words(n)) for n in OFFERED] + [(NEVER, from_words(None))],
                coerce=lambda typed: None if typed == NEVER else int(typed),
                error_messages={"required": f"请选择{hearer.label}从何时起收到提醒。"},
            )

    @classmethod
    def showing(cls, ladder: Ladder, version: int) -> LadderForm:
        """Return the form with what holds now."""
        hears = {
            hearer.value: NEVER if first is None else first
            for hearer, first in ladder.hears_from.items()
        }
        first = {"step": ladder.step, "version": version, **hears}
        before, after = ("、".join(map(str, days)) for days in (ladder.before, ladder.after))
        return cls(initial={"before": before, "after": after, **first})

    def ladder(self) -> Ladder:
        """Return the ladder that was typed; what is wrong with it the policies say."""
        data = self.cleaned_data
        before, after = (
            tuple(int(n) for n in re.findall(r"\d+", data[name])) for name in ("before", "after")
        )
        hears = {hearer: data[hearer.value] for hearer in HEARS_FROM}
        return Ladder(tuple(sorted(before, reverse=True)), after, data["step"], hears)


class ReassignForm(VerbForm):
    """Whose the duty becomes."""

    owner = forms.TypedChoiceField(label="责任单位", coerce=int)
    person = forms.TypedChoiceField(
        label="承办人", coerce=int, required=False, empty_value=None, help_text="要在责任单位任职。"
    )
    reason = _reason()

    def __init__(self, *args: Any, owners: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Mapping[str, Choices] = {
            "owner": [("", "请选择"), *owners],
            "person": [("", "暂不定人"), *people],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
