"""Each form that costs the server something, or somebody else, has a limit."""

from uuid import uuid4

import pytest
from django.core.cache import cache

from tests.exchange.factories import just_signed_in

pytestmark = pytest.mark.django_db

LIMITED = (
    *("/search/", f"/journal/{uuid4()}/links/", f"/journal/{uuid4()}/photos/", "/sharing/invite/"),
    *("/settings/export/", "/settings/export/scheduled/", "/settings/tokens/"),
    *("/settings/reminders/test/", "/settings/reminders/devices/"),
    *("/settings/reminders/devices/renew/", f"/settings/reminders/devices/{uuid4()}/test/"),
)


def test_each_form_that_costs_something_has_its_limit(settings, ada):
    settings.ACCOUNT_RATE_LIMITS = dict.fromkeys(settings.ACCOUNT_RATE_LIMITS, "1/h/user")
    browser, without_limit = just_signed_in(ada), []
    for address in LIMITED:
        cache.clear()
        first, second = (browser.post(address).status_code for _ in range(2))
        if first == 429 or second != 429:
            without_limit.append((address, first, second))

    assert without_limit == []
