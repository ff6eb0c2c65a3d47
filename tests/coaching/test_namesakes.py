"""Two people of one name: told apart wherever they are named, and before what cannot be undone."""

import pytest
from django.test import Client as Browser

from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from journal.sharing.models import Client, CoachLink
from tests.coaching.coach_client import browser_of, client_of, page_of, text_of
from tests.coaching.factories import link, share
from tests.conftest import signed_in
from tests.factories import PASSWORD, make_entry, make_person


@pytest.fixture
def annas(ada, mira):
    """Two clients called Anna, who share an entry each."""
    other = make_person("other@example.org", zone="Europe/Berlin")
    links = link(ada, mira, "Anna"), link(other, mira, " anna ")
    for one, person in zip(links, (ada, other), strict=True):
        share(one, make_entry(person, "The quote could wait", title="A plan"))
    return links


def test_a_second_anna_is_called_after_the_day_of_the_connection(annas):
    first, second = (client_of(one) for one in annas)
    assert first.full_name == "Anna"
    assert second.label.startswith("connected ")
    assert second.full_name == f" anna  ({second.label})"


def test_a_third_and_a_fourth_differ_too(annas, mira):
    more = [link(make_person(f"{n}@example.org"), mira, "Anna") for n in range(3)]
    names = [client_of(one).full_name.split("(")[-1] for one in (*annas, *more)]
    assert len(set(names)) == 5


@pytest.mark.parametrize(
    "path",
    [
        *("/coach/", "/coach/suggest/", "/coach/shared/entry/"),
        *("{client}", "{brief}", "{ask}", "{entry}"),
    ],
)
def test_a_page_tells_two_annas_apart(annas, mira, path):
    second = client_of(annas[1])
    with acting_as(mira):
        second.label = "from the choir"
        second.save(update_fields=["label"])
    with acting_as(annas[1].owner_id):
        entry = Entry.objects.get()
    places = {
        "{entry}": f"/coach/shared/entry/{entry.pk}/",
        "{client}": page_of(annas[1]),
        "{brief}": page_of(annas[1], "brief/"),
        "{ask}": page_of(annas[1], "suggest/"),
    }
    page = text_of(browser_of(mira).get(places.get(path, path), follow=True))
    assert "(from the choir)" in page
    if path == "{client}":
        assert page.count("End the link with anna (from the choir)") == 1
    if path == "{ask}":
        assert "Send to anna (from the choir)" in page


def test_results_of_a_search_tell_two_annas_apart(annas, mira):
    page = text_of(browser_of(mira).post("/coach/search/", {"q": "quote"}))
    assert page.count(f"({client_of(annas[1]).label})") >= 1


def test_a_label_that_would_make_them_one_is_refused(annas, mira):
    browser, second = browser_of(mira), client_of(annas[1])
    address = page_of(annas[1], "sessions/")

    refused = browser.post(address, {"label": ""})
    assert "You already have a client with this name" in text_of(refused)
    assert client_of(annas[1]).label == second.label

    assert browser.post(address, {"label": "from the choir"}).status_code == 302
    assert client_of(annas[1]).full_name == " anna  (from the choir)"


def test_a_coach_sees_the_address_only_while_the_client_allows_it(annas, ada, mira):
    one, browser = annas[0], browser_of(mira)
    pages = [page_of(one), page_of(one, "brief/"), "/coach/", "/coach/suggest/"]
    show = f"/sharing/grants/{one.pk}/address/"
    client = signed_in(ada)

    def seen() -> set[bool]:
        return {ada.email in text_of(browser.get(page)) for page in pages}

    assert seen() == {False}
    client.post(show, {"do": "show"})
    assert seen() == {True}
    assert "You showed Mira your email address." in text_of(client.get("/sharing/log/"))
    client.post(show, {"do": "hide"})
    assert seen() == {False}

    client.post(show, {"do": "show"})
    client.post(f"/sharing/grants/{one.pk}/end/")
    with acting_as(mira):
        assert Client.objects.get(link_id=one.pk).address == ""


@pytest.mark.parametrize("shown", [True, False])
def test_a_shown_address_follows_when_it_changes(annas, ada, shown):
    one = annas[0]
    client = signed_in(ada)
    client.post(f"/sharing/grants/{one.pk}/address/", {"do": "show" if shown else "hide"})
    browser = Browser(REMOTE_ADDR="198.51.100.9")
    browser.post("/accounts/login/", {"login": ada.email, "password": PASSWORD})
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.post("/accounts/email/", {"email": "new@example.org", "action_add": "1"})

    assert client_of(one).address == ("new@example.org" if shown else "")


def test_a_client_tells_two_coaches_of_one_name_apart(ada, mira):
    link(ada, mira, coach_name="Mira")
    link(ada, make_person("second@example.org"), coach_name="mira")
    with acting_as(ada):
        first, second = CoachLink.objects.order_by("created_at")
    assert first.coach_name == "Mira"
    assert second.coach_name.startswith("mira (connected ")
    grants, client = f"/sharing/grants/{second.pk}/", signed_in(ada)
    entry = make_entry(ada)
    for page in ("/sharing/", grants, f"{grants}brief/", entry.get_absolute_url()):
        assert second.coach_name in text_of(client.get(page, follow=True)), page
