"""Quick note: one field, saved once, into today's journal, to be sorted later or never."""

import time
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from journal.people import clock
from journal.people.sessions import LOCKED
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from tests.factories import PASSWORD, make_entry
from tests.markup import forms_of, parse
from tests.page import compact
from tests.people.test_signed_out import TYPED, form_of, sign_in, signed_out_while_writing
from tests.query_counts import statements_of

NOTE, SHARE = "/capture/", "/capture/share/"
MISSING = "The photos you shared aren’t here."
WRITES = ("insert", "update", "delete")


def note_form(answer):
    document, errors = parse(answer.content.decode())
    assert errors == []
    return next(form for form in forms_of(document) if form.action.startswith(NOTE))


def body_of(answer) -> str:
    """What stands in the field of the form."""
    return note_form(answer).fields["body"]


def test_a_note_lands_in_the_journal_of_today_to_be_sorted(ada, ada_client):
    form = form_of(ada_client.get(NOTE, follow=True), NOTE)
    assert set(form.fields) - {"csrfmiddlewaretoken", "account"} == {"id", "body"}

    answer = ada_client.post(NOTE, {**form.fields, "body": "  One line\n"}, follow=True)

    note = ada.entries.get()
    assert (note.body, note.written_on, note.unsorted) == ("  One line\n", clock.today(ada), True)
    page = compact(answer)
    assert f"Saved {note.written_time}" in page
    assert f'href="/journal/{note.pk}/edit/"' in answer.content.decode()
    assert body_of(answer) == ""


@pytest.mark.parametrize("empty", ["", " \n"])
def test_nothing_typed_is_said_and_stored_nowhere(ada, ada_client, empty):
    answer = ada_client.post(NOTE, {"body": empty})

    assert answer.status_code == 200
    assert "Write something first" in compact(answer)
    assert not ada.entries.exists()


def test_sent_twice_is_one_note_and_its_address_leads_to_it(ada, ada_client):
    sent = {"id": str(uuid7()), "body": "Once"}

    for _time in range(2):
        assert ada_client.post(NOTE, sent).url == NOTE

    note = ada.entries.get()
    assert ada_client.get(f"{NOTE}?id={note.pk}").url == f"/journal/{note.pk}/edit/"


def test_a_page_sent_again_in_other_words_adds_them_after_saying_so(ada, ada_client):
    sent = {"id": str(uuid7()), "body": "First"}
    ada_client.post(NOTE, sent)

    answer = ada_client.post(NOTE, {**sent, "body": "Second"})
    assert answer.status_code == 409
    again = form_of(answer, NOTE).fields
    assert again["body"] == "Second"
    ada_client.post(NOTE, again)

    assert [note.body for note in ada.entries.oldest_first()] == ["First", "Second"]


def test_an_id_of_somebody_else_is_replaced_and_loses_nothing(ada, eve, ada_client):
    hers = make_entry(eve, "Hers")

    answer = ada_client.post(NOTE, {"id": str(hers.pk), "body": "Mine"})

    assert answer.status_code == 409
    ada_client.post(NOTE, form_of(answer, NOTE).fields)
    assert ada.entries.get().body == "Mine"


def test_signing_in_saves_the_note_that_was_typed(ada):
    ada_browser, answer = signed_out_while_writing(ada, NOTE)

    answer = sign_in(ada_browser, answer)
    form = form_of(answer, NOTE)
    ada_browser.post(form.action, form.fields)

    note = ada.entries.get()
    assert (note.body, note.unsorted) == (TYPED, True)


def test_a_text_too_long_for_one_entry_can_be_saved_as_several(ada, ada_client):
    answer = ada_client.post(NOTE, {"body": "One thing after another. " * 1000})
    form = form_of(answer, NOTE)

    ada_client.post("/journal/write/", {**form.fields, "do": "split"})

    assert ada.entries.count() == 2


@pytest.mark.parametrize("label", [{"practice": "promises"}, {"tags": "Sleep"}])
def test_a_label_sorts_a_note_and_more_words_do_not(ada, ada_client, label):
    note = make_entry(ada, "One line", unsorted=True)
    edit = f"/journal/{note.pk}/edit/"

    ada_client.post(edit, form_of(ada_client.get(edit), edit).fields | {"body": "Two lines"})
    note.refresh_from_db()
    assert (note.body, note.unsorted) == ("Two lines", True)
    ada_client.post(edit, form_of(ada_client.get(edit), edit).fields | label)
    note.refresh_from_db()
    assert not note.unsorted


def test_notes_to_sort_are_found_in_the_journal_until_marked_as_sorted(ada, ada_client):
    make_entry(ada, "A plain entry")
    note = make_entry(ada, "One line", unsorted=True)
    other = make_entry(ada, "Another line", unsorted=True)
    listed = "/journal/?unsorted=1"
    assert (
        f'href="{listed.removeprefix("/journal/")}"' in ada_client.get("/journal/").content.decode()
    )
    page = compact(ada_client.get(listed))
    assert "One line" in page
    assert "A plain entry" not in page

    for _time in range(2):
        assert ada_client.post(f"/journal/{note.pk}/sorted/", {"next": listed}).url == listed

    note.refresh_from_db()
    assert (note.unsorted, note.version) == (False, 2)
    page = compact(ada_client.get(listed))
    assert "One line" not in page
    assert "Another line" in page
    ada_client.post(f"/journal/{note.pk}/unsorted/")
    assert "One line" in compact(ada_client.get(listed))
    assert 'name="month"' not in page  # a list of its own, without the form of filters
    other.trash()
    ada_client.post(f"/journal/{note.pk}/sorted/")
    assert "Notes to sort" not in compact(ada_client.get("/journal/"))


def test_the_page_lists_the_notes_of_today_in_as_many_statements_as_there_are(ada, ada_client):
    address = f"{NOTE}?id={uuid7()}"
    make_entry(ada, "Yesterday", unsorted=True, written_on=clock.today(ada) - timedelta(days=1))
    make_entry(ada, "One", unsorted=True)
    alone = len(statements_of(ada_client, address))
    for number in range(12):
        make_entry(ada, f"Note {number}", unsorted=True)

    assert len(statements_of(ada_client, address)) == alone
    page = ada_client.get(address).content.decode()
    assert page.count('class="entryish"') == 10
    assert "Yesterday" not in page
    assert 'href="/journal/?unsorted=1"' in page


def test_a_note_that_was_moved_to_today_shows_no_time(ada, ada_client):
    before = timezone.now() - timedelta(days=2)
    make_entry(ada, "In a coat", unsorted=True, written_at=before, written_on=clock.today(ada))

    page = compact(ada_client.get(NOTE, follow=True))
    assert "In a coat" in page
    assert "in the note of" not in page
    assert f"{before.astimezone(clock.zone_of(ada)):%H:%M}" not in page


# --- shared by another app --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shared", "text"),
    [
        ({"text": "A sentence"}, "A sentence"),
        ({"title": "A page", "url": "https://a.example/"}, "A page\n\nhttps://a.example/"),
        (
            {"title": "A page", "text": "See https://a.example/", "url": "https://a.example/"},
            "A page\n\nSee https://a.example/",
        ),
        ({"text": "<script>\0</script>"}, "<script></script>"),
        ({"text": "x" * 20_001}, "x" * 20_001),
        ({}, ""),
    ],
)
def test_a_share_fills_the_form_and_stores_nothing(ada, shared, text):
    phone = Client(enforce_csrf_checks=True)
    phone.force_login(ada)

    with CaptureQueriesContext(connection) as captured:
        answer = phone.post(SHARE, shared, headers={"sec-fetch-site": "none"})

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert body_of(answer) == text
    changed = [one["sql"] for one in captured if one["sql"].lower().startswith(WRITES)]
    assert [sql for sql in changed if "people_shared" not in sql] == []
    assert not ada.entries.exists()


def test_a_shared_text_is_stored_by_save_alone_and_only_from_our_own_form(ada):
    phone = Client(enforce_csrf_checks=True)
    phone.force_login(ada)
    document, _errors = parse(phone.post(SHARE, {"text": "Shared"}).content.decode())
    form = next(form for form in forms_of(document) if form.action.startswith(NOTE))

    assert phone.post(NOTE, {"body": "From elsewhere"}).status_code == 403
    assert not ada.entries.exists()
    assert phone.post(form.action, form.fields).url == NOTE
    assert ada.entries.get().body == "Shared"


def test_two_shared_texts_have_addresses_of_their_own(ada_client):
    """So the browser does not put the copy of one into the form of the other."""
    actions = set()
    for _time in range(2):
        document, _errors = parse(ada_client.post(SHARE, {"text": "Shared"}).content.decode())
        actions |= {one.action for one in forms_of(document) if one.action.startswith(NOTE)}

    assert len(actions) == 2
    for action in actions:
        page = ada_client.get(action, follow=True).content.decode()
        assert f'action="{action}" data-page="{action}"' in page


def test_a_shared_text_waits_in_the_sign_in_page(ada):
    phone = Client(enforce_csrf_checks=True)
    answer = phone.post(SHARE, {"text": TYPED}, headers={"sec-fetch-site": "none"})
    assert answer.status_code == 403
    assert answer["Cache-Control"] == "no-store"

    answer = sign_in(phone, answer)
    form = form_of(answer, SHARE)
    answer = phone.post(form.action, form.fields)

    assert body_of(answer) == TYPED
    assert not ada.entries.exists()


def test_a_shared_text_waits_while_the_session_is_locked(ada, ada_client):
    session = ada_client.session
    session[LOCKED] = time.time()
    session.save()

    answer = ada_client.post(SHARE, {"text": TYPED})
    assert "<textarea" not in answer.content.decode()
    form = form_of(answer, "/accounts/reauthenticate/")
    answer = ada_client.post(form.action, {**form.fields, "password": PASSWORD})
    form = form_of(answer, SHARE)

    assert body_of(ada_client.post(form.action, form.fields)) == TYPED


@pytest.mark.parametrize("to", ["/t/unsubscribe/abc/", "/t/kept/abc/", "/healthz", "/nowhere/"])
def test_words_that_no_page_of_ours_sent_go_nowhere_else(ada, to):
    phone, words = Client(enforce_csrf_checks=True), "Shared by another app"
    answer = phone.post(SHARE, {"text": words}, headers={"sec-fetch-site": "none"})
    page = sign_in(phone, answer, **{"held-to": to}).content.decode()

    assert words in page
    assert f'action="{to}"' not in page


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_puts_no_words_into_our_sign_in_page(client, db, site):
    answer = client.post(SHARE, {"text": "Call this number"}, headers={"sec-fetch-site": site})

    assert answer.status_code == 403
    assert 'name="password"' not in answer.content.decode()


def test_shares_are_limited(ada, ada_client):
    answers = [ada_client.post(SHARE, {"text": "Again"}).status_code for _time in range(61)]

    assert answers == [200] * 60 + [429]


def test_a_note_is_dated_on_the_day_it_is_saved(ada, ada_client, time_machine):
    time_machine.move_to("2026-11-19 21:00+00:00")
    form = form_of(ada_client.get(NOTE, follow=True), NOTE)
    time_machine.move_to("2026-11-20 21:00+00:00")
    ada_client.post(NOTE, {**form.fields, "body": "Late"})

    with acting_as(ada):
        assert ada.entries.get().written_on == date(2026, 11, 20)
