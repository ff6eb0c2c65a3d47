"""The account for which a page was rendered: a keyed hash in each of its forms.

`{% csrf_token %}` (journal/people/templatetags/shell.py) writes it, so no form can lack it. A form
may outlive its session, and another person may sign in on the same page or in another tab; without
the hash their journal would take what somebody else typed. journal/people/middleware.py refuses
such a form, and journal/people/resubmit.py gives its words back.
"""

from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

FIELD = "account"


def account_hash(person: Any) -> str:
    """Keyed with SECRET_KEY, so that no other site can name an account in a form."""
    return salted_hmac("journal.form_account", str(person.pk), algorithm="sha256").hexdigest()


def is_of(person: Any, given: str) -> bool:
    return person.is_authenticated and constant_time_compare(given, account_hash(person))
