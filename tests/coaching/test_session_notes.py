"""A session's notes: one row, whatever the tabs, the template and the link do meanwhile."""

from typing import Any

import pytest
from django.db import connection
from django.http.response import HttpResponseBase

from journal.coaching.models import CoachNote, NoteTemplate
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing.models import Agreement, CoachLink, CoachSession
from tests.coaching.coach_client import browser_of, client_of, page_of, text_of
from tests.coaching.factories import link, made_coach, make_session
from tests.conftest import signed_in
from tests.page import form_ending, forms_in

pytestmark = pytest.mark.django_db


class Tab:
    """One page of a session, with the version that it knows."""

    def __init__(self, mira: User, row: CoachSession) -> None:
        self.browser, self.path = browser_of(mira), f"/coach/sessions/{row.pk}/"
        forms = forms_in(self.browser.get(self.path))
        self.fields: dict[str, Any] = form_ending(forms, self.path).fields

    @property
    def text(self) -> str:
        return self.fields["body"].replace("\r\n", "\n").strip()

    def type(self, body: str) -> HttpResponseBase:
        """As autosave posts it."""
        self.fields["body"] = body
        answer = self.browser.post(f"{self.path}autosave/", self.fields)
        if 'data-version="' in answer.text:
            self.fields["version"] = answer.text.split('data-version="')[1].split('"')[0]
        return answer

    def press(self, **button: str) -> HttpResponseBase:
        answer = self.browser.post(self.path, {**self.fields, **button})
        if answer.status_code != 302:
            self.fields = form_ending(forms_in(answer), self.path).fields
        return answer


def notes(mira: User) -> list[str]:
    with acting_as(mira):
        return [one.body for one in CoachNote.objects.live().order_by("id")]


def sent_to(ada: User) -> tuple[int, int]:
    with acting_as(ada):
        closed = CoachSession.objects.exclude(closed_at=None).count()
        return closed, Agreement.objects.count()


def test_typing_saves_one_row_which_the_button_and_a_repeat_leave_alone(ada, mira, linked):
    tab = Tab(mira, make_session(linked, 1))
    assert tab.type("").status_code == 422
    for body in ("Heard the", "Heard the zanzibar", "Heard the zanzibar"):
        assert tab.type(body).status_code == 200
    tab.fields["version"] = ""  # the response was lost
    assert tab.type("Heard the zanzibar").status_code == 200
    assert tab.press().status_code == 302
    assert notes(mira) == ["Heard the zanzibar"]
    assert Tab(mira, CoachSession(pk=tab.path.split("/")[3])).text == "Heard the zanzibar"
    assert sent_to(ada) == (0, 0)  # only "send" closes it


def test_two_tabs_lose_no_word_of_either(mira, linked):
    row = make_session(linked, 1)
    one, two = Tab(mira, row), Tab(mira, row)
    one.type("From the studio")
    assert two.type("From the phone").status_code == 409
    assert notes(mira) == ["From the studio"]
    asked = two.press(do="send", **{"a1-text": "Call Dad"})
    assert asked.status_code == 409
    assert two.text == "From the studio\n\n---\n\nFrom the phone"
    assert two.fields["a1-text"] == "Call Dad"
    assert two.press().status_code == 200  # what was typed to agree on is still there
    assert notes(mira) == [two.text]
    assert one.type("From the studio, later").status_code == 409


def test_emptied_notes_go_to_the_bin_by_the_button_alone(mira, linked):
    row = make_session(linked, 1)
    tab = Tab(mira, row)
    tab.type("Heard")
    assert tab.type("").status_code == 422
    assert notes(mira) == ["Heard"]
    tab.press()
    assert notes(mira) == []
    with acting_as(mira):
        (gone,) = CoachNote.objects.trashed()
    tab.browser.post(f"/coach/notes/{gone.pk}/restore/")
    assert Tab(mira, row).text == "Heard"


def test_a_template_adds_its_lines_below_and_takes_nothing_away(ada, mira, linked):
    row = make_session(linked, 0)
    browser = browser_of(mira)
    browser.post("/coach/templates/", {"name": "Out loud", "lines": "What we rehearsed\n"})
    with acting_as(mira):
        own = NoteTemplate.objects.get()
    tab = Tab(mira, row)
    tab.fields |= {"body": "Start with the pause.", "a1-text": "Call Dad", "a2-sign": "He says so"}
    assert tab.press(template=str(own.pk)).status_code == 200
    assert tab.text == "Start with the pause.\n\nWhat we rehearsed"
    tab.press(template="topic")
    assert tab.text.startswith("Start with the pause.\n\nWhat we rehearsed\n\nTopic\n")
    before = tab.text
    for unknown in ("nothing", "019e0000-0000-7000-8000-000000000000", "\x00"):
        tab.press(template=unknown)
    assert tab.text == before
    assert (tab.fields["a1-text"], tab.fields["a2-sign"]) == ("Call Dad", "He says so")
    assert (notes(mira), sent_to(ada)) == ([], (0, 0))


def test_own_templates_are_changed_removed_and_brought_back_and_are_nobody_elses(mira, eve, linked):
    browser, hers = browser_of(mira), browser_of(made_coach(eve))
    assert browser.post("/coach/templates/", {"name": "", "lines": "x"}).status_code == 200
    browser.post("/coach/templates/", {"name": "Zanzibar", "lines": "One"})
    with acting_as(mira):
        own = NoteTemplate.objects.get()
    page = f"/coach/templates/{own.pk}/"
    change = {"name": "Zanzibar", "lines": "Two", "version": "1"}
    for end, fields in (("", change), ("delete/", {}), ("restore/", {})):
        assert hers.post(page + end, fields).status_code == 404
    assert "Zanzibar" not in hers.get("/coach/library/").text
    assert browser.post(page, change).status_code == 302
    stale = browser.post(page, {**change, "lines": "Three"})
    assert (stale.status_code, "Two" in text_of(stale)) == (409, True)
    browser.post(f"{page}delete/")
    assert "Zanzibar" not in text_of(browser.get("/coach/library/"))
    browser.post(f"{page}restore/")
    assert "Zanzibar" in text_of(browser.get("/coach/library/"))


@pytest.mark.parametrize("gone", ["ended", "cancelled"])
def test_when_the_session_went_meanwhile_the_notes_are_saved_and_nothing_is_sent(
    ada, mira, linked, gone
):
    row = make_session(linked, 0)
    tab = Tab(mira, row)
    tab.fields |= {"body": "Heard", "a1-text": "Call Dad"}
    with acting_as(ada):
        linked.end() if gone == "ended" else row.trash()
    answer = tab.browser.post(tab.path, {**tab.fields, "do": "send"})
    assert answer.status_code == 409
    said = text_of(answer)
    for words in ("Nothing was sent", "Your notes are saved.", "Call Dad", "Heard"):
        assert words in said
    assert tab.type("Heard more").status_code == 409  # the version of the page before
    tab.fields["version"] = form_ending(forms_in(answer), tab.path).fields["version"]
    assert tab.type("Heard more").status_code == 200
    assert notes(mira) == ["Heard more"]
    assert sent_to(ada) == (0, 0)
    assert "Heard more" in text_of(tab.browser.get(page_of(linked)))


def test_notes_and_questions_are_never_the_clients(ada, mira, linked):
    row = make_session(linked, 1)
    tab = Tab(mira, row)
    tab.type("Heard the zanzibar")
    question = {"body": "Ask about zanzibar", "is_open": "on"}
    tab.browser.post(f"{tab.path}notes/", question)
    with acting_as(mira):
        rows = CoachNote.objects.order_by("id").values_list("session_id", "is_open")
        assert list(rows) == [(row.pk, False), (row.pk, True)]
    assert "Your open questions Ask about zanzibar" in text_of(tab.browser.get(tab.path))
    with acting_as(ada), connection.cursor() as cursor:
        cursor.execute("select id from coaching_coachnote")
        assert cursor.fetchall() == []
    for path in (f"/sharing/grants/{linked.pk}/agreements/", "/sharing/", "/today/"):
        assert "zanzibar" not in signed_in(ada).get(path).text
    end(ada, linked)
    assert "Heard the zanzibar" in text_of(tab.browser.get(page_of(linked)))
    assert tab.browser.get(tab.path).status_code == 404


def end(ada: User, linked: CoachLink) -> None:
    with acting_as(ada):
        linked.end()


@pytest.mark.parametrize("body", ["a\x00b", "x" * 9000])
def test_what_cannot_be_saved_comes_back_with_a_sentence(mira, linked, body):
    tab = Tab(mira, make_session(linked, 1))
    assert tab.type(body).status_code == 422
    refused = tab.press(do="send")
    assert (refused.status_code, notes(mira)) == (200, [])
    assert 'aria-invalid="true"' in refused.text


def test_another_clients_name_on_the_form_saves_nothing_there(ada, mira, eve, linked):
    """The session says whose notes they are; the form only where the session is out of sight."""
    other = link(eve, mira, "Eve")
    tab = Tab(mira, make_session(linked, 1))
    tab.fields["client"] = str(client_of(other).pk)
    tab.type("Heard")
    with acting_as(mira):
        assert [one.client_id for one in CoachNote.objects.all()] == [client_of(linked).pk]
