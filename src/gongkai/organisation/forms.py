"""What people type about units, names and sets; no law, no tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from gongkai.organisation.states import SetRule, UnitKind

Choices = Iterable[tuple[int, str]]


def _day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, **more)


def _offer(form: forms.Form, name: str, choices: Choices, empty: str = "") -> None:
    offered: list[tuple[Any, str]] = [("", empty)] if empty else []
    form.fields[name].choices = offered + list(choices)  # type: ignore[attr-defined]  # a choice field


class UnitForm(forms.Form):
    """A unit to set up under the one shown."""

    kind = forms.ChoiceField(label="类别", choices=UnitKind.pairs())
    name = forms.CharField(label="全称", max_length=200)
    short_name = forms.CharField(label="简称", max_length=100, required=False)
    on = _day("设立日期", required=False, help_text="不填就是今天。")


class RenameForm(forms.Form):
    """A new full and short name."""

    name = forms.CharField(label="新全称", max_length=200)
    short_name = forms.CharField(
        label="新简称", max_length=100, required=False, help_text="不填就不再有简称。"
    )
    on = _day("从哪天起", help_text="在这一天之前仍用原来的名称。")


class MoveForm(forms.Form):
    """A new place in the tree."""

    parent = forms.TypedChoiceField(label="调到", coerce=int)

    def __init__(self, *args: Any, parents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "parent", parents, "请选择上级单位")


class DissolveForm(forms.Form):
    """The day of dissolution and who takes over."""

    on = _day("撤销日期", help_text="从这一天起不再存在。")
    successor = forms.TypedChoiceField(
        label="承接单位",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="在办的任务到那一天转给承接单位；没有承接单位的，转给上级单位。",
    )

    def __init__(self, *args: Any, successors: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "successor", successors, "没有")


class RestoreForm(forms.Form):
    """Why a dissolution is taken back."""

    reason = forms.CharField(label="原因", max_length=200)


class AliasForm(forms.Form):
    """Another name the unit is known by."""

    text = forms.CharField(label="别名", max_length=200, help_text="文件里会出现的其他写法。")


class SetForm(forms.Form):
    """Who belongs to a set: by rule or one by one."""

    rule = forms.ChoiceField(
        label="包括",
        choices=SetRule.pairs(),
        help_text="按规则的会随机构调整自动变化。",
    )
    members = forms.TypedMultipleChoiceField(
        label="成员",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只在“逐个列出”时使用。",
    )
    vague = forms.BooleanField(label="泛称：每次由承办人从中选定", required=False)

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "members", units)


class NewSetForm(SetForm):
    """A set to keep, with its name."""

    name = forms.CharField(label="写法", max_length=200, help_text="例如：局属执法单位。")
    field_order = ("name", "rule", "members", "vague")


class TryForm(forms.Form):
    """A name as a document writes it, to see whom it means."""

    text = forms.CharField(label="文件里的写法", max_length=200)
    on = _day("按哪天", required=False)
