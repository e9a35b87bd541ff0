"""Pages of people for administrators and auditors: the list, a record, what may be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts import actions, policies, queries
from gongkai.accounts.forms import CorrectForm, PostForm, ReasonForm, ResetForm, UserForm
from gongkai.accounts.queries import user_of
from gongkai.accounts.states import Role
from gongkai.accounts.views.own import facts_of
from gongkai.audit import api as audit
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, refuse_if
from gongkai.ui.lists import Begins, Choice, Column, Listing
from gongkai.ui.parts import Act, Crumb, Empty, Fact, Status
from gongkai.ui.submitting import submit, version_seen

if TYPE_CHECKING:
    from gongkai.accounts.models import User

PEOPLE = Listing(
    name="people",
    caption="人员",
    model="accounts.User",
    sort="full_name",
    columns=[
        Column(
            "full_name",
            "姓名",
            sort=True,
            url=lambda u: reverse("accounts:person", args=[u.pk]),
        ),
        Column("username", "登录名", sort=True),
        Column("posts", "职务", value=queries.posts_in_words),
        Column("is_active", "状态", value=lambda u: _status(u)),
    ],
    filters=[
        Begins("full_name", "姓名开头"),
        Choice(
            "unit",
            "单位",
            lambda request: queries.units_to_filter(user_of(request)),
            apply=queries.at_unit,
        ),
        Choice(
            "role",
            "角色",
            Role.pairs(),
            apply=lambda rows, value: queries.holding(rows, Role(value)),
        ),
    ],
    empty=Empty("还没有人员", "开设账号后，人员会出现在这里。"),
)


def _status(user: User) -> Status:
    return Status("在用", "good") if user.is_active else Status("停用", "off")


@require_GET
def people(request: HttpRequest) -> HttpResponseBase:
    """List the people whose records one may open."""
    user = _reader(request)
    rows = queries.with_posts(policies.visible_people(user))
    context = {"may_open": policies.may_administer(user)}
    return PEOPLE.answer(request, rows, "accounts/people.html", context)


@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Open an account."""
    user = _reader(request)
    refuse_if([] if policies.may_administer(user) else [policies.NOT_AN_ADMIN])

    def act(data: dict[str, Any]) -> str:
        data["body"] = queries.unit_by_id(data["body"])
        made = actions.create_user(actor=user, must_change_password=True, **data)
        return reverse("accounts:person", args=[made.pk])

    def again(sent: Form, status: int = 200) -> HttpResponse:
        crumbs = [Crumb("人员", reverse("accounts:people")), Crumb("开设账号")]
        context = {"form": sent, "crumbs": crumbs}
        return render(request, "accounts/new_person.html", context, status=status)

    form = UserForm(request.POST or None, bodies=queries.bodies_of(user))
    if request.method == "GET":
        return again(form)
    return submit(request, form, act, done="账号已开设，请接着任职。", again=again)


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person: posts, and what the administrator may do."""
    return _page(request, _person(request, pk))


@require_POST
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a post."""

    def act(found: User, data: dict[str, Any]) -> None:
        unit = queries.unit_by_id(data.pop("unit"))
        role = Role(data.pop("role"))
        actions.appoint(actor=user_of(request), user=found, unit=unit, role=role, **data)

    return _submit(request, pk, "appoint", act, "已任职。")


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a person's name or mail address."""

    def act(found: User, data: dict[str, Any]) -> None:
        actions.correct_user(found, actor=user_of(request), expected=version_seen(request), **data)

    return _submit(request, pk, "correct", act, "已更正。")


@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a new password and open the lock, if there is one."""

    def act(found: User, data: dict[str, Any]) -> None:
        actions.reset_password(
            found,
            actor=user_of(request),
            password=data["password"],
            expected=version_seen(request),
        )
        get_adapter().unlock(request, found.username)

    return _submit(request, pk, "reset_password", act, "密码已重置，本人下次登录后要更改。")


@require_POST
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate or reactivate an account."""
    found = _person(request, pk)
    active = not found.is_active
    actions.set_active(found, actor=user_of(request), active=active, expected=version_seen(request))
    messages.success(request, "账号已恢复。" if active else "账号已停用，本人不能再登录。")
    return redirect("accounts:person", pk=pk)


@require_POST
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post today."""
    user = _reader(request)
    post = queries.visible_post(user, pk)
    if post is None:
        raise Http404
    actions.end_post(post, actor=user, on=clock.today())
    messages.success(request, "已免职。")
    return redirect("accounts:person", pk=post.user_id)


def _reader(request: HttpRequest) -> User:
    user = user_of(request)
    refuse_if([] if policies.may_see_people(user) else [policies.NOT_A_READER])
    return user


def _person(request: HttpRequest, pk: int) -> User:
    found = queries.visible_person(_reader(request), pk)
    if found is None:
        raise Http404
    return found


@require_POST
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a person's second factor away, because the telephone is lost."""

    def act(found: User, data: dict[str, Any]) -> None:
        actions.reset_second_factor(
            found,
            actor=user_of(request),
            expected=version_seen(request),
            reason=data["reason"],
        )

    done = "已解除，本人的登录都已退出，请本人重新登录并绑定。"
    return _submit(request, pk, "reset_second_factor", act, done)


@require_POST
def unbind_person(request: HttpRequest, pk: int) -> HttpResponse:
    """End that a person signs in through the office's sign-on."""

    def act(found: User, data: dict[str, Any]) -> None:
        actions.unbind_identity(found, actor=user_of(request), reason=data["reason"])

    return _submit(request, pk, "unbind_person", act, "绑定已解除。")


@require_POST
def sign_out_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a person out everywhere."""
    found = _person(request, pk)
    ended = actions.end_sessions(found, actor=user_of(request))
    messages.success(request, f"已退出{ended}处登录。" if ended else "本人现在没有登录。")
    return redirect("accounts:person", pk=pk)


_FORMS = {
    "appoint": "任职",
    "reset_password": "重置密码",
    "correct": "更正姓名或邮箱",
    "reset_second_factor": "解除登录验证",
    "unbind_person": "解除单点登录",
}


_IF_THERE: dict[str, Callable[[User], object]] = {
    "reset_second_factor": queries.has_second_factor,
    "unbind_person": queries.identity_of,
}


def _always(found: User) -> bool:
    return True


def _form(name: str, found: User, user: User, data: Any = None) -> Form:
    if name == "appoint":
        return PostForm(data, prefix=name, units=queries.units_to_appoint(user))
    if name == "reset_password":
        return ResetForm(data, prefix=name)
    if name in {"reset_second_factor", "unbind_person"}:
        return ReasonForm(data, prefix=name)
    initial = {"full_name": found.full_name, "email": found.email}
    return CorrectForm(data, prefix=name, initial=initial)


def _submit(request: HttpRequest, pk: int, name: str, act: Any, done: str) -> HttpResponse:
    found = _person(request, pk)

    def go(data: dict[str, Any]) -> str:
        act(found, data)
        return reverse("accounts:person", args=[pk])

    def again(sent: Form, status: int) -> HttpResponse:
        return _page(request, _person(request, pk), name, sent, status)

    form = _form(name, found, user_of(request), request.POST)
    return submit(request, form, go, done=done, again=again)


def _page(
    request: HttpRequest,
    found: User,
    sent_name: str = "",
    sent: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    user = user_of(request)
    body = found.body.name if found.body else "还没有"
    context = {
        "person": found,
        "crumbs": [Crumb("人员", reverse("accounts:people")), Crumb(found.full_name)],
        "facts": [*facts_of(found), Fact("账号归管", body)],
        "status": _status(found),
        "acts": _acts(found, user, sent_name, sent),
        "posts": [_post(post, user) for post in policies.all_posts(found)],
        "timeline": audit.timeline(found, limit=30),
    }
    return render(request, "accounts/person.html", context, status=status)


def _acts(found: User, user: User, sent_name: str, sent: Form | None) -> list[Act]:
    if not policies.may_administer(user):
        return []
    may = tuple(policies.why_not_administer(found, actor=user))
    acts = [
        Act(
            label,
            reverse(f"accounts:{name}", args=[found.pk]),
            form=sent if sent is not None and sent_name == name else _form(name, found, user),
            tone="primary" if name == "appoint" else "plain",
            hidden={"version": found.version},
            refusals=() if name == "appoint" else may,
        )
        for name, label in _FORMS.items()
        if _IF_THERE.get(name, _always)(found)
    ]
    out = Act(
        "退出本人的全部登录",
        reverse("accounts:sign_out_person", args=[found.pk]),
        refusals=tuple(policies.why_not_end_sessions(found, actor=user)),
    )
    return [*acts, out, _activity(found, user)]


def _activity(found: User, user: User) -> Act:
    url, hidden = reverse("accounts:set_active", args=[found.pk]), {"version": found.version}
    why_not = policies.why_not_deactivate if found.is_active else policies.why_not_reactivate
    refusals: tuple[Refusal, ...] = tuple(why_not(found, actor=user))
    if not found.is_active:
        return Act("恢复账号", url, hidden=hidden, refusals=refusals)
    confirm = "停用后本人立即退出，不能再登录；记录保留。"
    return Act("停用账号", url, hidden=hidden, refusals=refusals, confirm=confirm)


def _post(post: Any, user: User) -> dict[str, Any]:
    today = clock.today()
    over = post.until_on is not None and post.until_on <= today
    refusals = tuple(policies.why_not_end_post(post, actor=user, on=today))
    url = reverse("accounts:end_post", args=[post.pk])
    begins = post.from_on > today
    act = None if over or refusals else Act("免职", url, tone="quiet", confirm="从今天起免去职务。")
    return {"post": post, "over": over, "begins": begins, "act": act}
