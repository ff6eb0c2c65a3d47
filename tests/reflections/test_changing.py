"""Two windows, two devices, two taps: nothing is overwritten, nothing is doubled."""

import re
from datetime import date, timedelta

import time_machine

from journal.privacy.ownership import uuid7
from journal.reflections.entries import diff
from tests.factories import make_entry


def fields_of(entry, **changes):
    shown = {
        "title": entry.title,
        "body": entry.body,
        "written_on": entry.written_on.isoformat(),
        "version": entry.version,
    }
    return {**shown, **changes}


def test_a_change_is_saved(ada, ada_client):
    entry = make_entry(ada, "First words")

    answer = ada_client.post(f"/journal/{entry.pk}/edit/", fields_of(entry, body="Second words"))

    assert answer.status_code == 302
    entry.refresh_from_db()
    assert entry.body == "Second words"
    assert entry.version == 2


def test_a_stale_window_shows_both_texts_and_overwrites_neither(ada, ada_client):
    entry = make_entry(ada, "Tea and rain")
    stale = fields_of(entry, body="Tea and rain, typed here")
    ada_client.post(
        f"/journal/{entry.pk}/edit/", fields_of(entry, body="Tea and rain, from the phone")
    )

    answer = ada_client.post(f"/journal/{entry.pk}/edit/", stale)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "typed here</ins>" in page
    assert "from the phone</ins>" in page
    entry.refresh_from_db()
    assert entry.body == "Tea and rain, from the phone"


def test_each_text_says_how_long_it_is_and_the_stored_one_when_it_was_saved(ada, ada_client):
    with time_machine.travel("2026-11-18 20:15:00+00:00", tick=False):
        entry = make_entry(ada, "It’s well-known:\n\nfour words — here")
    page = ada_client.post(
        f"/journal/{entry.pk}/edit/", fields_of(entry, body="One", version=7)
    ).content.decode()

    assert re.findall(r'<span class="meta">(.*?)</span>', page) == [
        "1 word",
        "Saved 18 November, 21:15. 5 words",
    ]


def test_the_choice_decides_what_the_entry_holds(ada, ada_client):
    expected = {
        "mine": "typed here",
        "theirs": "from the phone",
        "both": "from the phone\n\n---\n\ntyped here",
    }
    for keep, body in expected.items():
        entry = make_entry(ada, "from the phone")
        choice = fields_of(entry, mine="typed here", keep=keep)
        del choice["body"]

        answer = ada_client.post(f"/journal/{entry.pk}/edit/", choice)

        assert answer.status_code == 302
        entry.refresh_from_db()
        assert entry.body == body


def test_a_third_save_in_between_shows_the_choice_again(ada, ada_client):
    entry = make_entry(ada, "from the phone")
    choice = fields_of(entry, mine="typed here", keep="mine", version=entry.version + 5)

    assert ada_client.post(f"/journal/{entry.pk}/edit/", choice).status_code == 409


def test_both_keeps_both_titles_and_pressed_twice_does_it_once(ada, ada_client):
    entry = make_entry(ada, "from the phone", title="On the train")
    choice = fields_of(entry, title="At home", mine="typed here\r\nat length", keep="both")
    del choice["body"]

    for _press in range(2):
        assert ada_client.post(f"/journal/{entry.pk}/edit/", choice).status_code == 302

    entry.refresh_from_db()
    assert entry.title == "On the train"
    assert entry.body == "from the phone\n\n---\n\nAt home\n\ntyped here\nat length"


def test_two_that_are_too_long_together_come_back_whole(ada, ada_client):
    entry = make_entry(ada, "p" * 15_000)
    choice = fields_of(entry, mine="h" * 15_000, keep="both")
    del choice["body"]

    answer = ada_client.post(f"/journal/{entry.pk}/edit/", choice)

    assert answer.status_code == 200
    assert "split it into two entries" in answer.content.decode()
    assert f"{'p' * 15_000}\n\n---\n\n{'h' * 15_000}</textarea>" in answer.content.decode()


def test_a_choice_that_came_too_late_is_asked_again_about_the_same_words(ada, ada_client):
    entry = make_entry(ada, "from the phone", title="On the train")
    late = fields_of(entry, title="At home", mine="typed here", keep="both", version=7)
    del late["body"]

    page = ada_client.post(f"/journal/{entry.pk}/edit/", late).content.decode()

    assert re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.S) == ["typed here"]
    assert ">At home</dd>" in page
    assert '<input type="hidden" name="title" value="At home">' in page


def test_the_same_post_twice_makes_one_entry(ada, ada_client):
    posted = {"id": str(uuid7()), "title": "", "body": "Once", "written_on": "2026-11-19"}

    first = ada_client.post("/journal/write/", posted)
    second = ada_client.post("/journal/write/", posted)

    assert first.url == second.url == f"/journal/{posted['id']}/"
    assert ada.entries.count() == 1


def test_an_id_that_is_taken_by_someone_else_gets_a_fresh_one(ada, eve, ada_client):
    taken = make_entry(eve, "Hers")
    posted = {"id": str(taken.pk), "body": "Mine", "written_on": "2026-11-19"}

    answer = ada_client.post("/journal/write/", posted)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Mine" in page
    assert str(taken.pk) not in page
    assert "Hers" not in page


def test_trash_and_undo(ada, ada_client):
    entry = make_entry(ada, "Out and back")

    page = ada_client.post(f"/journal/{entry.pk}/delete/", follow=True).content.decode()
    assert f'action="/journal/{entry.pk}/restore/"' in page
    assert ada_client.get(f"/journal/{entry.pk}/").status_code == 404
    assert "Out and back" in ada_client.get("/journal/trash/").content.decode()

    answer = ada_client.post(f"/journal/{entry.pk}/restore/")
    assert answer.url == f"/journal/{entry.pk}/"
    assert ada_client.get(f"/journal/{entry.pk}/").status_code == 200


def test_a_day_that_has_not_come_or_makes_no_sense_is_refused_and_nothing_is_lost(ada, ada_client):
    tomorrow = (date.today() + timedelta(days=2)).isoformat()
    for day in (tomorrow, "9999-12-31", "0000-01-01", "1899-12-31", "2026-02-30", "soon", ""):
        answer = ada_client.post("/journal/write/", {"body": "Kept words", "written_on": day})

        assert answer.status_code == 200
        page = answer.content.decode()
        assert "Kept words" in page
        assert 'aria-invalid="true"' in page
    assert ada.entries.count() == 0


def test_too_long_and_blank_are_refused_with_a_sentence(ada, ada_client):
    long = ada_client.post("/journal/write/", {"body": "x" * 20_001, "written_on": "2026-11-19"})
    blank = ada_client.post("/journal/write/", {"body": " \n ", "written_on": "2026-11-19"})

    assert "can have up to 20,000 characters" in long.content.decode()
    assert "x" * 20_001 in long.content.decode()
    assert "One word is enough" in blank.content.decode()


def test_the_marks_show_what_only_one_side_has():
    assert diff.only_in("by Friday at noon", "by Friday") == "by Friday<ins> at noon</ins>"
    assert diff.only_in("a\n\nb c\n\nd", "a") == "a\n\n<ins>b c</ins>\n\n<ins>d</ins>"
    assert diff.only_in("<b> & more", "<b>") == "&lt;b&gt;<ins> &amp; more</ins>"
