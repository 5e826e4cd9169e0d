"""Signing in and out, the second factor, one's own account."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from kotsukotsu.web.accounts import april, care_views, people, retention_views, views

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
    path("people/", people.people, name="people"),
    path("people/new/", people.new, name="person_new"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/roles/", people.grant, name="role_grant"),
    path("people/<int:pk>/roles/<int:role>/end/", people.end_role, name="role_end"),
    path("people/<int:pk>/successor/", people.hand_over, name="hand_over"),
    path("people/<int:pk>/deputy/", people.name_deputy, name="deputy_name"),
    path("people/<int:pk>/identity/part/", people.part, name="identity_part"),
    path("people/<int:pk>/close/", people.close, name="person_close"),
    path("people/<int:pk>/password/", care_views.give_password, name="password_give"),
    path("people/<int:pk>/step/<str:name>/", care_views.step, name="person_step"),
    path("people/<int:pk>/deputy/<int:deputy>/end/", care_views.end_deputy, name="deputy_end"),
    path("account/deputy/", care_views.own_deputy, name="own_deputy"),
    path("account/deputy/<int:deputy>/end/", care_views.own_deputy_end, name="own_deputy_end"),
    path("april/", april.april, name="april"),
    path("retention/", retention_views.page, name="retention"),
    path("log/", people.log, name="log"),
    path("single/oidc/<str:provider_id>/login/", views.single_sign_on, name="openid_connect_login"),
    path("single/oidc/<str:provider_id>/login/callback/", views.signed_on, name="openid_connect_callback"),
]
