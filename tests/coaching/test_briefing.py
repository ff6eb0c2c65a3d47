"""The client's side of a session brief."""

import re
from datetime import timedelta

import pytest

from journal.people import clock
from journal.privacy.rls import COACH, acting_as
from journal.sharing.models import Brief, ShareGrant
from tests.coaching.factories import share, sure
from tests.coaching.sharing_client import key, save
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.page import form_ending, forms_in

pytestmark = pytest.mark.django_db


def address(made) -> str:
    return f"/sharing/grants/{made.pk}/brief/"


def briefs_seen_by(coach) -> list[str]:
    with acting_as(coach, role=COACH):
        return [one.wanted for one in Brief.objects.all()]


def send(browser, made, wanted: str, **fields):
    """Written, looked at and sent, as the buttons do."""
    form = form_ending(forms_in(browser.get(address(made), follow=True)), "/brief/")
    preview = browser.post(address(made), {**form.fields, "wanted": wanted, **fields})
    form = form_ending(forms_in(preview), "/brief/")
    assert form.fields["wanted"] == wanted
    return browser.post(address(made), {**form.fields, "do": "send"})


def test_she_looks_at_exactly_what_mira_will_see_and_sends_it(ada, mira, linked):
    share(linked, make_entry(ada, "Shared already."))
    today = clock.today(ada)
    browser = sure(ada)
    form = form_ending(forms_in(browser.get(address(linked), follow=True)), "/brief/")
    assert form.fields["since_on"] == (today - timedelta(weeks=4)).isoformat()

    answer = browser.post(
        address(linked), {**form.fields, "wanted": "To practise a pause.", "do": "preview"}
    )
    page = answer.content.decode()
    assert "To practise a pause." in page
    assert "Shared already." in page
    assert briefs_seen_by(mira) == []
    with acting_as(ada):
        assert not Brief.objects.exists()

    assert send(browser, linked, "To practise a pause.").url == "/sharing/"
    assert briefs_seen_by(mira) == ["To practise a pause."]


def test_sending_twice_sends_once(ada, mira, linked):
    browser = sure(ada)
    form = form_ending(forms_in(browser.get(address(linked), follow=True)), "/brief/")
    for _tap in range(2):
        assert browser.post(address(linked), {**form.fields, "do": "send"}).status_code == 302
    with acting_as(ada):
        assert (Brief.objects.count(), ShareGrant.objects.count()) == (1, 1)


def test_a_new_one_takes_the_place_of_the_last(ada, mira, linked):
    browser = sure(ada)
    send(browser, linked, "The first.")
    page = browser.get(address(linked), follow=True).content.decode()
    assert page.count("The first.") == 2  # as it was sent, and to be changed

    send(browser, linked, "The second.")

    assert briefs_seen_by(mira) == ["The second."]


def test_it_is_taken_back_in_one_tap(ada, mira, linked):
    browser = sure(ada)
    send(browser, linked, "To practise a pause.")
    form = form_ending(forms_in(browser.get(address(linked), follow=True)), "/take-back/")

    signed_in(ada).post(form.action)

    assert briefs_seen_by(mira) == []
    assert "To practise a pause." not in browser.get(address(linked), follow=True).content.decode()


def test_sending_asks_whether_it_is_her_and_keeps_the_words(ada, linked):
    answer = signed_in(ada).post(address(linked), {"wanted": "To practise a pause.", "do": "send"})
    assert answer.status_code == 403
    assert "held-wanted" in answer.content.decode()
    with acting_as(ada):
        assert not Brief.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("wanted", "x" * 501),
        ("since_on", ""),
        ("since_on", "2100-01-01"),
        ("since_on", "nonsense"),
        ("session_on", "1999-01-01"),
        ("session_on", "nonsense"),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence(ada, linked, field, value):
    browser = sure(ada)
    form = form_ending(forms_in(browser.get(address(linked), follow=True)), "/brief/")
    for do in ("preview", "send"):
        answer = browser.post(address(linked), {**form.fields, field: value, "do": do})
        assert answer.status_code == 200
        assert 'class="error-summary"' in answer.content.decode()
    with acting_as(ada):
        assert not Brief.objects.exists()


def test_not_hers_is_not_there(ada, mira, eve, linked):
    for person in (mira, eve):
        assert sure(person).get(address(linked), follow=True).status_code == 404
        assert sure(person).post(address(linked), {"do": "send"}).status_code == 404
    with acting_as(ada):
        linked.end()
    assert sure(ada).get(address(linked), follow=True).status_code == 404


def test_a_brief_that_was_sent_stays_while_other_things_are_chosen(ada, mira, linked):
    browser = sure(ada)
    send(browser, linked, "To practise a pause.")
    entry = make_entry(ada, "Shared later.")

    page = browser.get(f"/sharing/grants/{linked.pk}/").content.decode()
    seen = re.findall(r'name="seen" value="([\w-]+)"', page)
    save(browser, linked, item=key(entry), measure="kept", seen=seen)
    page = browser.get(f"/sharing/grants/{linked.pk}/").content.decode()
    seen = re.findall(r'name="seen" value="([\w-]+)"', page)
    assert len(seen) == 2  # the entry and the figure: what the page shows, and no brief
    save(browser, linked, item=key(entry), seen=seen)

    assert briefs_seen_by(mira) == ["To practise a pause."]
    with acting_as(ada):
        assert {one.about for one in ShareGrant.objects.in_force()} == {"brief", "entry"}
