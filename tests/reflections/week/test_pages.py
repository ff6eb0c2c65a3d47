"""Addresses, the list of weeks, what Today says; and that nobody else comes near any of it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from journal.privacy.rls import acting_as
from journal.reflections.week.models import WeeklyReflection
from tests.conftest import signed_in
from tests.page import compact
from tests.privacy.stored import changed, run
from tests.promises.factories import make_promise
from tests.query_counts import statements_of
from tests.reflections.week.factories import EVENING, MONDAY, PAGE, make_reflection, make_week
from tests.reflections.week.flow_client import step_of
from tests.today.factories import make_daily_check

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def sunday_evening():
    with time_machine.travel(EVENING, tick=False) as clock:
        yield clock


def text_of(client, address: str) -> str:
    return compact(client.get(address))


def join(person, day: str) -> None:
    person.date_joined = f"{day}T12:00:00+01:00"
    person.save(update_fields=["date_joined"])


@pytest.mark.parametrize("page", ["", "print/", "step/arrive/"])
def test_any_day_leads_to_its_week(ada_client, page):
    for day in ("2026-11-17", "2026-11-22"):
        assert ada_client.get(f"/week/{day}/{page}").url == f"{PAGE}{page}"


@pytest.mark.parametrize(
    "day",
    ["2026-11-23", "2027-01-04", "1899-12-25", "0001-01-01", "9999-12-27"],
)
def test_a_week_to_come_or_beyond_memory_is_not_there(ada_client, day):
    for page in ("", "print/", "step/arrive/"):
        assert ada_client.get(f"/week/{day}/{page}").status_code == 404
    for page in ("skip/", "take-up/", "delete/", "restore/", "step/arrive/"):
        assert ada_client.post(f"/week/{day}/{page}").status_code == 404


@pytest.mark.parametrize("day", ["0000-01-01", "2026-13-01", "2026-02-30", "2026-W53-1", "today"])
def test_what_is_no_day_is_no_address(ada_client, day):
    assert ada_client.get(f"/week/{day}/").status_code == 404


def test_an_unknown_step_is_not_there(ada, ada_client):
    make_reflection(ada)
    assert ada_client.get(step_of("nowhere")).status_code == 404
    assert ada_client.post(step_of("nowhere"), {}).status_code == 404


def test_today_leads_there_and_can_let_it_go(ada, ada_client):
    join(ada, "2026-11-01")
    page = text_of(ada_client, "/today/")
    assert f'href="{PAGE}"' in page
    assert "Look back on your week" in page
    assert f'action="{PAGE}skip/"' in text_of(ada_client, "/practices/")

    ada_client.post(f"{PAGE}skip/")
    assert "Look back on your week" not in text_of(ada_client, "/today/")


def test_today_carries_on_where_it_was_left_and_is_quiet_once_it_is_told(ada, ada_client):
    row = make_reflection(ada, step="next")
    page = text_of(ada_client, "/today/")
    assert f'href="{step_of("next")}"' in page
    assert "Continue: step " in page
    with acting_as(ada):
        row.next_choice = "rest"
        row.finish()
    assert "Your week" not in text_of(ada_client, "/today/")


@pytest.mark.parametrize(("joined", "asked"), [("2026-11-22", True), ("2026-11-23", False)])
def test_who_came_after_that_week_is_not_asked_about_it(
    ada, ada_client, sunday_evening, joined, asked
):
    join(ada, joined)
    sunday_evening.move_to("2026-11-23T19:00:00+01:00")
    assert ("Look back on your week" in text_of(ada_client, "/today/")) is asked


def test_the_list_says_one_line_of_each_week(ada, ada_client):
    make_reflection(ada, MONDAY - WEEK, sentence_of_week="Crowded, decent", next_choice="keep")
    make_reflection(ada, MONDAY - 2 * WEEK, next_choice="rest")
    make_reflection(ada, MONDAY - 3 * WEEK)
    with acting_as(ada):
        WeeklyReflection.new(ada, MONDAY - 4 * WEEK).skip()
    page = text_of(ada_client, "/week/")
    for said in (
        '<b>9 to 15 November 2026</b><span class="meta own-words">Crowded, decent</span>',
        '<b>2 to 8 November 2026</b><span class="meta">Finished</span>',
        '<b>26 October to 1 November 2026</b><span class="meta">Not finished</span>',
        '<b>19 to 25 October 2026</b><span class="meta">Skipped</span>',
    ):
        assert said in page


def test_the_list_goes_on_by_week_in_as_many_statements_as_one(ada, ada_client):
    make_reflection(ada, MONDAY - WEEK, next_choice="rest")
    one = len(statements_of(ada_client, "/week/"))
    for n in range(2, 32):
        make_reflection(ada, MONDAY - n * WEEK, next_choice="rest")
    statements = statements_of(ada_client, "/week/")
    assert (one, len(statements)) == (3, 3)
    page = text_of(ada_client, "/week/")
    assert page.count(">Finished<") == 20
    last = (MONDAY - 20 * WEEK).isoformat()
    assert f'href="?before={last}"' in page
    assert text_of(ada_client, f"/week/?before={last}").count(">Finished<") == 11
    assert ada_client.get("/week/?before=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("address", "number"),
    [(PAGE, 8), (f"{PAGE}print/", 8), (step_of("promises"), 7), (step_of("next"), 5)],
)
def test_a_week_takes_as_many_statements_full_as_with_little_in_it(
    ada, ada_client, address, number
):
    make_week(ada)
    make_reflection(ada, next_choice="rest" if address in (PAGE, f"{PAGE}print/") else "")
    few = len(statements_of(ada_client, address))
    for _again in range(3):
        make_week(ada)
    assert len(statements_of(ada_client, address)) == few <= number


def test_today_asks_once_more_while_a_week_goes_on(ada, ada_client):
    before = len(statements_of(ada_client, "/today/"))
    make_week(ada)
    make_reflection(ada)
    assert len(statements_of(ada_client, "/today/")) <= before + 2 <= 10


@pytest.mark.parametrize(
    "address", [PAGE, f"{PAGE}print/", step_of("promises"), step_of("misses"), step_of("evidence")]
)
def test_whoever_wants_words_for_numbers_finds_none(ada, ada_client, address):
    make_week(ada)
    make_reflection(ada)
    make_daily_check(ada, MONDAY + timedelta(days=1), credit="Rested")
    ada.numbers_hidden_since = timezone.now()
    ada.save(update_fields=["numbers_hidden_since"])
    page = text_of(ada_client, address)
    for figure in (
        "12 of 14",
        "2 of 3",
        "not recorded.",
        "can still be",
        "2 misses",
        "8 before",
    ):
        assert figure not in page
    assert ("Kept at times" in page) is (address != step_of("evidence"))
    assert ("easier afterwards" in page) is (
        address in (PAGE, f"{PAGE}print/", step_of("evidence"))
    )


def test_eve_and_nobody_reach_nothing_of_it(ada, eve_client, client):
    make_reflection(ada, sentence_of_week="Mine alone")
    for page in ("", "print/", "step/next/", "step/arrive/"):
        answer = eve_client.get(f"{PAGE}{page}", follow=True)
        assert "Mine alone" not in answer.content.decode()
        assert client.get(f"{PAGE}{page}").url.startswith("/accounts/login/")
    for page in ("delete/", "restore/"):
        assert eve_client.post(f"{PAGE}{page}").status_code == 404
        assert client.post(f"{PAGE}{page}").url.startswith("/accounts/login/")
    with acting_as(ada):
        assert ada.weeklyreflections.get().deleted_at is None


def test_the_database_gives_eve_and_a_coach_nothing(ada, eve, mira):
    row = make_reflection(ada, sentence_of_week="Mine alone")
    for someone, role in ((eve, "selftrust_person"), (None, "selftrust_person")):
        with acting_as(someone, role=role):
            assert not WeeklyReflection.objects.exists()
            assert WeeklyReflection.objects.update(step="x") == 0
            assert WeeklyReflection.objects.filter(pk=row.pk).delete()[0] == 0
    with acting_as(mira, role="selftrust_coach"), transaction.atomic():
        with pytest.raises(Exception, match="permission denied"):
            WeeklyReflection.objects.exists()
        transaction.set_rollback(True)


def test_nothing_she_wrote_and_nothing_frozen_lies_open(ada):
    make_week(ada, "zanzibarquokka")
    make_reflection(
        ada,
        sentence_of_week="zanzibarquokka",
        next_choice="promise",
        next_statement="zanzibarquokka",
    )
    (row,) = run("select to_jsonb(w)::text from reflections_weeklyreflection w")
    assert "zanzibarquokka" not in row[0]
    assert b"zanzibarquokka".hex() not in row[0]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("snapshot = null", "week_frozen_once_started"),
        ("next_choice = 'other'", "week_next_is_known"),
        ("plan_helped = 'other'", "week_plan_helped_is_known"),
        ("finished_at = now(), next_choice = ''", "week_is_whole"),
        ("finished_at = now(), next_choice = 'promise'", "week_promises_in_words"),
        ("finished_at = now(), next_choice = 'rest', skipped_at = now()", "finished_or_skipped"),
        ("week_start = '1899-12-25'", "week_in_living_memory"),
    ],
)
def test_the_database_keeps_the_rules_too(ada, change, rule):
    make_reflection(ada)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        changed(f"update reflections_weeklyreflection set {change}")


def test_one_week_is_one_row_whatever_its_id(ada):
    make_reflection(ada)
    other = WeeklyReflection(owner=ada, week_start=MONDAY, skipped_at=timezone.now())
    refused = pytest.raises(IntegrityError, match="one_reflection_a_week")
    with acting_as(ada), refused, transaction.atomic():
        other.save(force_insert=True)


def test_a_promise_of_somebody_else_cannot_be_next(ada, eve):
    row, theirs = make_reflection(ada, next_choice="promise", next_statement="A"), make_promise(eve)
    with pytest.raises(IntegrityError), transaction.atomic():
        changed(
            f"update reflections_weeklyreflection set next_promise_id = '{theirs.pk}'"
            f" where id = '{row.pk}'; set constraints all immediate"
        )


def test_a_week_of_long_ago_shows_its_record_though_nothing_was_written(ada, ada_client):
    page = text_of(ada_client, "/week/2024-12-30/")
    assert "You wrote nothing about this week." in page
    assert "30 December 2024 to 5 January 2025" in page
    assert date(2024, 12, 30).weekday() == 0
    assert signed_in(ada).post("/week/2024-12-30/step/arrive/", {}).status_code == 200
