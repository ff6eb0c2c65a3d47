"""Lessons beside promises, boundaries, crossings and decisions: found, used, and asked about."""

import re

import pytest
import time_machine

from journal.lessons import related, threads
from journal.lessons.models import LessonUse
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from tests.boundaries.factories import make_boundary, make_crossing
from tests.boundaries.factories import make_draft as make_boundary_draft
from tests.decisions.factories import make_due, make_open
from tests.lessons.factories import make_lesson, make_use
from tests.markup import forms_of, parse
from tests.promises.factories import make_draft, make_promise
from tests.query_counts import statements_of
from tests.reflections.mistakes_factories import make_mistake

FOUND = re.compile(r'<p class="own-words" dir="auto">(If .*?)</p>\s*<p class="meta">(.*?)\. ')


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


def found_on(client, address: str) -> dict[str, str]:
    """Each lesson beside a form, and how it was found."""
    return dict(FOUND.findall(client.get(address).content.decode()))


def found(row, *texts: str, **more) -> list[tuple[str, str]]:
    with acting_as(row.owner):
        return [(one.lesson.if_situation, one.found_by) for one in related.find(row, texts, **more)]


# --- which ones


def test_found_by_area_by_thread_and_by_words_and_the_nearest_first(ada, eve):
    promise = make_promise(ada, "Leave at five")
    make_lesson(ada, "nothing fits", "wait", areas=["body"])
    make_lesson(ada, "a bill comes", "sleep on it", areas=["money"])
    make_lesson(ada, "Priya asks after five", "leave anyway", areas=["body"])
    directly = make_lesson(ada, "I am tired", "go to bed", areas=["body"])
    mistake = make_mistake(ada)  # which leads to a lesson of its own
    make_lesson(ada, "I leave it", "ring", state="retired", next_due=None, areas=["money"])
    make_lesson(eve, "eve leaves", "wave", areas=["money"])
    with acting_as(ada):
        threads.tie(ada, directly, promise)
        threads.tie(ada, promise, mistake)

    three = found(promise, "Leave at five", area="money")
    assert sorted(three[:2]) == [
        ("I am tired", "Linked to this"),
        ("I promise a call", "Linked to this"),
    ]
    assert three[2:] == [("Priya asks after five", "Similar words")]
    assert found(make_promise(ada), "Leave", area="money") == [
        ("Priya asks after five", "Similar words"),
        ("a bill comes", "Same area"),
    ]
    assert [name for name, _how in found(promise, area="money", hidden=[directly.pk])] == [
        "I promise a call",
        "a bill comes",
    ]


def test_another_persons_threads_and_lessons_are_behind_the_wall(ada, eve, eve_client):
    lesson, promise = make_lesson(ada), make_promise(ada, "Open the calendar")
    hers = make_promise(eve, "Open the calendar")
    with acting_as(ada):
        threads.tie(ada, lesson, promise)
    assert found(promise, "Open the calendar") == [
        ("I promise a time", "Linked to this, similar words")
    ]
    assert found(hers, "Open the calendar", area="work") == []
    for kind, row in (("promises", make_draft(eve)), ("boundaries", make_boundary_draft(eve))):
        address = f"/{kind}/{row.pk}/lessons/{lesson.pk}/use/?at=why"
        assert eve_client.post(address).status_code == 404
    address = f"/promises/{hers.pk}/renegotiate/"
    assert eve_client.post(f"{address}?use={lesson.pk}", {"do": "again"}).status_code == 404
    mine = make_use(lesson, "", linked_kind="promise", linked_id=promise.pk)
    for address in (f"/lessons/uses/{mine.pk}/answer/", f"/lessons/{lesson.pk}/keep/"):
        assert eve_client.post(address, {"result": "helped"}).status_code == 404
    with acting_as(ada):
        assert LessonUse.objects.get().result == ""


@pytest.mark.parametrize("count", [1, 12])
def test_one_statement_however_many_lessons_uses_and_threads(ada, ada_client, count):
    draft = make_draft(ada, "Open the calendar")
    boundary = make_boundary(ada)
    crossing = make_crossing(boundary)
    promise = make_promise(ada, "Open the calendar")
    addresses = {
        f"/promises/{draft.pk}/step/why/": 1,
        f"/promises/{promise.pk}/renegotiate/": 1,
        f"/boundaries/{boundary.pk}/step/my-action/": 1,
        f"/boundaries/{boundary.pk}/crossings/{crossing.pk}/": 1,
        f"/decisions/{make_open(ada).pk}/step/weigh/": 1,
    }
    for number in range(count):
        lesson = make_lesson(ada, f"number {number} comes")
        make_use(lesson, linked_kind="crossing", linked_id=uuid7())
        with acting_as(ada):
            threads.tie(ada, lesson, draft)
            threads.tie(ada, make_mistake(ada), lesson)
    for address, expected in addresses.items():
        statements = statements_of(ada_client, address)
        asked = [sql for sql in statements if '"lessons_lesson' in sql]
        assert (address, len(asked)) == (address, expected)
        people = [sql for sql in statements if 'FROM "people_user"' in sql]
        assert (address, people) == (address, [])  # they came with the session
        assert "You learned this before" in ada_client.get(address).content.decode()


# --- promises


def test_beside_a_promise_that_is_made(ada, ada_client):
    lesson = make_lesson(ada, "it rains at lunch", "take the stairs")
    draft = make_draft(ada, "Walk after lunch")
    address = f"/promises/{draft.pk}/step/why/"
    assert found_on(ada_client, address) == {
        "If it rains at lunch, then I take the stairs": "Similar words"
    }
    typed = {"version": draft.version, "why": "The afternoon is anot"}
    page = ada_client.post(f"/promises/{draft.pk}/lessons/{lesson.pk}/use/?at=why", typed)
    html = page.content.decode()
    assert "The afternoon is anot" in html
    assert "Used here" in html
    assert f'action="{address}"' in html
    with acting_as(ada):
        (use,) = lesson.uses.all()
        draft.refresh_from_db()
        assert (use.linked_kind, use.linked_id, use.result) == ("promise", draft.pk, "")
        assert draft.why == ""
    assert ada_client.post(address, typed).status_code == 302


def test_the_lesson_that_a_promise_is_made_from_is_not_offered_to_it(ada, ada_client):
    lesson = make_lesson(ada)
    draft = make_draft(ada, "Open the calendar")
    assert found_on(ada_client, f"/promises/{draft.pk}/step/why/")
    with acting_as(ada):
        draft.lesson = lesson
        draft.save(update_fields=["lesson"])
    assert not found_on(ada_client, f"/promises/{draft.pk}/step/why/")


def test_beside_a_promise_that_is_made_smaller_and_asked_about_on_its_page(ada, ada_client):
    lesson = make_lesson(ada, "it rains at lunch", "take the stairs")
    promise = make_promise(ada, "Walk after lunch")
    address, home = f"/promises/{promise.pk}/renegotiate/", f"/promises/{promise.pk}/"
    assert "Lessons you used here" not in ada_client.get(home).content.decode()
    typed = {"version": promise.version, "statement": "Shoes on", "cadence": "daily"}
    pressed = {**typed, "do": "again"}
    html = ada_client.post(f"{address}?use={lesson.pk}", pressed).content.decode()
    assert "Used here" in html
    assert "Shoes on" in html
    assert f'action="{address}"' in html
    assert ada_client.post(address, typed).status_code == 302

    with acting_as(ada):
        (use,) = lesson.uses.all()
    page = ada_client.get(home).content.decode()
    assert "Did it help?" in page
    answer = f"/lessons/uses/{use.pk}/answer/"
    assert ada_client.post(answer, {"result": "moon", "next": home}).url == home
    for result in ("partly", "helped"):  # the second tap finds an answer, which stays
        assert ada_client.post(answer, {"result": result, "next": home}).url == home
    page = ada_client.get(home).content.decode()
    assert "Did it help?" not in page
    assert "It partly helped" in page
    with acting_as(ada):
        assert LessonUse.objects.get().result == "partly"


def test_a_lesson_that_makes_no_sense_changes_nothing(ada, ada_client):
    promise = make_promise(ada)
    address, lesson = f"/promises/{promise.pk}/renegotiate/", make_lesson(ada)
    for use in ("%00", "%ED%A0%80", "x" * 1000, "not-an-id", ""):
        assert ada_client.post(f"{address}?use={use}", {"do": "again"}).status_code == 200
    assert ada_client.post(f"{address}?use={promise.pk}", {"do": "again"}).status_code == 404
    assert ada_client.get(f"{address}?use={lesson.pk}").status_code == 200  # only a tap uses it
    assert not LessonUse.objects.exists()


# --- boundaries and crossings


def test_beside_a_boundary_that_is_written(ada, ada_client):
    lesson = make_lesson(ada, "a friend asks for cash", "say tomorrow", areas=["money"])
    draft = make_boundary_draft(ada, "No lending", step="my-action")
    for slug in ("limit", "my-action"):
        found_here = found_on(ada_client, f"/boundaries/{draft.pk}/step/{slug}/")
        assert found_here == {"If a friend asks for cash, then I say tomorrow": "Same area"}
    typed = {"version": draft.version, "my_action": "I say I ha"}
    address = f"/boundaries/{draft.pk}/lessons/{lesson.pk}/use/?at=my-action"
    html = ada_client.post(address, typed).content.decode()
    assert "I say I ha" in html
    assert "Used here" in html


def form_in(html: str) -> dict[str, str]:
    (form,) = [one for one in forms_of(parse(html)[0]) if "what_happened" in one.fields]
    return dict(form.fields)


def crossing_form(client, address: str) -> dict[str, str]:
    return form_in(client.get(address, follow=True).text)


def test_a_crossing_asks_whether_a_lesson_came_up_and_how_it_went(ada, ada_client):
    boundary = make_boundary(ada, "No calls after nine")
    lesson = make_lesson(ada, "Sam calls late", "let it ring", areas=["body"])
    with acting_as(ada):
        threads.tie(ada, make_crossing(boundary), lesson)  # made of an earlier crossing
    name, home = f"lesson-{lesson.pk}", f"/boundaries/{boundary.pk}/"
    fields = crossing_form(ada_client, f"{home}crossings/new/")
    assert fields[name] == ""  # no answer is preset
    given = {**fields, "what_happened": "Sam rang", "result": "not_held"}
    given |= {"occurred_on": "2026-11-18", name: "came_up_but_forgot"}
    for _twice in range(2):
        assert ada_client.post(f"{home}crossings/new/", given).status_code == 302

    with acting_as(ada):
        (use,) = lesson.uses.all()
    crossing = f"{home}crossings/{use.linked_id}/"
    assert (use.linked_kind, use.result) == ("crossing", "came_up_but_forgot")
    assert use.used_on.isoformat() == "2026-11-18"
    assert "I remembered it too late" in ada_client.get(home).content.decode()
    assert "This happened again once since." in ada_client.get(f"/lessons/{lesson.pk}/").text

    fields = crossing_form(ada_client, crossing)
    assert fields[name] == "came_up_but_forgot"
    assert ada_client.post(crossing, {**fields, name: "partly"}).status_code == 302
    with acting_as(ada):
        assert [one.result for one in lesson.uses.all()] == ["partly"]


def test_what_was_not_safe_to_act_on_asks_about_no_lesson(ada, ada_client):
    boundary, lesson = make_boundary(ada), make_lesson(ada)
    home, name = f"/boundaries/{boundary.pk}/", f"lesson-{lesson.pk}"
    fields = crossing_form(ada_client, f"{home}crossings/new/")
    given = {**fields, "result": "unsafe_to_act", name: "did_not_help"}
    assert ada_client.post(f"{home}crossings/new/", given).url.startswith("/support/")
    with acting_as(ada):
        crossing = boundary.crossings.get()
        assert not lesson.uses.exists()
    page = ada_client.get(f"{home}crossings/{crossing.pk}/").content.decode()
    assert "You learned this before" not in page


def test_an_answer_about_a_lesson_stays_when_others_are_nearer_by_now(ada, ada_client):
    boundary, first = make_boundary(ada), make_lesson(ada)
    home, name = f"/boundaries/{boundary.pk}/", f"lesson-{first.pk}"
    fields = crossing_form(ada_client, f"{home}crossings/new/")
    for number in range(3):
        make_lesson(ada, f"number {number} comes")
    refused = {**fields, "what_happened": "", "result": "held", name: "helped"}
    again = form_in(ada_client.post(f"{home}crossings/new/", refused).text)
    back = form_in(ada_client.post(f"{home}crossings/new/", {**refused, "do": "again"}).text)
    assert again[name] == back[name] == "helped"
    ada_client.post(f"{home}crossings/new/", {**again, "what_happened": "Rang"})
    with acting_as(ada):
        assert [use.result for use in first.uses.all()] == ["helped"]


# --- again, and other words


def said_of(client, lesson) -> str:
    return " ".join(client.get(f"/lessons/{lesson.pk}/").text.split())


def test_how_often_it_happened_again(ada, ada_client):
    lesson = make_lesson(ada)
    assert "happened again" not in said_of(ada_client, lesson)
    decision = make_due(ada)
    make_use(lesson, "helped", linked_kind="decision", linked_id=decision.pk)  # planned ahead
    make_use(lesson, "", linked_kind="crossing", linked_id=uuid7())  # nothing said of it
    make_use(lesson, "helped", deleted_at="2026-11-19T20:00Z")
    assert "happened again" not in said_of(ada_client, lesson)
    make_use(lesson, "partly")
    with acting_as(ada):
        for day, answer in (("19", "came_up"), ("18", "came_up"), ("17", "useful")):
            ada.lessonreturns.create(
                lesson=lesson, returned_on=f"2026-11-{day}", answer=answer, box_before=0,
                due_before="2026-11-17",
            )  # fmt: skip
    # A use, and a return on a day without one.
    assert "This happened again 2 times since." in said_of(ada_client, lesson)
    assert "This happened again 2 times since." in " ".join(
        ada_client.get("/lessons/").text.split()
    )
    ada.numbers_hidden_since = "2026-11-01T00:00Z"
    ada.save(update_fields=["numbers_hidden_since"])
    assert "This has happened again since." in said_of(ada_client, lesson)


def test_a_lesson_that_never_helps_is_offered_for_rewriting_until_that_is_answered(ada, ada_client):
    lesson, offer = make_lesson(ada), "Would other words fit better?"
    for result in ("did_not_help", "came_up_but_forgot"):
        make_use(lesson, result)
    assert offer not in said_of(ada_client, lesson)
    make_use(lesson, "did_not_help")
    assert offer in said_of(ada_client, lesson)
    assert offer in ada_client.get("/lessons/").text
    assert ada_client.post(f"/lessons/{lesson.pk}/keep/").status_code == 302
    assert offer not in said_of(ada_client, lesson)

    with time_machine.travel("2026-12-09T20:00:00+01:00", tick=False):
        ada_client.force_login(ada)
        for _times in range(3):
            make_use(lesson, "did_not_help")
        assert offer in said_of(ada_client, lesson)
        with acting_as(ada):
            lesson.refresh_from_db()
        rule = {"if_situation": "I say yes", "then_action": "wait", "areas": ["work"]}
        ada_client.post(f"/lessons/{lesson.pk}/edit/", {"version": lesson.version, **rule})
        assert offer not in said_of(ada_client, lesson)


@pytest.mark.parametrize("result", ["helped", "partly"])
def test_a_lesson_that_helped_once_is_left_alone(ada, ada_client, result):
    lesson = make_lesson(ada)
    for one in ("did_not_help", "did_not_help", "came_up_but_forgot", result):
        make_use(lesson, one)
    assert "Would other words fit better?" not in said_of(ada_client, lesson)
