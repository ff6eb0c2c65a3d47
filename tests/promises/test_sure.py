"""How sure somebody is of a promise stays with it, and with each version of its terms."""

import re
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from journal.privacy.rls import acting_as
from journal.promises.models import Promise, PromiseRevision
from journal.reflections.week.promise_changes import Change, Changes, apply
from tests.flow_client import post
from tests.page import compact, forms_in
from tests.promises.factories import make_promise
from tests.promises.flow_client import reread, walk

LONG_AGO = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


def stated(promise: Promise) -> list[int | None]:
    """What each version says, and at the end the promise itself."""
    with acting_as(promise.owner):
        return [*promise.revisions.values_list("sure", flat=True), reread(promise).sure]


def renegotiation(client, promise: Promise, **given: str):
    """The form as the page has it, with these answers."""
    page = client.get(f"/promises/{promise.pk}/renegotiate/")
    (form,) = (one for one in forms_in(page) if "statement" in one.fields)
    return client.post(form.action, {**form.fields, "sure": "", **given})


def test_the_answer_is_kept_with_the_promise_and_with_its_terms(ada, ada_client):
    draft = walk(ada, ada_client, until="check")
    check = f"/promises/{draft.pk}/step/check/"
    post(ada_client, check, do="stop", sure="0")  # Save and close
    assert reread(draft).sure == 0
    assert 'name="sure" value="0" checked' in compact(ada_client.get(check))

    refused = post(ada_client, check, do="finish", sure="11")
    assert "Choose a number from 0 to 10." in refused.content.decode()
    assert not reread(draft).finished_at

    post(ada_client, check, do="finish", sure="9")
    assert stated(draft) == [9, 9]
    assert "9 of 10" in ada_client.get(f"/promises/{draft.pk}/").content.decode()


def test_new_terms_ask_again_and_an_empty_answer_counts_as_none(ada, ada_client):
    promise = make_promise(ada, starts_on=LONG_AGO, sure=9)
    page = compact(ada_client.get(f"/promises/{promise.pk}/renegotiate/"))
    assert page.count('name="sure"') == 11
    assert not re.search(r'name="sure" value="\d+" checked', page)  # though the old terms had nine

    refused = renegotiation(ada_client, promise, sure="-1", reason="Lunch moved")
    assert refused.status_code == 200
    assert "Lunch moved" in refused.content.decode()

    renegotiation(ada_client, promise, statement="Once round the block")
    assert stated(promise) == [9, None, None]
    renegotiation(ada_client, promise, sure="10")
    assert stated(promise) == [9, 10, 10]
    page = ada_client.get(f"/promises/{promise.pk}/").content.decode()
    assert "How sure: 9 of 10" in page
    assert "How sure: 10 of 10" in page


def test_what_is_typed_survives_a_break(ada, ada_client):
    promise = make_promise(ada, starts_on=LONG_AGO)
    answered = renegotiation(ada_client, promise, sure="4", statement="Out", do="enough")
    (form,) = (one for one in forms_in(answered) if "statement" in one.fields)
    page = ada_client.post(form.action, form.fields | {"do": "again"})
    assert 'name="sure" value="4" checked' in compact(page)


def test_a_part_that_is_added_leaves_it_and_a_week_that_did_not_ask_empties_it(ada, ada_client):
    promise = make_promise(ada, starts_on=LONG_AGO, sure=8, smallest_version="")
    sent = {"version": reread(promise).version, "smallest_version": "One lap"}
    ada_client.post(f"/promises/{promise.pk}/add/smallest/", sent)
    assert stated(promise) == [8, 8, 8]

    changes = Changes((Change(str(promise.pk), "smaller", "To the gate"),))
    with acting_as(ada):
        apply(ada, changes, date(2026, 11, 23), rests=False)
    assert stated(promise) == [8, 8, None, None]


def test_the_database_takes_no_eleven(ada):
    promise = make_promise(ada)
    for model in (Promise, PromiseRevision):
        with acting_as(ada), pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(owner=ada).update(sure=11)
    assert stated(promise) == [None, None]
