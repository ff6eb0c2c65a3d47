"""What a person sets up, and that no secret key comes back or stays."""

import logging
import re
from datetime import datetime
from html import unescape

import pyrage
import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from journal.account_deletion import deletion
from journal.exchange import tables
from journal.operation import purge
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.scheduled_exports import places, starting
from tests.conftest import signed_in
from tests.exchange.factories import just_signed_in, sent
from tests.factories import make_entry
from tests.page import forms_in, say_it_again
from tests.scheduled_exports.page_states import KEY, PAGE, make_schedule, make_scheduled_export

pytestmark = pytest.mark.django_db
SECRET = str(pyrage.x25519.Identity.generate())


def form(**fields: str) -> dict[str, str]:
    return {"rhythm": "weekly", "weekday": "2", "key": KEY, "version": "0", **fields}


def the_schedule(person: User):
    with acting_as(person):
        row = person.export_schedules.first()
        return row and (row.rhythm, row.weekday, row.recipient)


def store(name: str) -> None:
    with places.written(name) as file:
        file.write(b"encrypted")


def test_a_pasted_key_begins_it_and_the_first_is_due_at_once(ada):
    client = just_signed_in(ada)
    answer = client.post(PAGE, form(key=f"  {KEY.upper()} "))
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert the_schedule(ada) == ("weekly", 2, KEY)
    assert starting.start_due() == 1
    page = unescape(client.get(PAGE).content.decode())
    assert "One is being made now." in page
    assert "every week on Wednesday" in page


def test_what_is_no_public_key_is_refused_with_a_sentence(ada):
    client, cases = (
        just_signed_in(ada),
        {
            "": "isn’t a public key of age",
            "age1" + "q" * 58: "isn’t a public key of age",
            # a point of low order, to which anybody could open what is encrypted
            "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z": "isn’t a public key",
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB": "an SSH key",
            "age1yubikey1q" + "q" * 60: "needs a plugin",
            "x" * 1_000_000: "isn’t a public key of age",
            "age1\0": "Null characters",
        },
    )
    for key, sentence in cases.items():
        answer = client.post(PAGE, form(key=key))
        assert (answer.status_code, the_schedule(ada)) == (200, None), key[:80]
        assert sentence in unescape(answer.content.decode()), key[:80]
    page = client.post(PAGE, form(weekday="9", rhythm="daily")).content.decode()
    assert "Choose one of the two." in page
    assert "Choose a day of the week." in page
    assert KEY in page
    assert the_schedule(ada) is None


def test_a_secret_key_is_refused_and_comes_back_nowhere(ada, caplog):
    """Neither with a locked session, nor in an error page, nor with whatever stands around it."""
    caplog.set_level(logging.DEBUG)
    make_schedule(ada)
    client = just_signed_in(ada)
    file = f"# public key: {KEY}\n{SECRET}"
    for pasted in (SECRET, SECRET.lower(), file, "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn"):
        for name in ("key", "made"):
            answer = client.post(PAGE, form(**{name: pasted}))
            page = unescape(answer.content.decode())
            assert (answer.status_code, "That was a secret key." in page) == (200, True)
            assert SECRET[15:] not in page.upper()
            assert "b3Blbn" not in page
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)
    for other in (signed_in(ada), Client(), strict):
        answer = other.post(PAGE, form(key=SECRET), follow=True)
        assert SECRET[15:] not in answer.content.decode() + str(answer.redirect_chain)
    assert SECRET[15:] not in caplog.text
    assert the_schedule(ada) == ("weekly", 6, KEY)


def test_the_key_that_is_shown_is_the_one_that_is_kept(ada, caplog):
    """Asked for twice, each page keeps its own; and its secret half stays on that page."""
    caplog.set_level(logging.DEBUG)
    client, shown = just_signed_in(ada), []
    for _click in range(2):
        answer = client.post(PAGE, form(key="", make="1", rhythm="monthly"))
        page = answer.content.decode()
        (secret,) = re.findall(r"AGE-SECRET-KEY-1[A-Z0-9]+", page)
        assert answer["Cache-Control"] == "no-store"
        assert the_schedule(ada) is None
        shown.append((secret, next(one for one in forms_in(answer) if "made" in one.fields)))
    for secret, confirm in shown:
        answer = client.post(confirm.action, confirm.fields)
        if answer.status_code == 409:  # the other page was confirmed meanwhile
            confirm = next(one for one in forms_in(answer) if one.action == PAGE)
            answer = client.post(confirm.action, confirm.fields)
        assert answer.status_code == 302
        public = str(pyrage.x25519.Identity.from_str(secret).to_public())
        assert the_schedule(ada) == ("monthly", 2, public)
        assert secret not in str([one.get_decoded() for one in Session.objects.all()])
        assert secret not in caplog.text
        assert secret not in client.get(PAGE).content.decode()


def test_confirmed_after_the_password_is_asked_for_again_it_is_kept(ada):
    client = just_signed_in(ada)
    page = client.post(PAGE, form(key="", make="1"))
    confirm = next(one for one in forms_in(page) if "made" in one.fields)
    later = signed_in(ada)
    asking = later.post(PAGE, confirm.fields)
    assert confirm.fields["made"] in asking.content.decode()
    say_it_again(later)
    held = [one for one in forms_in(asking) if one.action == PAGE][-1]
    assert later.post(PAGE, held.fields).status_code == 302
    assert the_schedule(ada)[2] == confirm.fields["made"]


def test_a_page_that_is_out_of_date_overwrites_nothing_unasked(ada):
    make_schedule(ada)
    with acting_as(ada):
        ada.export_schedules.get().save()  # in another tab
    other = str(pyrage.x25519.Identity.generate().to_public())
    client = just_signed_in(ada)
    answer = client.post(PAGE, form(key=other, version="1"))
    assert (answer.status_code, the_schedule(ada)[2]) == (409, KEY)
    again = next(one for one in forms_in(answer) if "rhythm" in one.fields)
    assert client.post(PAGE, again.fields).status_code == 302
    assert the_schedule(ada)[2] == other


def test_stopping_makes_none_and_keeps_what_was_made(ada):
    make_schedule(ada, next_at=timezone.now())
    row = make_scheduled_export(ada)
    starting.start_due()
    client = just_signed_in(ada)
    client.post(f"{PAGE}stop/")
    with acting_as(ada):
        schedule = ada.export_schedules.get()
        assert (schedule.next_at, ada.scheduled_exports.get()) == (None, row)
    client.post(f"{PAGE}start/")
    with acting_as(ada):
        schedule = ada.export_schedules.get()
        assert schedule.next_at == schedule.next_after(timezone.now())


def test_each_is_listed_with_its_day_its_size_and_its_key(ada):
    make_schedule(ada)
    made_at = datetime.fromisoformat("2026-11-15T12:00:00Z")
    make_scheduled_export(ada, ready_at=made_at)
    page = just_signed_in(ada).get(PAGE).content.decode()
    for words in ("Sunday 15 November 2026", "2.0\xa0MB", KEY[-6:], "every week on Sunday"):
        assert words in page
    assert "{{" not in page


def test_a_file_is_deleted_with_its_row(ada, django_capture_on_commit_callbacks):
    row = make_scheduled_export(ada)
    store(row.stored_name)
    with django_capture_on_commit_callbacks(execute=True):
        just_signed_in(ada).post(f"{PAGE}{row.pk}/delete/")
    assert places.names_stored() == []
    with acting_as(ada):
        assert not ada.scheduled_exports.exists()


def test_a_file_that_is_gone_is_said(ada):
    row = make_scheduled_export(ada)
    client = just_signed_in(ada)
    page = client.get(f"{PAGE}{row.pk}/", follow=True)
    assert "can’t be found now" in unescape(page.content.decode())


def test_only_its_person_reads_or_changes_anything(ada, eve, mira):
    make_schedule(ada)
    row = make_scheduled_export(ada)
    store(row.stored_name)
    for other in (eve, mira):
        client = just_signed_in(other)
        assert KEY not in client.get(PAGE).content.decode()
        assert client.get(f"{PAGE}{row.pk}/").status_code == 404
        assert client.post(f"{PAGE}{row.pk}/delete/").status_code == 404
        client.post(f"{PAGE}stop/")
    assert signed_in(ada).get(f"{PAGE}{row.pk}/").url.startswith("/accounts/reauthenticate/")
    with acting_as(ada):
        assert ada.export_schedules.running().exists()
    assert places.names_stored() == [row.stored_name]


def test_deleting_the_account_deletes_the_files(ada, eve, monkeypatch):
    rows = [make_scheduled_export(person) for person in (ada, ada, eve)]
    make_schedule(ada)
    for row in rows:
        store(row.stored_name)
    deletion.ask(ada, at_once=True)
    with monkeypatch.context() as patched:  # a bucket that does not answer
        patched.setattr(places, "remove", lambda _rows: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            deletion.delete_due()
    deletion.delete_due()
    assert places.names_stored() == [rows[2].stored_name]
    assert not User.objects.filter(pk=ada.pk).exists()


def test_the_purge_deletes_what_no_row_names_and_nothing_else(ada, monkeypatch):
    row = make_scheduled_export(ada)
    for name in (row.stored_name, f"{'a' * 32}.age", f"{'b' * 32}.part", "my-own-file.txt"):
        store(name)
    assert list(places.orphans()) == []
    monkeypatch.setattr(places, "YOUNG", -places.YOUNG)
    purge.purge()
    left = set(places.storage().listdir("")[1])
    assert left == {row.stored_name, "my-own-file.txt"}


def test_an_import_says_how_to_open_one_first(ada):
    make_entry(ada, "A quiet day.")
    to = [pyrage.x25519.Recipient.from_str(KEY)]
    for armored in (False, True):
        row = sent(ada, pyrage.encrypt(b"PK", to, armored=armored))
        assert "age -d -i key.txt" in row.refusal


def test_it_is_in_no_export(ada):
    names = {model._meta.app_label for model in [*tables.tables(), *tables.with_others()]}
    assert "scheduled_exports" not in names


def test_the_public_key_is_sealed(ada):
    make_schedule(ada)
    with connection.cursor() as cursor:
        cursor.execute("select recipient from scheduled_exports_exportschedule")
        assert KEY.encode() not in bytes(cursor.fetchone()[0])
