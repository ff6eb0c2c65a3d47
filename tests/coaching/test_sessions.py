"""Sessions: planned by the coach, read by the client; closed with agreements and the next date."""

from datetime import timedelta

import pytest
from django.utils import timezone

from journal.people import clock
from journal.privacy.rls import COACH, acting_as
from journal.sharing.models import Agreement, CoachLink, CoachSession
from tests.coaching.coach_client import browser_of, client_of, page_of, text_of
from tests.coaching.factories import made_coach, make_session, propose
from tests.conftest import signed_in
from tests.page import form_ending, forms_in

pytestmark = pytest.mark.django_db


def sessions(ada) -> list[CoachSession]:
    with acting_as(ada):
        return list(CoachSession.objects.live().order_by("at"))


def agreed(ada) -> list[tuple[int, str]]:
    with acting_as(ada):
        return [(row.place, row.text) for row in Agreement.objects.live().order_by("place")]


def written(mira, row, **fields) -> dict[str, str]:
    """The form of the session's page, filled in, as its button sends it."""
    forms = forms_in(browser_of(mira).get(f"/coach/sessions/{row.pk}/"))
    return {**form_ending(forms, f"/coach/sessions/{row.pk}/").fields, "do": "send", **fields}


def at(days: int, hour: int = 10) -> str:
    return (timezone.now() + timedelta(days=days)).strftime(f"%Y-%m-%dT{hour}:00")


def test_a_date_is_planned_moved_and_cancelled_and_the_client_reads_it(ada, mira, linked):
    browser, page = browser_of(mira), page_of(linked, "sessions/")
    board = f"/sharing/grants/{linked.pk}/agreements/"
    for _ in range(2):
        browser.post(page, {"next_session_at": at(4)})
    (row,) = sessions(ada)
    assert row.at == client_of(linked).next_session_at
    assert "10:00" in text_of(signed_in(ada).get(board))

    browser.post(page, {"next_session_at": at(5, 11)})
    assert [one.pk for one in sessions(ada)] == [row.pk]
    assert "11:00" in text_of(signed_in(ada).get(board))

    browser.post(page, {"next_session_at": ""})
    assert sessions(ada) == []
    assert "No date yet" in text_of(signed_in(ada).get(board))


def test_the_client_reads_both_clocks_and_the_coach_too_while_she_shows_hers(
    ada, mira, eve, linked
):
    ada.zone, mira.zone = "Europe/Berlin", "America/New_York"
    for person in (ada, mira):
        person.save()
    browser_of(mira).post(page_of(linked, "sessions/"), {"next_session_at": at(4, 10)})
    said = text_of(signed_in(ada).get(f"/sharing/grants/{linked.pk}/agreements/"))
    assert ", 16:00 (10:00 where your coach is)" in said
    board, zone = (f"/sharing/grants/{linked.pk}/{end}/" for end in ("agreements", "zone"))
    (row,) = sessions(ada)

    def mira_reads() -> list[bool]:
        pages = (page_of(linked), row.get_absolute_url())
        said = [text_of(browser_of(mira).get(page)) for page in pages]
        assert all("10:00" in one for one in said)
        return ["16:00 where Ada is" in one for one in said]

    browser = signed_in(ada)
    assert mira_reads() == [False, False]
    assert "Mira doesn’t see your time zone" in text_of(browser.get(board))
    for _ in range(2):
        browser.post(zone, {"do": "show"})
    assert mira_reads() == [True, True]
    ada.zone = "Asia/Tokyo"  # where she travels is hers
    ada.save()
    assert mira_reads() == [True, True]
    browser.post(zone, {"do": "show"})
    assert "00:00 where Ada is" in text_of(browser_of(mira).get(page_of(linked)))
    browser.post(zone, {"do": "hide"})
    assert mira_reads() == [False, False]
    browser.post(zone, {"do": "show"})
    browser.post("/sharing/stop/")
    with acting_as(mira, role=COACH):
        assert CoachLink.objects.get().zone_shown == ""
    log = text_of(browser.get("/sharing/log/"))
    assert (log.count("You showed Mira your time zone"), log.count("You hid your")) == (3, 1)
    assert "stopped all sharing" in log
    signed_in(eve).post(zone, {"do": "show"})
    with acting_as(ada):
        own = CoachLink.objects.get()
        assert own.zone_shown == ""
        own.end()
    assert browser.post(zone, {"do": "show"}).status_code == 404


def test_it_is_closed_with_agreements_and_the_next_date_once(ada, mira, linked):
    row = make_session(linked, 0)
    page, by_on = f"/coach/sessions/{row.pk}/", clock.today(mira) + timedelta(days=6)
    form = written(
        mira,
        row,
        **{"a1-text": "Call Dad", "a1-by_on": by_on.isoformat(), "a1-sign": "He says so"},
        **{"a3-text": "Leave Friday empty"},
        next_session_at=at(14),
    )
    for _ in range(2):
        assert browser_of(mira).post(page, form).status_code == 302

    assert agreed(ada) == [(1, "Call Dad"), (2, "Leave Friday empty")]
    closed, planned = sessions(ada)
    assert (closed.pk, bool(closed.closed_at), planned.closed_at) == (row.pk, True, None)
    client = client_of(linked)
    assert (client.next_session_at, client.last_session_on) == (planned.at, clock.today(mira))
    said = text_of(signed_in(ada).get(f"/sharing/grants/{linked.pk}/agreements/"))
    for words in ("Call Dad", "He says so", "Leave Friday empty", "2 agreements"):
        assert words in said
    history = text_of(browser_of(mira).get(page_of(linked)))
    assert "2 agreements" in history


def test_a_fourth_is_refused_and_comes_back_with_nothing_stored(ada, mira, linked):
    row = make_session(linked, 0)
    early = written(mira, row)  # a page that was opened before
    propose(linked, "One", row)
    propose(linked, "Two", row)
    late = browser_of(mira).post(
        f"/coach/sessions/{row.pk}/", {**early, "a1-text": "Three", "a2-text": "Four"}
    )
    assert late.status_code == 409
    assert "three agreements already" in late.text
    assert ">Three<" in late.text.replace("\n", "")
    assert ">Four<" in late.text.replace("\n", "")
    assert agreed(ada) == [(1, "One"), (2, "Two")]
    assert sessions(ada)[0].closed_at is None


def test_who_turned_messages_off_gets_no_proposal_but_a_date(ada, mira, linked):
    row = make_session(linked, 0)
    form = written(mira, row, next_session_at=at(14))
    signed_in(ada).post(f"/sharing/grants/{linked.pk}/comments/", {"do": "off"})
    page = f"/coach/sessions/{row.pk}/"
    refused = browser_of(mira).post(page, {**form, "a1-text": "Call Dad"})
    assert (refused.status_code, agreed(ada)) == (409, [])
    assert "Call Dad" in refused.text
    assert browser_of(mira).post(page, form).status_code == 302
    assert len(sessions(ada)) == 2


def test_not_her_client_is_not_there(ada, mira, eve, linked):
    row = make_session(linked, 1)
    made_coach(eve)
    for end in ("", "notes/", "autosave/"):
        fields = {"body": "x", "client": str(client_of(linked).pk)}
        assert browser_of(eve).post(f"/coach/sessions/{row.pk}/{end}", fields).status_code == 404
    with acting_as(eve, role=COACH):
        assert not CoachSession.objects.exists()
    with acting_as(eve):
        assert not CoachSession.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"next_session_at": "2020-01-01T10:00"},
        {"next_session_at": "0000-01-01T10:00"},
        {"a1-text": "x" * 201},
        {"a1-text": "a\x00b"},
        {"a1-sign": "Only how one will know"},
        {"a1-text": "ok", "a1-by_on": "2020-01-01"},
    ],
)
def test_bad_input_comes_back_with_a_sentence(ada, mira, linked, fields):
    row = make_session(linked, 0)
    answer = browser_of(mira).post(f"/coach/sessions/{row.pk}/", written(mira, row, **fields))
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.text
    assert (agreed(ada), sessions(ada)[0].closed_at) == ([], None)
