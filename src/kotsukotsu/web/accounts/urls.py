"""Signing in and out, the second factor, one's own account."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import include, path

from kotsukotsu.web.accounts import views

urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("login/again/", account.reauthenticate, name="account_reauthenticate"),
    path("login/second/", mfa.authenticate, name="mfa_authenticate"),
    path("login/second/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/", views.own, name="own_account"),
    path("account/password/", views.change_password, name="account_change_password"),
    path("account/second/", mfa.index, name="mfa_index"),
    path("account/second/on/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/second/codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("single/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
