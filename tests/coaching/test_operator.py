"""The operator says who may coach, and counts links; clients, names and words stay unseen."""

import pytest

from journal.privacy.rls import acting_as
from journal.sharing.models import CoachLink
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import link, share
from tests.factories import make_entry

pytestmark = pytest.mark.django_db

ACCOUNTS, LINKS = "/admin/people/user/", "/admin/sharing/coachlink/"


def choose(browser, action, *people) -> str:
    chosen = {"action": action, "_selected_action": [person.pk for person in people]}
    return browser.post(ACCOUNTS, chosen, follow=True).content.decode()


def test_the_operator_lets_someone_coach_and_no_longer(ada, mira, operator_client):
    assert browser_of(mira).get("/coach/").status_code == 404

    assert "1 account can now coach." in choose(operator_client, "let_coach", mira)
    assert browser_of(mira).get("/coach/").status_code == 200

    mira.refresh_from_db()
    since = mira.coaches_since
    assert "0 accounts can now coach." in choose(operator_client, "let_coach", mira)
    mira.refresh_from_db()
    assert mira.coaches_since == since

    one = link(ada, mira)
    share(one, make_entry(ada, "A quokka"))
    assert "1 account can no longer coach." in choose(operator_client, "no_longer_coach", mira)
    assert browser_of(mira).get(page_of(one)).status_code == 404
    with acting_as(ada):
        assert CoachLink.objects.active().count() == 1


def test_the_list_of_accounts_says_who_coaches(ada, mira, operator_client):
    choose(operator_client, "let_coach", mira)

    page = operator_client.get(ACCOUNTS).content.decode()

    assert page.count('<td class="field-is_coach">Yes</td>') == 1
    assert page.count('<td class="field-is_coach">No</td>') == 2


def test_links_are_counted_without_a_client_a_name_or_a_word(ada, mira, eve, operator_client):
    one, ended = link(ada, mira, "Quokka"), link(eve, mira, "Wombat")
    share(one, make_entry(ada, "A quokka"))
    with acting_as(eve):
        ended.end()

    page = operator_client.get(LINKS).content.decode()

    assert page.count('<td class="field-coach_account">mira@example.org</td>') == 2
    assert page.count('<td class="field-clients_now">1</td>') == 2
    assert '<td class="field-ended_by_whom">The client</td>' in page
    for secret in ("ada@", "eve@", "Quokka", "Wombat", "quokka", "I choose", str(ada.pk)):
        assert secret not in page


def test_there_is_no_page_of_a_link_and_none_to_change_one(ada, mira, operator_client):
    one = link(ada, mira)

    for end in ("add/", f"{one.pk}/", f"{one.pk}/change/", f"{one.pk}/delete/"):
        assert operator_client.get(f"{LINKS}{end}").status_code == 404
    asked = operator_client.get(f"{LINKS}?owner__email=ada@example.org")
    assert asked.status_code == 400
    chosen = {"action": "delete_selected", "_selected_action": [one.pk], "post": "yes"}
    operator_client.post(LINKS, chosen)
    with acting_as(ada):
        assert CoachLink.objects.count() == 1


def test_an_operator_is_not_a_coach_by_that(ada, mira, operator, operator_client):
    one = link(ada, mira)
    share(one, make_entry(ada, "A quokka"))

    assert browser_of(operator).get("/coach/").status_code == 404
    choose(operator_client, "let_coach", operator)
    operator.refresh_from_db()
    assert "No clients yet" in text_of(browser_of(operator).get("/coach/"))
    assert browser_of(operator).get(page_of(one)).status_code == 404
