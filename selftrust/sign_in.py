"""Signing in by django-allauth, as it is on every installation (docs/design/sign-in.md).

Settings imports each name from here; what depends on the environment stands there.
"""

ACCOUNT_ADAPTER = "journal.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_DISPLAY = "journal.people.models.display_name"
ACCOUNT_CHANGE_EMAIL = True  # one address for each person; a new one replaces the old
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # for changing the address
ACCOUNT_FORMS = {
    "login": "journal.people.forms.LoginForm",
    "signup": "journal.people.forms.SignupForm",
    "add_email": "journal.people.forms.AddressForm",
    "change_password": "journal.people.forms.ChangePasswordForm",
    "reset_password": "journal.people.forms.ResetPasswordForm",
    "reset_password_from_key": "journal.people.forms.ResetPasswordKeyForm",
    "reauthenticate": "journal.people.forms.ReauthenticateForm",
    "request_login_code": "journal.people.forms.RequestCodeForm",
    "confirm_login_code": "journal.people.forms.ConfirmCodeForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True

# A second step, and passkeys.
MFA_ADAPTER = "journal.people.mfa.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Selftrust"
MFA_TOTP_TOLERANCE = 1  # accepts the digits before and after too, for slow typing and wrong clocks
MFA_FORMS = {
    "authenticate": "journal.people.mfa.AuthenticateForm",
    "reauthenticate": "journal.people.mfa.ReauthenticateForm",
    "activate_totp": "journal.people.mfa.ActivateTOTPForm",
    "authenticate_webauthn": "journal.people.mfa.AuthenticateWebAuthnForm",
    "login_webauthn": "journal.people.mfa.LoginWebAuthnForm",
    "reauthenticate_webauthn": "journal.people.mfa.ReauthenticateWebAuthnForm",
    "add_webauthn": "journal.people.mfa.AddWebAuthnForm",
    "edit_webauthn": "journal.people.mfa.EditWebAuthnForm",
}
