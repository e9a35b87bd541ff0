"""What people type about accounts, posts and delegations; no law, no tables."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.accounts.states import Role

_DATE = {"type": "date"}


def _day(label: str, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs=_DATE, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


class UserForm(forms.Form):
    """A new account."""

    full_name = forms.CharField(label="姓名", max_length=50)
    username = forms.CharField(label="登录名", max_length=50, help_text="英文字母和数字。")
    email = forms.EmailField(label="邮箱", required=False)
    password = forms.CharField(
        label="初始密码", widget=forms.PasswordInput, help_text="本人首次登录后要自己更改。"
    )


class ResetForm(forms.Form):
    """A new password for somebody else."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    password = forms.CharField(label="新密码", widget=forms.PasswordInput)


class VersionForm(forms.Form):
    """Nothing but the version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PostForm(forms.Form):
    """A post to give; the units to choose from are those the person administers."""

    unit = forms.TypedChoiceField(label="单位", coerce=int)
    role = forms.ChoiceField(label="角色", choices=[(r.value, r.label) for r in Role])
    from_on = _day("从哪天起", required=False)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # a choice field


class DelegationForm(forms.Form):
    """Who stands in, from when to when, and why."""

    taker = forms.TypedChoiceField(label="受托人", coerce=int)
    from_on = _day("开始日期")
    until_on = _day("结束日期")
    reason = forms.CharField(label="原因", max_length=200, help_text="例如出差、休假。")

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"].choices = people  # type: ignore[attr-defined]  # a choice field
