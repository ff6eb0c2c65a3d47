"""Whatever shows a client's words to a coach leaves a line in the client's log."""

import pytest

from journal.privacy.rls import acting_as
from journal.sharing.models import AccessLogEntry
from tests.coaching.coach_client import browser_of
from tests.coaching.factories import link, share_practice
from tests.decisions.factories import make_decision

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", ["list", "search"])
def test_what_a_list_or_a_search_showed_is_in_the_log_of_its_own_client(ada, mira, eve, way):
    """Both share a whole practice, so that each link could open a thing of that kind."""
    hers, eves = make_decision(ada, "Which quokka?"), make_decision(eve, "Which quokka?")
    for person in (ada, eve):
        share_practice(link(person, mira), "decisions")
    browser = browser_of(mira)

    if way == "list":
        answer = browser.get("/coach/shared/decision/")
    else:
        answer = browser.post("/coach/search/", {"q": "quokka"})

    assert answer.status_code == 200
    for person, row in ((ada, hers), (eve, eves)):
        with acting_as(person):
            assert [opened.item_id for opened in AccessLogEntry.objects.all()] == [row.pk]
