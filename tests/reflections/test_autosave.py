"""What the server makes of saves that come by themselves: early, late, twice, and forged."""

import threading
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from journal.people.models import User
from journal.privacy.ownership import uuid7
from tests.conftest import signed_in
from tests.factories import make_entry


def words(body: str, **more) -> dict:
    return {"title": "", "body": body, "written_on": "2026-11-19", **more}


def autosave(client: Client, pk, body: str, **more):
    return client.post(f"/journal/{pk}/autosave/", words(body, **more))


def version_in(answer) -> str:
    return answer.content.decode().partition('data-version="')[2].partition('"')[0]


def test_the_first_save_makes_the_entry_and_the_next_ones_change_it(ada, ada_client):
    pk = uuid7()

    first = autosave(ada_client, pk, "O")
    second = autosave(ada_client, pk, "One day", version=version_in(first))

    assert (first.status_code, version_in(first)) == (200, "1")
    assert (second.status_code, version_in(second)) == (200, "2")
    assert "Saved " in second.content.decode()
    assert "<html" not in second.content.decode()
    assert [(entry.pk, entry.body) for entry in ada.entries.live()] == [(pk, "One day")]
    assert "One day" in ada_client.get("/journal/").content.decode()


def test_nothing_is_stored_before_the_first_character(ada, ada_client):
    for body in ("", "  \n\t "):
        answer = autosave(ada_client, uuid7(), body, title="Only a title")
        assert answer.status_code == 422
        assert "One word is enough" in answer.content.decode()
    ada_client.get("/journal/write/", follow=True)
    assert ada.entries.count() == 0


def test_deleting_every_character_keeps_what_was_saved_last(ada, ada_client):
    entry = make_entry(ada, "Still here")

    assert autosave(ada_client, entry.pk, " ", version=1).status_code == 422
    entry.refresh_from_db()
    assert (entry.body, entry.version) == ("Still here", 1)


def test_the_same_save_twice_changes_nothing(ada, ada_client):
    pk = uuid7()
    for _time in range(3):
        answer = autosave(ada_client, pk, "Once")
        assert (answer.status_code, version_in(answer)) == (200, "1")


def test_a_page_that_did_not_hear_the_answer_meets_nobody(ada, ada_client):
    pk = uuid7()
    autosave(ada_client, pk, "Sent")  # and its answer is lost

    answer = autosave(ada_client, pk, "Sent, and more", unheard=urlencode(words("Sent")))

    assert answer.status_code == 200
    assert ada.entries.get().body == "Sent, and more"


def test_what_someone_else_wrote_in_between_is_not_taken_for_ones_own(ada, ada_client):
    entry = make_entry(ada, "Sent")
    autosave(ada_client, entry.pk, "From the phone", version=1)

    answer = autosave(
        ada_client, entry.pk, "Sent, and more", version=1, unheard=urlencode(words("Sent"))
    )

    assert answer.status_code == 409
    assert "Nothing was overwritten" in answer.content.decode()
    entry.refresh_from_db()
    assert entry.body == "From the phone"


def test_a_save_that_comes_late_does_not_bring_back_an_older_text(ada, ada_client):
    pk = uuid7()
    ada_client.post("/journal/write/", words("Sent, and more", id=pk))

    assert autosave(ada_client, pk, "Sent").status_code == 409
    assert ada.entries.get().body == "Sent, and more"


def test_the_button_after_an_autosave_saves_the_rest(ada, ada_client):
    pk = uuid7()
    version = version_in(autosave(ada_client, pk, "Half"))

    answer = ada_client.post("/journal/write/", words("Half, and half", id=pk, version=version))

    assert (answer.status_code, answer.url) == (302, f"/journal/{pk}/")
    assert ada.entries.get().body == "Half, and half"


def test_a_new_page_sent_again_with_other_words_shows_both(ada, ada_client):
    """Back, some more words, and Save, without JavaScript."""
    pk = uuid7()
    ada_client.post("/journal/write/", words("Once", id=pk))

    answer = ada_client.post("/journal/write/", words("Once upon a time", id=pk))

    assert answer.status_code == 409
    assert "<ins> upon a time</ins>" in answer.content.decode()
    assert ada.entries.get().body == "Once"


@pytest.mark.parametrize("version", ["0", "99", "-1", "1e3", "NaN", "9" * 30, "\0", "’"])
def test_a_forged_version_overwrites_nothing(ada, ada_client, version):
    entry = make_entry(ada, "As it was")

    answer = autosave(ada_client, entry.pk, "Overwritten", version=version)

    assert answer.status_code in (409, 422)
    entry.refresh_from_db()
    assert (entry.body, entry.version) == ("As it was", 1)


@pytest.mark.parametrize(
    "unheard", ["&" * 20_000, "body=%00", "body=%ED%A0%80", "%", "=", "a" * 9999]
)
def test_a_forged_memory_of_an_earlier_save_overwrites_nothing(ada, ada_client, unheard):
    entry = make_entry(ada, "As it was")

    answer = autosave(ada_client, entry.pk, "Overwritten", version=7, unheard=unheard)

    assert answer.status_code in (409, 413)
    entry.refresh_from_db()
    assert entry.body == "As it was"


@pytest.mark.parametrize(
    ("rubbish", "said"),
    [
        ("before\0after", "Null characters are not allowed"),
        (b"before\xed\xa0\x80after", None),
        ("m" * (1 << 20), "can have up to 20,000 characters"),
    ],
    ids=["NUL", "a lone surrogate", "a megabyte"],
)
def test_rubbish_is_refused_with_a_sentence_and_stores_nothing_broken(
    ada, ada_client, rubbish, said
):
    pk = uuid7()
    answer = ada_client.post(
        f"/journal/{pk}/autosave/",
        urlencode(words(rubbish)),
        content_type="application/x-www-form-urlencoded",
    )

    if said:
        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert ada.entries.count() == 0
    else:  # bytes that are no character arrive as the sign for that
        assert answer.status_code == 200
        assert ada.entries.get().body == "before\ufffd\ufffd\ufffdafter"


def test_an_id_of_somebody_else_is_neither_read_nor_written(ada, eve, eve_client):
    hers = make_entry(ada, "Hers alone")

    answer = autosave(eve_client, hers.pk, "Mine now", version=1)

    assert answer.status_code == 409
    assert "Hers" not in answer.content.decode()
    hers.refresh_from_db()
    assert hers.body == "Hers alone"
    assert eve.entries.count() == 0


def test_an_entry_in_the_trash_is_not_written_to_silently(ada, ada_client):
    entry = make_entry(ada, "Thrown away")
    entry.trash()

    assert autosave(ada_client, entry.pk, "Still writing", version=1).status_code == 409
    answer = ada_client.post(f"/journal/{entry.pk}/edit/", words("Still writing", version=1))
    assert answer.status_code == 409
    assert "moved to the bin" in answer.content.decode()

    choice = words("", version=2, mine="Still writing", keep="mine")
    ada_client.post(f"/journal/{entry.pk}/edit/", choice)
    assert ada.entries.live().get().body == "Still writing"


def test_the_text_that_is_not_chosen_goes_to_recently_removed_once(ada, ada_client):
    for keep, stays, goes in (
        ("mine", "Typed here", "Elsewhere"),
        ("theirs", "Elsewhere", "Typed here"),
    ):
        entry = make_entry(ada, "Elsewhere", title="A day")
        choice = {**words(""), "title": "A day", "version": "1", "mine": "Typed here", "keep": keep}
        choice["aside"] = str(uuid7())
        for _press in range(2):
            answer = ada_client.post(f"/journal/{entry.pk}/edit/", choice)
            assert answer.url == f"/journal/{entry.pk}/"

        entry.refresh_from_db()
        assert entry.body == stays
        [copy] = ada.entries.trashed()
        assert (copy.title, copy.body) == ("A day", goes)
        ada.entries.all().delete()


CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK", "select set_config", "select current_setting")


def statements(client: Client, pk, body: str, **more) -> int:
    """Those of a save, transaction control and role switch not counted."""
    with CaptureQueriesContext(connection) as captured:
        assert autosave(client, pk, body, **more).status_code == 200
    return len([one for one in captured if not one["sql"].startswith(CONTROL)])


def test_a_save_costs_few_statements(ada, ada_client):
    entry = make_entry(ada, "Words")

    # two of them read and keep what the entry said before this page was opened
    assert statements(ada_client, entry.pk, "Words, and more", version=1) == 6
    assert statements(ada_client, uuid7(), "Words") == 4


@pytest.mark.django_db(transaction=True)
def test_ten_saves_of_one_page_at_once_make_one_entry(ada):
    pk, answers = uuid7(), []
    together(ada, 10, lambda client, _n: answers.append(autosave(client, pk, "Once").status_code))

    assert answers == [200] * 10
    assert [entry.body for entry in ada.entries.all()] == ["Once"]


@pytest.mark.django_db(transaction=True)
def test_of_two_devices_that_save_at_once_one_is_told(ada):
    entry = make_entry(ada, "The beginning")
    answers: dict[int, int] = {}

    def save(client: Client, n: int) -> None:
        answers[n] = autosave(client, entry.pk, f"Device {n}", version=1).status_code

    together(ada, 6, save)

    assert sorted(answers.values()) == [200] + [409] * 5
    [first] = [n for n, status in answers.items() if status == 200]
    entry.refresh_from_db()
    assert (entry.body, entry.version) == (f"Device {first}", 2)


def together(person: User, count: int, act) -> None:
    """Each in a thread and with a connection of its own, all let go at one moment."""
    gate = threading.Barrier(count)

    def one(n: int) -> None:
        client = clients[n]
        gate.wait()
        try:
            act(client, n)
        finally:
            connection.close()

    clients = [signed_in(person) for _ in range(count)]
    threads = [threading.Thread(target=one, args=(n,)) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
