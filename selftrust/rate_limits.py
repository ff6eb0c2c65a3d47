"""How often one may try, by network (ip), by account (user) or by a key that the caller names.

Written as django-allauth reads them: number/period/whose, several with commas between.
"""

LIMITS = {
    "login": "",  # replaced by the next five; the first two count right passwords too
    "login_network": "30/m/ip",
    "login_browsers": "30/m/key",
    "login_failed": "10/m/ip,5/5m/key",  # by address and network; a second step by person
    "login_address": "100/d/key",
    "login_known": "10/5m/key",
    # By network only: with a limit by address, anyone could lock its owner out.
    "request_login_code": "5/m/ip,20/h/ip",
    "reset_password": "5/m/ip,20/h/ip",
    "operator_token": "10/m/user",
    "token_network": "60/m/ip",  # addresses with an access token, by network and by token
    "token": "30/m/key",
    "api": "120/m/key",  # a token of the API; one that opens nothing counts by network, as above
    "share": "60/m/ip",  # what another app shares (journal/reflections/entries/capture_views.py)
    "make_token": "30/h/user",  # each sends a mail
    "search": "120/m/user",
    "test_reminder": "5/h/user",
    "test_notification": "10/h/user",
    "device": "30/h/user",
    "export": "10/h/user",
    "schedule": "20/h/user",
    "photos": "600/h/user",
    "invite": "60/h/user",
}
