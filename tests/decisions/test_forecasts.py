"""A plain forecast: made on one page, asked for on its day, counted once it is clear."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from journal.decisions import predictions
from journal.decisions.models import Forecast
from journal.decisions.queries import MOST_DUE
from journal.insights import queries
from journal.insights.periods import LENGTHS, Period
from journal.people import clock
from journal.privacy.ownership import uuid7
from journal.privacy.rls import COACH, acting_as
from tests.decisions.factories import make_decision, make_forecast, make_review, reread
from tests.privacy.stored import changed, run
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db

NEW, LIST = "/decisions/forecasts/new/", "/decisions/forecasts/"
WEEK = timedelta(days=7)


def sent(person, **fields):
    due_on = clock.today(person) + WEEK
    return {"id": str(uuid7()), "question": "Rain?", "chance": "70", "due_on": due_on, **fields}


def test_three_fields_make_one_forecast(ada, ada_client):
    given = sent(ada)
    assert ada_client.post(NEW, given).status_code == 302
    assert ada_client.post(NEW, given).status_code == 302  # a double click
    with acting_as(ada):
        row = ada.forecasts.get()
        assert (row.question, row.chance, row.due_on) == ("Rain?", 70, given["due_on"])
    assert ada_client.post(NEW, {**given, "question": "Snow?"}).status_code == 409


def test_bad_input_is_refused_and_comes_back(ada, ada_client):
    today = clock.today(ada)
    for name, value in (
        *(("chance", one) for one in ("0", "100", "-1", "x", "1e9", "70.5", "")),
        *(("due_on", one) for one in (today, today - WEEK, "0000-01-01", "x", "")),
        *(("question", one) for one in ("", "x" * 201)),
    ):
        page = ada_client.post(NEW, sent(ada, **{name: value}))
        assert page.status_code == 200, (name, value)
        assert 'aria-invalid="true"' in page.content.decode(), (name, value)
        assert str(value) in page.content.decode(), (name, value)
    with acting_as(ada):
        assert not ada.forecasts.exists()


def test_its_words_stay_from_the_next_day_on(ada, ada_client):
    row = make_forecast(ada)
    at, change = row.address, {"question": "Snow?", "chance": "60", "due_on": row.due_on}
    assert ada_client.post(at, {**change, "version": row.version}).status_code == 302
    assert reread(row).question == "Snow?"
    made_at = timezone.now() - timedelta(days=2)
    Forecast.objects.filter(pk=row.pk).update(created_at=made_at)
    late = {**change, "chance": "99", "version": reread(row).version}
    assert ada_client.post(at, late).url == row.get_absolute_url()
    assert reread(row).chance == 60


def test_the_database_keeps_what_was_said_from_the_next_day_or_an_answer_on(ada):
    """In raw SQL too; a later day, an answer and the trash stay open, and so does the first day."""
    zones = ("Pacific/Kiritimati", "Pacific/Pago_Pago", "")
    said = {"question": b"\x01other", "chance": 99, "created_at": timezone.now()}

    def change(row, name: str) -> None:
        with transaction.atomic(), acting_as(ada):
            changed(f"update decisions_forecast set {name} = %s where id = %s", said[name], row.pk)

    for ada.zone, ada.day_starts_at in zip(zones, (0, 4, 6), strict=True):
        ada.save()
        fresh, old = make_forecast(ada), make_forecast(ada)
        yesterday = clock.begins(ada, clock.today(ada)) - timedelta(seconds=1)
        if not ada.zone:  # of no day that the database knows
            yesterday = timezone.now() - timedelta(hours=26)
        Forecast.objects.filter(pk=old.pk).update(created_at=yesterday)
        answered = make_forecast(ada, result="no", answered_on=clock.today(ada))
        for row, names in ((old, said), (answered, said), (fresh, ["created_at"])):
            for name in names:
                with pytest.raises(IntegrityError, match="stays as it was"):
                    change(row, name)
        change(fresh, "chance")
        assert (reread(fresh).chance, reread(old).chance) == (99, 70)
    with acting_as(ada):
        old.ask_on(old.due_on + WEEK)
        old.answer("yes")
        old.take_back()
        old.trash()
        old.restore()


def test_today_asks_about_a_few_of_many_at_a_time(ada, ada_client):
    for number in range(MOST_DUE + 2):
        make_forecast(ada, f"Sample {number}", due_on=clock.today(ada) - WEEK)
    page = ada_client.get("/today/", follow=True).content.decode()
    assert sum(f"Sample {number}" in page for number in range(MOST_DUE + 2)) == MOST_DUE


def test_it_is_asked_for_on_its_day_and_until_it_is_answered(ada, ada_client):
    today = clock.today(ada)
    row = make_forecast(ada, "Quokka seen?", due_on=today - WEEK)
    make_forecast(ada, "Numbat seen?", due_on=today + WEEK)

    def asked():
        page = ada_client.get("/today/", follow=True).content.decode()
        assert "Numbat seen?" not in page
        return "Quokka seen?" in page

    assert asked()
    page = row.get_absolute_url()
    for result in ("", "maybe"):
        assert ada_client.post(f"{page}answer/", {"result": result}).status_code == 302
    assert asked()
    assert (
        f'value="{today + timedelta(days=30)}"' in ada_client.get(f"{page}later/").content.decode()
    )
    for day in ("", "x", "0000-01-01", "9999-01-01", today, today - WEEK):
        refused = ada_client.post(f"{page}later/", {"ask_on": day})
        assert (refused.status_code, str(day) in refused.content.decode()) == (200, True)
    for _double_click in range(2):
        assert ada_client.post(f"{page}later/", {"ask_on": today + WEEK}).url == page
    assert not asked()
    assert (reread(row).result, reread(row).due_on) == ("", today + WEEK)
    assert "Quokka seen?" in ada_client.get(LIST).content.decode()


def test_the_first_answer_stands_until_it_is_taken_back(ada, ada_client):
    row = make_forecast(ada)
    page = row.get_absolute_url()
    for result in ("yes", "no"):
        ada_client.post(f"{page}answer/", {"result": result})
    assert ada_client.post(f"{page}later/", {"ask_on": row.due_on + WEEK}).url == page
    assert reread(row).due_on == row.due_on
    assert (reread(row).result, reread(row).answered_on) == ("yes", clock.today(ada))
    ada_client.post(f"{page}reopen/")
    assert (reread(row).result, reread(row).answered_on) == ("", None)
    ada_client.post(f"{page}delete/")
    assert ada_client.get(page).status_code == 404
    listed = ada_client.get(LIST).content.decode()
    assert f"{page}restore/" in listed
    ada_client.post(f"{page}restore/")
    assert ada_client.get(page).status_code == 200


def test_calibration_counts_plain_forecasts_beside_decisions(ada):
    today = clock.today(ada)
    make_review(make_decision(ada, confidence=70), prediction_result="yes")
    for chance, result in ((20, "no"), (90, "yes"), (60, "unclear")):
        make_forecast(ada, chance=chance, result=result, answered_on=today)
    make_forecast(ada, chance=80)  # still open
    make_forecast(ada, chance=80, result="yes", answered_on=today - timedelta(days=40))
    gone = make_forecast(ada, chance=80, result="yes", answered_on=today)
    with acting_as(ada):
        gone.trash()
        found = queries.ask(ada, Period(LENGTHS[0], today))
    assert (found.predictions, found.unclear) == ([(20, False), (70, True), (90, True)], 1)


def listed(client, address: str = LIST) -> tuple[list[str], str]:
    """What the list names, and the address of what follows."""
    page = client.get(address).content.decode()
    onward = re.search(r'href="(\?(?:open|answered)=[^"]+)"', page)
    names = re.findall(r'<b class="own-words" dir="auto">(.*?)</b>', page)
    return names, LIST + onward[1] if onward else ""


def test_the_list_goes_by_the_day_that_asks_or_answers_whichever_was_made_first(
    ada, ada_client, monkeypatch
):
    monkeypatch.setattr(predictions, "OPEN_SHOWN", 2)
    monkeypatch.setattr(predictions, "ANSWERED_SHOWN", 2)
    today = clock.today(ada)
    days = {"Third": 9, "First": -3, "Fourth": 9}
    made = {name: make_forecast(ada, name, due_on=today + timedelta(n)) for name, n in days.items()}
    make_decision(ada, prediction="Second", review_on=today + WEEK)
    make_decision(ada, prediction="", confidence=None)  # predicts nothing
    first, onward = listed(ada_client)
    second, end = listed(ada_client, onward)
    assert (first, second, end) == (["First", "Second"], ["Third", "Fourth"], "")

    with acting_as(ada):
        for name, on in (("Fourth", 0), ("First", -1), ("Third", -2)):
            row = made[name]
            row.result, row.answered_on = "no", today + timedelta(on)
            row.save()
    make_review(make_decision(ada, prediction="Of a decision"), prediction_result="unclear")
    gone = make_decision(ada, prediction="Gone")
    make_review(gone)
    with acting_as(ada):
        gone.trash()
    names, onward = listed(ada_client)
    assert names[0] == "Second"
    assert sorted(names[1:]) == ["Fourth", "Of a decision"]  # both of today
    assert listed(ada_client, onward) == (["First", "Third"], "")


def test_a_place_that_is_none_begins_the_list(ada, ada_client):
    make_forecast(ada, "Rain?")
    for place in ("x", "2026-01-01", "2026-01-01.x", "0000-01-01.", "%00", ".", "9" * 5000):
        for name in ("open", "answered"):
            assert listed(ada_client, f"{LIST}?{name}={place}")[0] == ["Rain?"], place


def test_the_list_costs_the_same_with_more_on_it(ada, ada_client):
    counts = []
    for more in (1, 4):
        for _ in range(more):
            make_forecast(ada)
            make_decision(ada)
            make_review(make_decision(ada))
        counts.append(len(statements_of(ada_client, LIST)))
    assert counts[0] == counts[1]


def test_it_is_sealed_and_nobody_elses(ada, eve, mira, eve_client):
    row = make_forecast(ada, "Zanzibarquokka?")
    assert "zanzibarquokka" not in str(run("select * from decisions_forecast")).lower()
    assert eve_client.get(row.get_absolute_url()).status_code == 404
    with acting_as(eve):
        assert not Forecast.objects.exists()
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic(), acting_as(mira, role=COACH):
        Forecast.objects.count()


@pytest.mark.parametrize("wrong", [{"chance": 0}, {"chance": 100}, {"result": "yes"}])
def test_the_database_refuses_what_no_form_sends(ada, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_forecast(ada, **wrong)
