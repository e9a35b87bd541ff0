"""The addresses of accounts: signing in, one's own page, people."""

from allauth.account import views as allauth
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path
from django.views.generic import RedirectView

from gongkai.accounts import views

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("me/", views.me, name="me"),
    path("me/delegate/", views.delegate, name="delegate"),
    path("delegations/<int:pk>/end/", views.end_delegation, name="end_delegation"),
    path("me/identity/", views.bind, name="bind"),
    path("me/identity/end/", views.unbind, name="unbind"),
    path("sign-on/", views.sign_in, name="sign_on"),
    path("sign-on/back/", views.come_back, name="sign_on_back"),
    path("me/sessions/", views.sessions, name="sessions"),
    path("me/sessions/end/", views.end_sessions, name="end_sessions"),
    path("people/", views.people, name="people"),
    path("people/new/", views.new_person, name="new_person"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/appoint/", views.appoint, name="appoint"),
    path("people/<int:pk>/correct/", views.correct, name="correct"),
    path("people/<int:pk>/password/", views.reset_password, name="reset_password"),
    path("people/<int:pk>/second-factor/", views.reset_second_factor, name="reset_second_factor"),
    path("people/<int:pk>/identity/end/", views.unbind_person, name="unbind_person"),
    path("people/<int:pk>/sign-out/", views.sign_out_person, name="sign_out_person"),
    path("people/<int:pk>/active/", views.set_active, name="set_active"),
    path("posts/<int:pk>/end/", views.end_post, name="end_post"),
]

# Names that the sign-in library asks for; there is no sign-up and no reset by mail.
_to_sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login"))
sign_in_urls: list[URLPattern] = [
    path("sign-in/", login_not_required(allauth.login), name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("inactive/", login_not_required(allauth.account_inactive), name="account_inactive"),
    path("confirm/", allauth.reauthenticate, name="account_reauthenticate"),
    path("second-factor/", factors.index, name="mfa_index"),
    path("second-factor/code/", login_not_required(factors.authenticate), name="mfa_authenticate"),
    path("second-factor/confirm/", factors.reauthenticate, name="mfa_reauthenticate"),
    path("second-factor/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("second-factor/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("second-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-factor/codes/new/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-factor/codes/file/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/confirm/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path(
        "passkeys/sign-in/",
        login_not_required(passkeys.login_webauthn),
        name="mfa_login_webauthn",
    ),
    path("sign-up/", _to_sign_in, name="account_signup"),
    path("forgotten/", _to_sign_in, name="account_reset_password"),
]
