"""Five short statements: at most every 28 days, each may be left out, and never a verdict."""

import re
import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from journal.people import clock
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from journal.reflections.rating import history, scores
from journal.reflections.rating.models import SelfRating
from tests.conftest import signed_in
from tests.page import compact
from tests.privacy.stored import changed, run
from tests.query_counts import statements_of
from tests.reflections.rating_factories import make_rating

PAGE = "/rating/"
ALL = {"q1": "2", "q2": "3", "q3": "4", "q4": "1", "q5": "5"}
KEPT = (2, 3, 4, 1, 5)


def take(client, answers=ALL, **more):
    return client.post(PAGE, {"id": str(uuid7()), **answers, **more})


def kept(person) -> list[tuple[int | None, ...]]:
    with acting_as(person):
        return [tuple(row.answers) for row in person.ratings.newest_first()]


def page_of(answer) -> str:
    return " ".join(compact(answer).split())


def test_ada_answers_and_reads_it_back_statement_by_statement(ada, ada_client):
    assert take(ada_client).url == PAGE

    assert kept(ada) == [KEPT]
    page = page_of(ada_client.get(PAGE))
    assert "<dt>Decision-making</dt><dd>A little, 2 of 5</dd>" in page
    assert "<dt>Empowerment</dt><dd>Very, 5 of 5</dd>" in page
    assert "3.0 of 5, the average of 5 answers." in page
    assert page.index("Decision-making") < page.index("the average of 5")


def test_what_is_left_out_stays_empty_and_a_mean_needs_four(ada, ada_client):
    take(ada_client, {"q1": "2", "q3": "", "q5": "5"})

    assert kept(ada) == [(2, None, None, None, 5)]
    page = page_of(ada_client.get(PAGE))
    assert "2 answers. An average needs four." in page
    assert page.count("Skipped") == 3


def test_nothing_answered_stores_nothing_and_says_so(ada, ada_client):
    answer = take(ada_client, dict.fromkeys(ALL, ""))

    assert answer.status_code == 200
    assert "Answer at least one." in page_of(answer)
    assert kept(ada) == []


@pytest.mark.parametrize("given", ["0", "6", "-1", "mostly", "2.5"])
def test_only_one_to_five_is_an_answer_and_the_others_stay_chosen(ada, ada_client, given):
    answer = take(ada_client, {**ALL, "q2": given})

    assert answer.status_code == 200
    page = page_of(answer)
    assert "Choose one of the five, or skip it." in page
    assert 'name="q1" value="2" checked' in page
    assert kept(ada) == []


def test_the_next_one_waits_four_weeks(ada, ada_client):
    with time_machine.travel("2026-11-02T12:00:00Z", tick=False):
        take(ada_client)
    with time_machine.travel("2026-11-29T12:00:00Z", tick=False):
        page = page_of(ada_client.get(PAGE))
        assert "The next one opens on 30 November 2026." in page
        assert 'name="q1"' not in page
        refused = take(ada_client, {"q1": "1"})
        assert (refused.status_code, len(kept(ada))) == (409, 1)
        assert "Those answers weren’t saved" in page_of(refused)
    with time_machine.travel("2026-11-30T12:00:00Z", tick=False):
        assert 'name="q1"' in page_of(ada_client.get(PAGE))
        assert take(ada_client, {"q1": "1"}).status_code == 302
    assert kept(ada) == [(1, None, None, None, None), KEPT]


def test_the_day_is_adas_own(ada, ada_client):
    with time_machine.travel("2026-11-02T23:30:00Z", tick=False):  # past midnight in Berlin
        take(ada_client)

    with acting_as(ada):
        assert ada.ratings.get().taken_on == date(2026, 11, 3)


def test_sent_twice_it_is_there_once(ada, ada_client):
    form = {**ALL, "id": str(uuid7())}

    assert [ada_client.post(PAGE, form).status_code for _time in range(2)] == [302, 302]
    assert kept(ada) == [KEPT]


def test_today_the_answers_can_still_be_changed(ada, ada_client):
    take(ada_client)
    page = page_of(ada_client.get(f"{PAGE}?change"))
    assert 'name="q1" value="2" checked' in page

    ada_client.post(PAGE, {**ALL, "q1": "", "version": "1"})

    assert kept(ada) == [(None, *KEPT[1:])]


def test_two_tabs_meet_and_one_more_tap_decides(ada, ada_client):
    take(ada_client)

    second = take(ada_client, {**ALL, "q1": "5"})

    assert second.status_code == 409
    page = page_of(second)
    assert "You answered this somewhere else." in page
    assert 'name="q1" value="5" checked' in page
    assert kept(ada) == [KEPT]
    assert ada_client.post(PAGE, {**ALL, "q1": "5", "version": "1"}).status_code == 302
    assert kept(ada) == [(5, *KEPT[1:])]


@pytest.mark.django_db(transaction=True)
def test_four_tabs_at_once_make_one_picture(ada):
    codes: list[int] = []
    start = threading.Barrier(4)

    def answer(number: int) -> None:
        start.wait(20)
        try:
            codes.append(take(clients[number], {**ALL, "q1": str(number)}).status_code)
        finally:
            connection.close()

    # Signed in here: who waits at the barrier with a connection keeps it from the others.
    clients = {number: signed_in(ada) for number in range(1, 5)}
    tabs = [threading.Thread(target=answer, args=[number]) for number in clients]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join()

    assert sorted(codes) == [302, 409, 409, 409]
    assert len(kept(ada)) == 1


def test_removed_and_brought_back(ada, ada_client):
    row = make_rating(ada, clock.today(ada) - timedelta(days=3))

    assert ada_client.post(f"{PAGE}{row.pk}/delete/").url == PAGE
    assert kept(ada) == []
    page = page_of(ada_client.get(PAGE))
    assert f"{PAGE}{row.pk}/restore/" in page
    assert 'name="q1"' in page  # there is room again

    ada_client.post(f"{PAGE}{row.pk}/restore/")
    assert kept(ada) == [(3, 3, 3, 3, 3)]


def test_one_that_would_stand_too_near_another_stays_removed(ada, ada_client):
    row = make_rating(ada, clock.today(ada) - timedelta(days=3))
    ada_client.post(f"{PAGE}{row.pk}/delete/")
    take(ada_client)

    said = ada_client.post(f"{PAGE}{row.pk}/restore/", follow=True)

    assert "within 4 weeks of that one" in page_of(said)
    assert kept(ada) == [KEPT]


def test_eve_neither_sees_nor_moves_adas_pictures(ada, eve, eve_client):
    row = make_rating(ada, clock.today(ada))

    assert eve_client.post(f"{PAGE}{row.pk}/delete/").status_code == 404
    assert "3.0 of 5" not in page_of(eve_client.get(PAGE))
    with acting_as(eve):
        assert list(SelfRating.objects.all()) == []
        assert changed("delete from reflections_selfrating") == 0
    assert kept(ada) == [(3, 3, 3, 3, 3)]


def test_eve_cannot_write_a_row_of_adas(ada, eve):
    with acting_as(eve), pytest.raises(Exception, match="row-level security"):
        SelfRating(owner=ada, taken_on=date(2026, 11, 1), q1=3).save(force_insert=True)


@pytest.mark.parametrize(
    ("answers", "rule"),
    [
        ((6, 3, 3, 3, 3), "rating_q1_one_to_five"),
        ((3, 3, 3, 3, 0), "rating_q5_one_to_five"),
        ((None,) * 5, "rating_has_an_answer"),
    ],
)
def test_the_database_refuses_what_no_form_would_send(ada, answers, rule):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        make_rating(ada, date(2026, 11, 1), answers)


def test_the_database_refuses_a_second_one_that_day(ada):
    make_rating(ada, date(2026, 11, 1))
    with pytest.raises(IntegrityError, match="one_rating_a_day"), transaction.atomic():
        make_rating(ada, date(2026, 11, 1))


@pytest.mark.parametrize(
    ("answers", "mean"),
    [
        ((1, 1, 1, 1, 1), "1.0"),
        ((5, 5, 5, 5, 5), "5.0"),
        ((2, 3, 4, 1, 5), "3.0"),
        ((3, 3, 3, None, 4), "3.3"),  # 3.25, rounded as a person would
        ((4, 3, 3, 3, 3), "3.2"),
        ((3, 3, 3, None, None), None),
        ((None, None, None, None, None), None),
    ],
)
def test_the_mean(answers, mean):
    assert scores.score(answers) == (None if mean is None else Decimal(mean))


@pytest.mark.parametrize(
    ("earlier", "later", "sentence"),
    [
        ((3, 3, 3, 3, 3), (3, 3, 4, 4, 3), "About the same as on 1 August 2026 (3.0)."),
        ((3, 3, 3, 3, None), (4, 4, 3, 3, None), "0.5 higher than on 1 August 2026 (3.0)."),
        ((3, 3, 3, 3, 3), (2, 2, 2, 3, 3), "0.6 lower than on 1 August 2026 (3.0)."),
        ((3, 3, 3, 3, 3), (2, 2, 2, None, None), ""),
        ((3, 3, None, None, None), (3, 3, 3, 3, 3), ""),
    ],
)
def test_beside_the_one_before(ada, earlier, later, sentence):
    make_rating(ada, date(2026, 8, 1), earlier)
    make_rating(ada, date(2026, 9, 1), later)

    with acting_as(ada):
        assert history.rating_history(ada).pictures[0].change == sentence


def test_one_without_a_figure_does_not_hide_the_one_before(ada):
    for month, answers in ((7, (3,) * 5), (8, (1, None, None, None, None)), (9, (4,) * 5)):
        make_rating(ada, date(2026, month, 1), answers)

    with acting_as(ada):
        shown = history.rating_history(ada)
    assert shown.pictures[0].change == "1.0 higher than on 1 July 2026 (3.0)."
    assert shown.trend == ""  # two figures are no trend


def test_where_it_leads_from_three_figures_on(ada):
    for month, answer in ((6, 2), (7, 2), (8, 3), (9, 4)):
        make_rating(ada, date(2026, month, 1), (answer,) * 5)

    with acting_as(ada):
        assert history.rating_history(ada).trend == (
            "Your averages over time: 2.0, 2.0, 3.0, 4.0. "
            "Compared with the first: 2.0 higher than on 1 June 2026 (2.0)."
        )


def test_the_page_never_sounds_like_a_diagnosis(ada, ada_client):
    for month, answer in ((6, 1), (7, 1), (8, 1)):
        make_rating(ada, date(2026, month, 1), (answer,) * 5)

    page = page_of(ada_client.get(PAGE)).lower()
    page = re.sub("<[^>]+>", " ", page[page.index("<h1") : page.index("</main>")])
    for word in ("normal", "low ", "high ", "healthy", "symptom", "depress", "risk", "improve"):
        assert word not in page
    assert "a private snapshot, not a test" in page


@pytest.mark.parametrize("rows", [1, 30])
def test_one_picture_or_thirty_ask_the_same(ada, ada_client, rows):
    for number in range(rows):
        make_rating(ada, date(2026, 10, 1) - timedelta(days=28 * number))

    # The session, who is here, whether one is too near, and all of them.
    assert len(statements_of(ada_client, PAGE)) == 3


def test_nothing_of_it_is_a_word_that_would_have_to_be_sealed(ada):
    make_rating(ada, date(2026, 10, 1))
    names = {
        name
        for (name,) in run(
            "select attname from pg_attribute where attrelid = 'reflections_selfrating'::regclass "
            "and attnum > 0 and not attisdropped"
        )
    }
    assert names == {
        *("id", "owner_id", "created_at", "updated_at", "deleted_at", "version"),
        *("taken_on", "q1", "q2", "q3", "q4", "q5"),
    }
