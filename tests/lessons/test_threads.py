"""What led to what, shown on both ends, and only between a person's own rows."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from journal.lessons import threads
from journal.lessons.models import LessonUse, Thread
from journal.people.values.models import Value
from journal.privacy.rls import acting_as
from journal.promises.models import Promise
from tests.lessons.factories import make_lesson, make_use
from tests.people.factories import make_value
from tests.privacy.stored import changed, run
from tests.promises.factories import make_promise


def titles(person, row) -> tuple[list[str], list[str]]:
    with acting_as(person):
        ties = threads.links_of(person, row)
        return [one.title for one in ties.came_from], [one.title for one in ties.led_to]


@pytest.fixture
def rule(ada):
    return make_lesson(ada, "I am asked", "wait")


def test_a_thread_is_told_at_both_ends_and_tied_once(ada, rule):
    swim, walk = make_promise(ada, "Swim"), make_promise(ada, "Walk")
    with acting_as(ada):
        for _ in range(2):
            threads.tie(ada, swim, rule)
            threads.tie(ada, rule, walk)

    assert Thread.objects.count() == 2
    assert titles(ada, rule) == (["Swim"], ["Walk"])
    assert titles(ada, swim) == ([], ["If I am asked, then I wait"])
    assert titles(ada, walk) == (["If I am asked, then I wait"], [])


def test_what_is_gone_or_in_the_trash_is_left_out_and_comes_back_with_its_row(ada, rule):
    swim, walk = make_promise(ada, "Swim"), make_promise(ada, "Walk")
    with acting_as(ada):
        threads.tie(ada, swim, rule)
        threads.tie(ada, walk, rule)
        walk.delete()
        swim.trash()
        assert titles(ada, rule) == ([], [])
        swim.restore()
    assert titles(ada, rule) == (["Swim"], [])


def test_one_statement_for_the_threads_and_one_for_each_kind(ada, rule):
    for number in range(12):
        with acting_as(ada):
            threads.tie(ada, make_promise(ada, f"Promise {number}"), rule)
            threads.tie(ada, rule, make_lesson(ada))
    with acting_as(ada), CaptureQueriesContext(connection) as captured:
        ties = threads.links_of(ada, rule)

    assert (len(ties.came_from), len(ties.led_to), len(captured)) == (12, 12, 3)


def test_many_rows_at_once_tell_the_threads_between_them_too(ada, rule):
    other = make_lesson(ada, "I am late", "start earlier")
    with acting_as(ada):
        threads.tie(ada, rule, other)
        each = threads.links_of_each(ada, [rule, other])
        assert threads.links_of_each(ada, []) == {}
    assert [one.row for one in each[rule.pk].led_to] == [other]
    assert [one.row for one in each[other.pk].came_from] == [rule]


def test_a_thread_never_leads_to_another_person(ada, eve, rule):
    hers = make_promise(eve, "Eve's")
    with acting_as(ada), pytest.raises(ValueError, match="own rows"):
        threads.tie(ada, rule, hers)
    # Even one that stood there would lead nowhere.
    with acting_as(ada):
        ends = {"from_kind": "lesson", "from_id": rule.pk, "to_kind": "promise", "to_id": hers.pk}
        Thread.objects.create(owner=ada, **ends)
    assert titles(ada, rule) == ([], [])
    assert titles(eve, hers) == ([], [])
    with acting_as(ada):
        assert threads.find_linked(ada, "promise", hers.pk) is None
    with acting_as(eve):
        assert threads.find_linked(eve, "promise", hers.pk) == hers


def test_the_wall_holds_lessons_uses_returns_and_threads(ada, eve, rule):
    make_use(rule)
    with acting_as(ada):
        threads.tie(ada, rule, make_promise(ada))
        rule.next_due = rule.since_on
        rule.answer(rule.since_on, "useful")
    tables = ("lesson", "lessonuse", "lessonreturn", "thread")
    with acting_as(eve):
        assert [run(f"select count(*) from lessons_{one}") for one in tables] == [[(0,)]] * 4
        assert [changed(f"delete from lessons_{one}") for one in tables] == [0] * 4
    assert [run(f"select count(*) from lessons_{one}") for one in tables] == [[(1,)]] * 4


def test_no_use_hangs_on_somebody_elses_lesson(ada, eve, rule):
    with acting_as(eve):
        LessonUse.objects.create(owner=eve, lesson=rule, result="helped", used_on=rule.since_on)
    with pytest.raises(IntegrityError, match="lesson_id_same_owner"):
        run("set constraints all immediate")


def test_no_promise_points_to_somebody_elses_lesson(ada, eve, rule):
    promise = make_promise(eve)
    with acting_as(eve):
        changed("update promises_promise set lesson_id = %s where id = %s", rule.pk, promise.pk)
    with pytest.raises(IntegrityError, match="lesson_id_same_owner"):
        run("set constraints all immediate")


def test_a_row_of_an_unknown_kind_is_refused(ada, rule):
    value: Value = make_value(ada, "calm")
    with acting_as(ada), pytest.raises(LookupError, match="Value is not registered"):
        threads.tie(ada, value, rule)


def test_a_promise_made_from_a_lesson_brings_its_words_and_shows_where_it_came_from(
    ada, ada_client, rule
):
    address = f"/promises/new/?lesson={rule.pk}&step=promise"
    assert ada_client.get(address, follow=True).status_code == 200
    ada_client.post(address, {"statement": "Say tomorrow", "do": ""})
    promise = Promise.objects.get()
    assert (promise.lesson, promise.cue, promise.action) == (rule, "I am asked", "wait")

    with acting_as(ada):
        promise.cadence, promise.smallest_version = "daily", "One breath"
        promise.finish()
    html = ada_client.get(f"/promises/{promise.pk}/").content.decode()
    assert "What led here" in html
    assert f'href="/lessons/{rule.pk}/"' in html
    assert "Say tomorrow" in ada_client.get(f"/lessons/{rule.pk}/").content.decode()


def test_a_list_begun_from_a_lesson_keeps_it_with_its_first_line(ada, ada_client, rule):
    ada_client.post(f"/promises/new/?lesson={rule.pk}", {"lines": "Say tomorrow\nSwim"})

    found = {one.statement: one.lesson for one in Promise.objects.all()}
    assert found == {"Say tomorrow": rule, "Swim": None}


def test_nobody_starts_from_a_lesson_that_is_not_theirs(eve_client, ada_client, rule):
    assert eve_client.get(f"/promises/new/?lesson={rule.pk}", follow=True).status_code == 404
    assert ada_client.get("/promises/new/?lesson=moon", follow=True).status_code == 200


def test_a_promise_outlives_its_lesson(ada, rule):
    promise = make_promise(ada, lesson=rule)
    with acting_as(ada):
        rule.delete()
    promise.refresh_from_db()
    assert promise.lesson is None
    assert titles(ada, promise) == ([], [])


def test_a_lesson_made_from_something_is_tied_to_it(ada, eve_client, ada_client):
    promise = make_promise(ada, "Swim")
    address = f"/lessons/new/?from_kind=promise&from_id={promise.pk}"
    given = {"if_situation": "it rains", "then_action": "take the bus", "areas": ["health"]}
    assert eve_client.get(address).status_code == eve_client.post(address, given).status_code == 404
    page = ada_client.post(address, given, follow=True).content.decode()

    assert "What led here" in page
    assert "Swim" in page
    assert ada_client.get("/lessons/new/?from_kind=moon&from_id=1", follow=True).status_code == 200
