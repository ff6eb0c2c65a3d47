"""One lesson a day: which one, what answering does, and taking the answer back."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.lessons import queries
from journal.lessons.models import Lesson, LessonReturn
from journal.privacy.rls import acting_as
from tests.lessons.factories import make_due, make_lesson
from tests.privacy.stored import run

TODAY = date(2026, 11, 19)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


def due(person, day: date = TODAY) -> tuple[object, str] | None:
    with acting_as(person):
        found = queries.lesson_due(person, day)
        return (found.lesson.pk, found.answer) if found else None


def say(client, lesson, answer: str, day: date = TODAY, **more):
    given = {"answer": answer, "returned_on": day, "next": "/today/"}
    return client.post(f"/lessons/{lesson.pk}/return/", given, **more)


def stands(lesson) -> tuple[str, int, date | None]:
    now = Lesson.objects.get(pk=lesson.pk)
    return now.state, now.box, now.next_due


def test_the_lesson_that_waited_longest_is_the_one_of_the_day(ada, eve):
    make_lesson(ada)
    make_due(ada, 1)
    longest = make_due(ada, 5)
    make_due(ada, 9, deleted_at="2026-11-10T10:00Z")
    make_lesson(ada, state="resting", next_due=None)
    make_due(eve, 30)

    assert due(ada) == (longest.pk, "")


def test_no_page_says_that_it_comes_next_on_a_day_that_is_over(ada, ada_client):
    make_due(ada, 26)
    assert "Comes back later" in ada_client.get("/lessons/").content.decode()

    later = make_lesson(ada)
    assert "Next on 22 November" in ada_client.get(f"/lessons/{later.pk}/").content.decode()
    assert "Next on 24 October" not in ada_client.get("/mistakes/").content.decode()


def test_nothing_is_due_before_its_day(ada):
    lesson = make_lesson(ada)

    assert lesson.next_due == date(2026, 11, 22)
    assert due(ada, date(2026, 11, 21)) is None
    assert due(ada, date(2026, 11, 22)) == (lesson.pk, "")


def test_it_takes_one_statement(ada):
    make_due(ada)
    with acting_as(ada), CaptureQueriesContext(connection) as captured:
        queries.lesson_due(ada, TODAY)

    assert len(captured) == 1


@pytest.mark.parametrize(
    ("box", "answer", "expected"),
    [
        (0, "useful", ("active", 1, date(2026, 11, 26))),
        (3, "useful", ("active", 4, date(2027, 3, 19))),
        (4, "useful", ("resting", 4, None)),
        (3, "forgot", ("active", 0, date(2026, 11, 22))),
        (3, "came_up", ("active", 3, date(2027, 1, 18))),
    ],
)
def test_an_answer_moves_it(ada, ada_client, box, answer, expected):
    lesson = make_due(ada, 2, box=box)

    assert say(ada_client, lesson, answer).url == "/today/"

    assert stands(lesson) == expected
    assert due(ada) == (lesson.pk, answer)


def test_once_one_is_answered_no_other_comes_that_day(ada, ada_client):
    lesson, other = make_due(ada, 2), make_due(ada, 1)
    say(ada_client, lesson, "useful")

    assert due(ada) == (lesson.pk, "useful")
    say(ada_client, other, "useful")  # from a page that was open before
    assert stands(other) == ("active", 0, YESTERDAY)
    assert due(ada, TODAY + timedelta(days=1)) == (other.pk, "")


def test_the_same_answer_twice_counts_once(ada, ada_client):
    lesson = make_due(ada)
    for _ in range(3):
        say(ada_client, lesson, "useful")

    assert stands(lesson) == ("active", 1, date(2026, 11, 26))
    assert LessonReturn.objects.count() == 1


def test_the_day_has_had_its_lesson_even_if_that_one_was_let_go_or_removed(ada, ada_client):
    lesson, _other = make_due(ada, 2), make_due(ada, 1)
    say(ada_client, lesson, "useful")
    ada_client.post(f"/lessons/{lesson.pk}/retire/")
    assert due(ada) is None

    ada_client.post(f"/lessons/{lesson.pk}/delete/")
    assert due(ada) is None


def test_a_changed_answer_counts_from_where_the_lesson_stood_before(ada, ada_client):
    lesson = make_due(ada, box=1)
    say(ada_client, lesson, "useful")
    say(ada_client, lesson, "came_up")

    assert stands(lesson) == ("active", 1, date(2026, 11, 26))


def test_the_last_answer_of_a_day_stands_as_if_it_were_the_only_one(ada, ada_client):
    lesson = make_due(ada, box=4)
    say(ada_client, lesson, "useful")
    assert stands(lesson)[0] == "resting"
    say(ada_client, lesson, "came_up")

    assert stands(lesson) == ("active", 4, date(2027, 3, 19))
    assert LessonReturn.objects.get().answer == "came_up"


@pytest.mark.parametrize("answer", ["useful", "came_up", "forgot"])
def test_an_answer_can_be_taken_back(ada, ada_client, answer):
    lesson = make_due(ada, 2, box=4)
    before = stands(lesson)
    say(ada_client, lesson, answer)
    for _ in range(2):
        say(ada_client, lesson, "clear")

    assert stands(lesson) == before
    assert LessonReturn.objects.count() == 0


def test_a_page_left_open_past_midnight_speaks_of_its_own_day(ada, ada_client):
    lesson = make_due(ada, 1)
    say(ada_client, lesson, "useful", YESTERDAY)

    assert stands(lesson) == ("active", 1, date(2026, 11, 25))
    assert due(ada, YESTERDAY) == (lesson.pk, "useful")
    assert due(ada) is None


@pytest.mark.parametrize("day", ["2026-11-17", "2026-11-20", "0000-00-00", "", "soon"])
def test_another_day_is_refused_and_nothing_moves(ada, ada_client, day):
    lesson = make_due(ada, 5)
    response = ada_client.post(
        f"/lessons/{lesson.pk}/return/", {"answer": "useful", "returned_on": day}, follow=True
    )

    assert "for today’s lesson" in response.content.decode()
    assert stands(lesson) == ("active", 0, date(2026, 11, 14))


def test_a_lesson_that_is_not_due_says_so(ada, ada_client):
    lesson = make_lesson(ada)
    given = {"answer": "useful", "returned_on": TODAY}
    response = ada_client.post(f"/lessons/{lesson.pk}/return/", given, follow=True)

    assert "isn’t due today" in response.content.decode()
    assert stands(lesson) == ("active", 0, date(2026, 11, 22))


def test_one_that_was_let_go_has_no_answer(ada, ada_client):
    lesson = make_due(ada)
    ada_client.post(f"/lessons/{lesson.pk}/retire/")

    assert say(ada_client, lesson, "useful").status_code == 404


def test_a_tap_swaps_only_the_card(ada, ada_client):
    lesson = make_due(ada, box=4)
    htmx = {"HX-Request": "true", "HX-Target": "todays-lesson"}
    html = say(ada_client, lesson, "useful", headers=htmx).content.decode()

    assert html.lstrip().startswith("<section")
    assert "it rests now" in html
    assert 'name="next" value="/today/"' in html


def test_next_never_leads_elsewhere(ada, ada_client):
    lesson = make_due(ada)
    given = {"answer": "useful", "returned_on": TODAY, "next": "//evil.example/"}

    response = ada_client.post(f"/lessons/{lesson.pk}/return/", given)
    assert response.url == f"/lessons/{lesson.pk}/"


def test_the_database_allows_one_a_day_whoever_asks(ada):
    first, second = make_due(ada), make_due(ada)
    with acting_as(ada):
        assert first.answer(TODAY, "useful")
        assert not second.answer(TODAY, "useful")
    assert run("select count(*) from lessons_lessonreturn") == [(1,)]
