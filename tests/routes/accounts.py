"""What allauth's addresses answer to whom; tests/routes/table.py says how to read it."""

from tests.routes.expected import (
    METHODS,
    RouteLine,
    allauth,
    asked_first,
    private,
    whatever_the_method,
)

ACCOUNTS: dict[str, RouteLine] = {
    "/accounts/login/": allauth(200, 200, put=200, away=302),
    "/accounts/logout/": RouteLine(
        ada={"GET": 200, "POST": 302, "OPTIONS": 200},
        eve=None,
        nobody={"GET": 302, "POST": 302, "OPTIONS": 200},
    ),
    # By invitation once there is an account, and a closed door does not look at the method.
    "/accounts/signup/": RouteLine(*[dict.fromkeys(METHODS, status) for status in (302, 302, 200)]),
    "/accounts/inactive/": allauth(200),
    "/accounts/reauthenticate/": allauth(200, 200, put=200, private=True),
    "/accounts/email/": allauth(200, 302, put=302, private=True),
    "/accounts/confirm-email/": allauth(200),
    "/accounts/confirm-email/<key>/": allauth(200, 404, key="no-such-key"),
    "/accounts/password/change/": asked_first(),
    "/accounts/password/set/": allauth(302, away=302, private=True),
    "/accounts/password/reset/": allauth(200, 200, put=200),
    "/accounts/password/reset/done/": allauth(200),
    "/accounts/password/reset/key/<uidb36>-<key>/": whatever_the_method(200, uidb36=1, key="x-y"),
    "/accounts/password/reset/key/done/": allauth(200),
    "/accounts/login/code/": allauth(200, 200, put=200, away=302),
    "/accounts/login/code/confirm/": whatever_the_method(302),
    # Who is signed in is asked again first (journal/people/reauthentication.py).
    "/accounts/locked/": private(get=302),
    "/accounts/2fa/": asked_first(),
    "/accounts/2fa/authenticate/": whatever_the_method(302),
    "/accounts/2fa/reauthenticate/": allauth(302, 302, put=302, away=302, private=True),
    "/accounts/2fa/totp/activate/": asked_first(),
    "/accounts/2fa/totp/deactivate/": asked_first(404),  # there is nothing to switch off
    "/accounts/2fa/recovery-codes/": allauth(404, private=True),
    "/accounts/2fa/recovery-codes/generate/": asked_first(),
    "/accounts/2fa/recovery-codes/download/": asked_first(404),
    "/accounts/2fa/webauthn/": allauth(200, private=True),
    "/accounts/2fa/webauthn/add/": asked_first(),
    "/accounts/2fa/webauthn/reauthenticate/": allauth(302, away=302, private=True),
    "/accounts/2fa/webauthn/keys/<int:pk>/remove/": asked_first(),
    "/accounts/2fa/webauthn/keys/<int:pk>/edit/": asked_first(),
    "/accounts/2fa/webauthn/login/": allauth(302, 302, put=302, away=302),
    "/accounts/sessions/": allauth(200, 302, put=302, private=True),
}
