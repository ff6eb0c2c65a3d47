"""Each form that costs the server something, or somebody else, has a limit."""

from functools import partial
from uuid import uuid4

import pytest
from django.core.cache import cache

from tests.api.factories import program_of
from tests.coaching.coach_client import browser_of
from tests.coaching.team_factories import make_team
from tests.exchange.factories import just_signed_in

pytestmark = pytest.mark.django_db

LIMITED = (
    *("/search/", f"/journal/{uuid4()}/links/", f"/journal/{uuid4()}/photos/", "/sharing/invite/"),
    *("/settings/export/", "/settings/export/scheduled/", "/settings/tokens/"),
    *("/settings/reminders/test/", "/settings/reminders/devices/"),
    *("/settings/reminders/devices/renew/", f"/settings/reminders/devices/{uuid4()}/test/"),
)


OF_COACHES = ("/coach/", "/coach/team/", "/coach/search/")


def test_each_form_that_costs_something_has_its_limit(settings, ada, mira):
    make_team(mira)
    person, coach, program = just_signed_in(ada), browser_of(mira), program_of(ada)
    settings.ACCOUNT_RATE_LIMITS = {
        **dict.fromkeys(settings.ACCOUNT_RATE_LIMITS, "1/h/user"),
        **{"api": "9/h/key", "token_network": "9/h/ip"},
    }
    asks = {address: partial(person.post, address) for address in LIMITED}
    asks |= {address: partial(coach.post, address) for address in OF_COACHES}
    asks["results, page by page"] = partial(person.get, f"/search/{uuid4()}/")
    asks["the API's search"] = partial(program.ask, "post", "search", {"words": "x"})
    without_limit = []
    for address, ask in asks.items():
        cache.clear()
        first, second = (ask().status_code for _ in range(2))
        if first == 429 or second != 429:
            without_limit.append((address, first, second))

    assert without_limit == []
