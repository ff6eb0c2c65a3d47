"""Making lessons, changing them, letting them go, and where they turned up."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from journal.lessons import queries, threads
from journal.lessons.models import Lesson, LessonReturn, LessonUse
from journal.lessons.threads import use_lesson_for
from journal.people.areas import Area
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from tests.lessons.factories import make_lesson, make_use
from tests.markup import forms_of, parse
from tests.privacy.stored import changed
from tests.promises.factories import make_promise
from tests.promises.test_pages import statements

TODAY = date(2026, 11, 19)
RULE = {
    "if_situation": "I promise\n a time ",
    "then_action": "open the calendar first",
    "areas": ["work", "family"],
}


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


def test_a_lesson_is_an_if_and_a_then_and_comes_back_in_three_days(ada, ada_client):
    pk = uuid7()
    for _ in range(2):  # a double click
        response = ada_client.post("/lessons/new/", {"id": pk, **RULE})
        assert response.url == f"/lessons/{pk}/"

    lesson = Lesson.objects.get()
    assert (lesson.owner, lesson.state, lesson.box, lesson.next_due) == (
        ada,
        "active",
        0,
        date(2026, 11, 22),
    )
    assert lesson.sentence == "If I promise a time, then I open the calendar first"
    assert lesson.areas_text == "Work, Family"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("if_situation", "", "Write when it comes up."),
        ("if_situation", "x" * 141, "at most 140 characters"),
        ("then_action", " ", "Write what you will do then."),
        ("areas", [], "Choose at least one area."),
        ("areas", ["work", "moon"], "Choose from these areas."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(ada_client, field, value, sentence):
    html = ada_client.post("/lessons/new/", {**RULE, field: value}).content.decode()

    assert sentence in html
    other = "then_action" if field == "if_situation" else "if_situation"
    assert RULE[other].strip() in html
    assert not Lesson.objects.exists()


def test_somebody_elses_id_is_answered_with_a_fresh_one(ada, eve, ada_client):
    taken = make_lesson(eve, "eve waits", "write")
    response = ada_client.post("/lessons/new/", {"id": taken.pk, **RULE})

    assert response.status_code == 409
    html = response.content.decode()
    assert "eve waits" not in html
    form = next(form for form in forms_of(parse(html)[0]) if form.action == "/lessons/new/")
    assert form.fields["id"] != str(taken.pk)
    assert ada_client.post("/lessons/new/", {**RULE, "id": form.fields["id"]}).status_code == 302


def test_a_starter_is_one_tap_away_and_every_word_can_be_changed(ada_client):
    html = ada_client.get("/lessons/new/", follow=True).content.decode()
    assert all(f'href="?start={number}"' in html for number in range(1, 11))

    document, _errors = parse(ada_client.get("/lessons/new/?start=8", follow=True).content.decode())
    form = next(form for form in forms_of(document) if "if_situation" in form.fields)
    assert form.fields["if_situation"].strip() == "something costs more than my limit"
    assert form.fields["then_action"].strip() == "sleep on it first"
    assert ada_client.get("/lessons/new/?start=99", follow=True).status_code == 200


def test_a_change_keeps_its_place_and_a_stale_one_shows_both(ada, ada_client):
    lesson = make_lesson(ada, box=3)
    address = f"/lessons/{lesson.pk}/edit/"
    assert ada_client.post(address, {"version": 1, **RULE}).status_code == 302
    now = Lesson.objects.get()
    assert (now.box, now.version, now.areas) == (3, 2, ["work", "family"])

    stale = {"version": 1, **RULE, "then_action": "breathe"}
    response = ada_client.post(address, stale)
    assert response.status_code == 409
    html = response.content.decode()
    assert "breathe" in html
    assert "open the calendar first" in html
    assert 'name="version" value="2"' in html
    assert ada_client.post(address, {**stale, "version": 2}).status_code == 302
    assert Lesson.objects.get().then_action == "breathe"


def test_let_go_and_taken_up_again(ada, ada_client):
    lesson = make_lesson(ada, box=3)
    ada_client.post(f"/lessons/{lesson.pk}/retire/")
    now = Lesson.objects.get()
    assert (now.state, now.next_due, now.since_on) == ("retired", None, TODAY)

    for _ in range(2):
        ada_client.post(f"/lessons/{lesson.pk}/take-up/")
    now = Lesson.objects.get()
    assert (now.state, now.box, now.next_due) == ("active", 0, date(2026, 11, 22))


def test_the_trash_has_an_undo(ada, ada_client):
    lesson = make_lesson(ada)
    html = ada_client.post(f"/lessons/{lesson.pk}/delete/", follow=True).content.decode()
    assert f'action="/lessons/{lesson.pk}/restore/"' in html
    assert "No lessons yet" in html
    assert ada_client.get(f"/lessons/{lesson.pk}/").status_code == 404

    ada_client.post(f"/lessons/{lesson.pk}/restore/")
    assert ada_client.get(f"/lessons/{lesson.pk}/").status_code == 200


def test_a_lesson_from_march_stands_beside_what_is_decided_in_its_area_in_april(ada, eve):
    with time_machine.travel("2026-03-08T20:00:00+01:00"):
        march = make_lesson(ada, areas=["money", "work"])
    newer = []
    for day in (10, 11, 12):
        with time_machine.travel(f"2026-04-{day}T20:00:00+01:00"):
            newer.append(make_lesson(ada, areas=["work"]))
    make_lesson(ada, areas=["family"])
    make_lesson(ada, areas=["work"], state="resting", next_due=None)
    make_lesson(ada, areas=["work"], state="retired", next_due=None)
    make_lesson(eve, areas=["money"])

    with acting_as(ada):
        assert list(queries.for_area(ada, Area.MONEY)[:3]) == [march]
        assert list(queries.for_area(ada, Area.WORK)[:3]) == newer[::-1]
        assert list(queries.for_area(ada, Area.STUDY)[:3]) == []


def test_the_list_can_be_narrowed_to_an_area(ada, ada_client):
    make_lesson(ada, "work calls", areas=["work"])
    make_lesson(ada, "a bill comes", areas=["money"])
    make_lesson(ada, "Ida asks", areas=["family"], state="resting", next_due=None)

    def shown(query: str) -> list[bool]:
        html = ada_client.get(f"/lessons/{query}").content.decode()
        return [words in html for words in ("work calls", "a bill comes", "Ida asks")]

    assert shown("") == shown("?area=moon") == [True, True, True]
    assert shown("?area=money") == [False, True, False]
    assert shown("?area=family") == [False, False, True]
    assert shown("?area=study") == [False, False, False]


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_take_as_many_statements_whatever_they_show(ada, ada_client, count):
    promise = make_promise(ada)
    for _ in range(count):
        lesson = make_lesson(ada, next_due=TODAY)
        make_use(lesson)
        with acting_as(ada):
            threads.tie(ada, promise, lesson)
    for _ in range(count):
        make_use(lesson, linked_kind="promise", linked_id=make_promise(ada).pk)

    found = [statements(ada_client, address) for address in ("/lessons/", f"/lessons/{lesson.pk}/")]
    assert found == [4, 8]


def test_where_it_turned_up_is_counted(ada, ada_client):
    lesson = make_lesson(ada)
    for result in ("helped", "partly", "did_not_help", "came_up_but_forgot"):
        given = {"used_on": TODAY, "result": result, "note": f"It was {result}"}
        assert ada_client.post(f"/lessons/{lesson.pk}/used/", given).status_code == 302
    make_use(lesson, used_on=date(2026, 8, 20))

    html = ada_client.get(f"/lessons/{lesson.pk}/").content.decode()
    assert "Used 5 times. Helped so far: 3. Remembered too late once." in " ".join(html.split())
    assert "It was partly" in html
    with acting_as(ada):
        past = queries.past_uses(ada, TODAY).get()
    assert past == {"helped": 2, "too_late": 1}


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("result", "", "Choose how it went."),
        ("result", "saved_me", "Choose how it went."),
        ("used_on", "2026-11-20", "Enter a date that isn’t in the future."),
        ("used_on", "1066-10-14", "Enter a date from 1900 onwards."),
        ("used_on", "soon", "Enter a date"),
        ("note", "x" * 301, "at most 300 characters"),
    ],
)
def test_a_use_that_makes_no_sense_is_refused_with_a_sentence(
    ada, ada_client, field, value, sentence
):
    lesson = make_lesson(ada)
    given = {"used_on": TODAY, "result": "helped", "note": "By the door", field: value}
    html = ada_client.post(f"/lessons/{lesson.pk}/used/", given).content.decode()

    assert sentence in html
    assert field == "note" or "By the door" in html
    assert not LessonUse.objects.exists()


def test_used_beside_something_it_is_asked_later_how_it_went(ada, ada_client):
    lesson, promise = make_lesson(ada), make_promise(ada, "Swim")
    with acting_as(ada):
        first = use_lesson_for(ada, lesson, promise)
        assert use_lesson_for(ada, lesson, promise) == first
    assert (first.result, first.used_on) == ("", TODAY)
    html = ada_client.get(f"/lessons/{lesson.pk}/").content.decode()
    assert "Used once. Helped so far: 0." in " ".join(html.split())
    assert "Say how it went" in html
    assert f'<a class="own-words" dir="auto" href="/promises/{promise.pk}/">' in html

    recorded = {"version": 1, "used_on": TODAY, "result": "helped"}
    assert ada_client.post(f"/lessons/uses/{first.pk}/", recorded).status_code == 302
    html = ada_client.get(f"/lessons/{lesson.pk}/").content.decode()
    assert "Used once. Helped so far: 1." in " ".join(html.split())


def test_a_use_is_corrected_removed_and_brought_back(ada, ada_client):
    use = make_use(make_lesson(ada))
    address = f"/lessons/uses/{use.pk}/"
    ada_client.post(address, {"version": 1, "used_on": "2026-11-18", "result": "partly"})
    stale = {"version": 1, "used_on": "2026-11-17", "result": "helped"}
    assert ada_client.post(address, stale).status_code == 409
    assert LessonUse.objects.get().used_on == date(2026, 11, 18)

    html = ada_client.post(f"{address}delete/", follow=True).content.decode()
    assert "Used" not in html
    assert f'action="{address}restore/"' in html
    ada_client.post(f"{address}restore/")
    assert LessonUse.objects.get().deleted_at is None


RULES = {
    "lesson_has_areas": "update lessons_lesson set areas = '{}'",
    "lesson_has_areas ": "update lessons_lesson set areas = '{moon}'",
    "lesson_has_if_and_then": "update lessons_lesson set then_action = null",
    "lesson_in_a_box": "update lessons_lesson set box = 5",
    "active_lessons_come_back": "update lessons_lesson set next_due = null",
    "active_lessons_come_back ": "update lessons_lesson set state = 'resting'",
    "lesson_from_a_known_source": "update lessons_lesson set source = 'moon'",
    "use_has_a_result": "update lessons_lessonuse set result = ''",
    "use_linked_by_kind_and_id": "update lessons_lessonuse set linked_kind = 'promise'",
}


@pytest.mark.parametrize("rule", RULES)
def test_the_database_holds_the_rules_itself(ada, rule):
    make_use(make_lesson(ada))
    with acting_as(ada), pytest.raises(IntegrityError, match=rule.strip()), transaction.atomic():
        changed(RULES[rule])


# --- too much right now


def test_when_it_is_too_much_nothing_is_stored_and_everything_typed_comes_back(ada, ada_client):
    lesson = make_lesson(ada)
    use = make_use(lesson)
    before = (lesson.if_situation, use.note)
    rule = {"if_situation": "the day is long", "then_action": "stop", "areas": ["work", "self"]}
    used = {"used_on": use.used_on.isoformat(), "result": "partly", "note": "the day is long"}
    for address, typed in (
        ("/lessons/new/?start=8", rule),
        (f"/lessons/{lesson.pk}/edit/", {**rule, "version": 1}),
        (f"/lessons/{lesson.pk}/used/", used),
        (f"/lessons/uses/{use.pk}/", {**used, "version": 1}),
    ):
        assert 'name="do" value="support"' in ada_client.get(address, follow=True).content.decode()
        enough = ada_client.post(address, {**typed, "do": "enough"}).content.decode()
        assert "That is enough for now" in enough
        assert f'action="{address}"' in enough

        back = ada_client.post(address, {**typed, "do": "again"}).content.decode()
        assert "the day is long" in back
        chosen = set(re.findall(r'name="areas" value="(\w+)"[^>]* checked', back))
        assert chosen == set(typed.get("areas", []))

    with acting_as(ada):
        assert Lesson.objects.get().if_situation == before[0]
        assert LessonUse.objects.get().note == before[1]


def test_uses_and_returns_say_where_older_ones_are(ada, ada_client):
    lesson = make_lesson(ada)
    address, said = f"/lessons/{lesson.pk}/", "Older ones are in your export"
    for _ in range(20):
        make_use(lesson)
    assert said not in ada_client.get(address).text
    use = make_use(lesson)
    assert ada_client.get(address).text.count(said) == 1

    with acting_as(ada):
        use.trash()
        returns = [
            LessonReturn(owner=ada, lesson=lesson, returned_on=day, answer="useful",
                         box_before=0, due_before=day)
            for day in (TODAY - timedelta(days=days) for days in range(21))
        ]  # fmt: skip
        LessonReturn.objects.bulk_create(returns[:20])
    assert said not in ada_client.get(address).text
    with acting_as(ada):
        returns[20].save(force_insert=True)
    assert ada_client.get(address).text.count(said) == 1
