"""allauth's addresses for passkeys and codes, in Swedish and with our own views where they differ.

The names are allauth's, which looks them up by them.
"""

from allauth.mfa.base import views as base
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from members.views import second_factor

urlpatterns = [
    path("sakerhet/", second_factor.overview, name="mfa_index"),
    path("kod/", base.authenticate, name="mfa_authenticate"),
    path("kod/igen/", base.reauthenticate, name="mfa_reauthenticate"),
    path("passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkey/igen/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("sakerhet/passkeys/", second_factor.list_passkeys, name="mfa_list_webauthn"),
    path("sakerhet/passkey/ny/", second_factor.add_passkey, name="mfa_add_webauthn"),
    path("sakerhet/passkey/<int:pk>/namn/", second_factor.rename_passkey, name="mfa_edit_webauthn"),
    path(
        "sakerhet/passkey/<int:pk>/ta-bort/",
        second_factor.remove_passkey,
        name="mfa_remove_webauthn",
    ),
    path("sakerhet/engangskoder/ny/", second_factor.add_codes, name="mfa_activate_totp"),
    path("sakerhet/engangskoder/ta-bort/", second_factor.remove_codes, name="mfa_deactivate_totp"),
    path("sakerhet/reservkoder/", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "sakerhet/reservkoder/nya/",
        second_factor.renew_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
