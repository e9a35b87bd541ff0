"""What people type about accounts, posts and delegations; no law, no tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.account.forms import ReauthenticateForm as PasswordAgainForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
    get_default_password_validators,
)

from gongkai.accounts.policies import NotTheSameValidator
from gongkai.accounts.states import Role

Choices = Iterable[tuple[int | str, str]]


def password_help() -> str:
    """Say what the settings ask of a password."""
    said = (_IN_OUR_WORDS.get(type(v), _as_it_says)(v) for v in get_default_password_validators())
    return "".join(text for text in said if text)


def _as_it_says(validator: Any) -> str:
    return str(validator.get_help_text()).rstrip("。.") + "。"


_IN_OUR_WORDS: dict[type, Callable[[Any], str]] = {
    MinimumLengthValidator: lambda v: f"至少{v.min_length}个字符。",
    UserAttributeSimilarityValidator: lambda v: "不能与登录名、姓名相近。",
    CommonPasswordValidator: lambda v: "不能是常见的密码。",
    NotTheSameValidator: lambda v: "",  # goes without saying until somebody tries
}


def _new_password() -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": "new-password"})


def _offer(form: forms.Form, name: str, choices: Choices, empty: str) -> None:
    offered: list[tuple[Any, str]] = [("", empty), *choices]
    form.fields[name].choices = offered  # type: ignore[attr-defined]  # a choice field


class SignInForm(LoginForm):  # type: ignore[misc]  # the library has no types
    """The sign-in form in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("login", "登录名"), ("password", "密码")):
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
            self.fields[name].help_text = ""


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # the library has no types
    """Changing one's own password, in our words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = (("oldpassword", "现在的密码"), ("password1", "新密码"), ("password2", "再输一遍"))
        for name, label in labels:
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
            self.fields[name].help_text = ""
        self.fields["password1"].help_text = password_help()


class ConfirmPasswordForm(PasswordAgainForm):  # type: ignore[misc]  # the library has no types
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["password"]
        field.label, field.help_text = "现在的密码", ""
        field.widget.attrs.pop("placeholder", None)


class UserForm(forms.Form):
    """A new account."""

    full_name = forms.CharField(label="姓名", max_length=50)
    username = forms.CharField(
        label="登录名", max_length=50, help_text="2到50个英文字母、数字或点，不分大小写。"
    )
    email = forms.EmailField(label="邮箱", required=False)
    body = forms.TypedChoiceField(label="所属机关", coerce=int, help_text="由它的管理员管理账号。")
    password = forms.CharField(label="初始密码", widget=_new_password(), strip=False)

    def __init__(self, *args: Any, bodies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "body", bodies, "请选择机关")
        if len(bodies) == 1:
            self.fields["body"].initial = bodies[0][0]
        self.fields["password"].help_text = f"本人首次登录后要自己更改。{password_help()}"


class CorrectForm(forms.Form):
    """A person's name and mail address."""

    full_name = forms.CharField(label="姓名", max_length=50)
    email = forms.EmailField(label="邮箱", required=False)


class ResetForm(forms.Form):
    """A new password for somebody else."""

    password = forms.CharField(label="新密码", widget=_new_password(), strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = f"本人下次登录后要自己更改。{password_help()}"


class ReasonForm(forms.Form):
    """Why something is done to another person's account."""

    reason = forms.CharField(label="原因", max_length=200, help_text="例如手机丢失，已当面核实。")


class PostForm(forms.Form):
    """A post to give; the units to choose from are those the person administers."""

    unit = forms.TypedChoiceField(label="单位", coerce=int)
    role = forms.ChoiceField(
        label="角色", choices=[("", "请选择角色"), *((r.value, r.label) for r in Role)]
    )
    from_on = forms.DateField(label="从哪天起", required=False, help_text="不填就从今天起。")
    until_on = forms.DateField(
        label="到哪天止", required=False, help_text="临时任职才填；这一天不再任职。"
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "unit", units, "请选择单位")
        _offer(self, "role", ((role.value, role.label) for role in Role), "请选择角色")


class DelegationForm(forms.Form):
    """Who stands in, from when to when, and why."""

    taker = forms.TypedChoiceField(label="受托人", coerce=int)
    from_on = forms.DateField(label="开始日期")
    until_on = forms.DateField(label="结束日期", help_text="含这一天。")
    reason = forms.CharField(label="原因", max_length=200, help_text="例如出差、休假。")

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "taker", people, "请选择同事")


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """The code that signs in after the password: from the telephone, or from paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self, "手机上的6位验证码；手机不在身边，用备用码，每个只能用一次。")


class ConfirmCodeForm(ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """The code that shows it is still the same person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self, "手机上的6位验证码，或者备用码。")


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library has no types
    """A passkey to add; the browser asks for finger, face or PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "叫什么"
        self.fields["name"].help_text = "如：办公室电脑、我的手机。"
        self.fields["name"].max_length = 40
        self.fields["passwordless"].label = "只用它登录，不输密码"
        self.fields["passwordless"].help_text = "不勾选，则登录时先输密码、再用它确认。"


class SetUpCodeForm(ActivateTOTPForm):  # type: ignore[misc]  # the library has no types
    """The first code of a telephone, which shows that it has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word_code(self, "扫码以后，手机上显示的6位数字。")


def _word_code(form: forms.Form, hint: str) -> None:
    field = form.fields["code"]
    field.label, field.help_text = "验证码", hint
    field.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "text", "size": "12"}
