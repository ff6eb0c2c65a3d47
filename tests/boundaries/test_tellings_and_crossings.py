"""What becomes of a boundary: it is said, crossed, looked at again, and let go."""

from datetime import date, timedelta

import pytest

from journal.boundaries import queries
from journal.lessons import threads
from journal.people import clock
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from tests.boundaries.factories import (
    make_boundary,
    make_crossing,
    make_telling,
    reread,
)
from tests.flow_client import hidden


def send(client, address: str, **answers):
    """Opens a page and sends its form."""
    page = client.get(address, follow=True).content.decode()
    form = page[page.index('<form class="stack"') :].replace("<form", '<form id="step"', 1)
    return client.post(address, {**hidden(form), **answers})


def crossings(boundary) -> list:
    with acting_as(boundary.owner):
        return list(boundary.crossings.live())


def waiting(person, day: date) -> list[tuple[str, str, str]]:
    with acting_as(person):
        asked = [*queries.waiting(person, day), *queries.following(person, day)]
        return [(one.title, one.text, one.address) for one in asked]


# --- saying it


def test_once_said_it_holds_and_the_words_stay_as_they_were(ada, ada_client):
    boundary = make_boundary(ada, facts="Three calls after nine", ask="Please write")
    page = boundary.get_absolute_url()

    answer = send(
        ada_client, f"{page}tell/", told_to="Sam", told_on="2026-11-20", reaction="She nodded"
    )

    assert answer.url == page
    row = reread(boundary)
    assert (row.state, row.communication, row.person_label) == ("active", "told", "Sam")
    crossing = make_crossing(row)
    send(ada_client, f"{crossing.address}script/", facts="Four calls", ask="Write, please")
    row = reread(boundary)
    assert (row.facts, row.communication, row.state) == ("Four calls", "planned", "active")
    with acting_as(ada):
        (telling,) = row.tellings.live()
    words = "Three calls after nine\nPlease write\nIf it happens again: Let it ring"
    assert telling.script_snapshot == words
    assert (telling.told_on, telling.reaction) == (date(2026, 11, 20), "She nodded")


def test_a_telling_is_changed_removed_and_brought_back(ada, ada_client):
    boundary = make_boundary(ada)
    telling = make_telling(boundary, told_to="Sam")

    changed = send(ada_client, telling.address, told_on="2026-11-20", reaction="He laughed")
    assert changed.url == boundary.get_absolute_url()
    assert reread(telling).reaction == "He laughed"
    ada_client.post(f"{telling.address}delete/")
    assert reread(boundary).communication == "planned"
    assert ada_client.get(telling.address).status_code == 404
    ada_client.post(f"{telling.address}restore/")
    assert reread(boundary).communication == "told"


@pytest.mark.parametrize("day", ["", "2999-01-01", "0000-01-01", "1812-06-01", "yesterday"])
def test_a_day_that_cannot_have_been_is_refused(ada, ada_client, day):
    boundary = make_boundary(ada)

    answer = send(ada_client, f"/boundaries/{boundary.pk}/tell/", told_on=day, reaction="Words")

    assert answer.status_code == 200
    assert "Words" in answer.content.decode()
    assert reread(boundary).state == "ready"


# --- crossings


def test_a_crossing_is_written_down_in_one_go(ada, ada_client):
    boundary = make_boundary(ada)
    friday = clock.today(ada) + timedelta(days=4)
    page = ada_client.get(f"/boundaries/{boundary.pk}/crossings/new/", follow=True).content.decode()
    for example in ("called at 22:10", "let it ring", "remind Sam"):
        assert f"For example: {example}." in page

    answer = send(
        ada_client,
        f"/boundaries/{boundary.pk}/crossings/new/",
        what_happened="Called at 22:10",
        occurred_on=clock.today(ada).isoformat(),
        was_clear="yes",
        response="Let it ring",
        result="held",
        follow_up="Remind Sam",
        follow_up_on=friday.isoformat(),
    )

    (crossing,) = crossings(boundary)
    assert answer.url == crossing.get_absolute_url()
    assert (crossing.what_happened, crossing.was_clear) == ("Called at 22:10", "yes")
    assert (crossing.response, crossing.result) == ("Let it ring", "held")
    assert (crossing.follow_up, crossing.follow_up_on) == ("Remind Sam", friday)


def test_where_it_was_not_safe_to_act_support_is_next_and_nothing_is_asked(ada, ada_client):
    boundary = make_boundary(ada)
    today = clock.today(ada)

    answer = send(
        ada_client,
        f"/boundaries/{boundary.pk}/crossings/new/",
        result="unsafe_to_act",
        occurred_on=today.isoformat(),
        follow_up="Talk to him",
        follow_up_on="2020-01-01",
    )

    assert answer.url == "/support/?country=DE"
    (crossing,) = crossings(boundary)
    assert (crossing.what_happened, crossing.follow_up, crossing.follow_up_on) == ("", "", None)
    page = ada_client.get(boundary.get_absolute_url()).content.decode()
    assert "Not tested yet." in page
    assert f"{crossing.address}script/" not in page
    assert "Saved." not in page
    assert waiting(ada, today + timedelta(days=30)) == []


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"result": "held"}, "Write a few words about what happened."),
        (
            {"what_happened": "Rang"},
            "Choose one. If you’re not sure, “I haven’t decided yet” is fine.",
        ),
        ({"what_happened": "Rang", "result": "won"}, "Select a valid choice"),
        ({"what_happened": "w" * 1001, "result": "held"}, "at most 1000"),
        ({"what_happened": "Rang", "result": "held", "occurred_on": "2999-01-01"}, "in the future"),
        ({"what_happened": "Rang", "result": "held", "occurred_on": "0000-01-01"}, "Enter a date"),
        (
            {"what_happened": "Rang", "result": "held", "follow_up_on": "2999-01-01"},
            "next five years",
        ),
        (
            {
                "what_happened": "Rang",
                "result": "held",
                "follow_up": "x",
                "follow_up_on": "2020-01-01",
            },
            "That day has passed.",
        ),
        (
            {"what_happened": "Rang", "result": "held", "follow_up_on": "today"},
            "Write what comes next, or leave the day empty.",
        ),
    ],
)
def test_what_makes_no_sense_gets_a_sentence_and_loses_nothing(ada, ada_client, answers, sentence):
    boundary, today = make_boundary(ada), clock.today(ada).isoformat()
    given = {"occurred_on": today, "response": "Let it ring", **answers}
    given = {name: today if value == "today" else value for name, value in given.items()}

    answer = send(ada_client, f"/boundaries/{boundary.pk}/crossings/new/", **given)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert "Let it ring" in page
    assert given.get("what_happened", "") in page
    assert crossings(boundary) == []


def test_sent_twice_is_written_down_once(ada, ada_client):
    boundary = make_boundary(ada)
    address = f"/boundaries/{boundary.pk}/crossings/new/"
    one = {"id": str(uuid7()), "what_happened": "Rang", "result": "held"}
    one["occurred_on"] = clock.today(ada).isoformat()

    for _ in range(2):
        assert ada_client.post(address, one).status_code == 302
    other = ada_client.post(address, {**one, "what_happened": "Rang at ten"})

    assert other.status_code == 409
    page = other.content.decode()
    assert "Rang at ten" in page
    (crossing,) = crossings(boundary)
    assert f'action="{crossing.address}"' in page
    assert crossing.what_happened == "Rang"
    again = {**one, "what_happened": "Rang at ten", "version": crossing.version}
    assert ada_client.post(crossing.address, again).status_code == 302
    assert reread(crossing).what_happened == "Rang at ten"


def test_an_id_of_eves_is_not_taken_over(ada, eve, ada_client):
    theirs = make_crossing(make_boundary(eve), "Of eve")
    boundary = make_boundary(ada)
    sent = {"id": str(theirs.pk), "what_happened": "Mine", "result": "held"}
    sent["occurred_on"] = clock.today(ada).isoformat()

    answer = ada_client.post(f"/boundaries/{boundary.pk}/crossings/new/", sent)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Mine" in page
    assert "Of eve" not in page
    assert str(theirs.pk) not in page
    assert reread(theirs).what_happened == "Of eve"


def test_a_crossing_of_one_boundary_is_not_found_under_another(ada, ada_client):
    crossing, other = make_crossing(make_boundary(ada)), make_boundary(ada, "No visits")
    address = f"/boundaries/{other.pk}/crossings/{crossing.pk}/"

    for end in ("", "delete/", "follow-up/", "script/"):
        assert ada_client.post(address + end).status_code == 404


def test_a_page_that_is_out_of_date_overwrites_nothing(ada, ada_client):
    crossing = make_crossing(make_boundary(ada))
    old = {"version": crossing.version, "occurred_on": crossing.occurred_on, "result": "held"}
    ada_client.post(crossing.address, {**old, "what_happened": "Called at ten"})

    answer = ada_client.post(crossing.address, {**old, "what_happened": "Called at nine"})

    assert answer.status_code == 409
    assert "Called at nine" in answer.content.decode()
    assert reread(crossing).what_happened == "Called at ten"


def test_when_it_is_too_much_what_is_there_is_kept_and_a_minute_offered(ada, ada_client):
    boundary = make_boundary(ada)
    address, enough = (
        f"/boundaries/{boundary.pk}/crossings/new/",
        f"/boundaries/{boundary.pk}/step/enough/",
    )

    today = clock.today(ada).isoformat()
    nothing = send(ada_client, address, do="enough", occurred_on=today)
    assert "That is enough for now" in nothing.content.decode()
    assert crossings(boundary) == []
    answer = send(ada_client, address, do="enough", response="I froze", occurred_on=today)

    assert answer.url == enough
    (crossing,) = crossings(boundary)
    assert (crossing.response, crossing.result) == ("I froze", "undecided")


def test_when_saying_it_is_too_much_the_words_wait_in_the_page(ada, ada_client):
    boundary = make_boundary(ada)
    address = f"/boundaries/{boundary.pk}/tell/"

    page = send(ada_client, address, do="enough", reaction="He shouted").content.decode()
    assert "That is enough for now" in page
    assert "He shouted" in page
    assert reread(boundary).state == "ready"
    back = ada_client.post(address, {"do": "again", "reaction": "He shouted"}).content.decode()
    assert ">\nHe shouted</textarea>" in back


def test_what_comes_next_is_ticked_and_the_tick_taken_back(ada, ada_client):
    boundary, today = make_boundary(ada), clock.today(ada)
    crossing = make_crossing(boundary, follow_up="Remind Sam", follow_up_on=today)

    assert waiting(ada, today) == [
        ("Remind Sam", "What you wanted to do next.", boundary.get_absolute_url())
    ]
    ada_client.post(f"{crossing.address}follow-up/")
    page = ada_client.get(boundary.get_absolute_url()).content.decode()
    assert f'action="{crossing.address}follow-up/undo/"' in page
    assert waiting(ada, today) == []
    ada_client.post(f"{crossing.address}follow-up/undo/")
    assert len(waiting(ada, today)) == 1


def test_a_crossing_leads_to_a_lesson(ada, ada_client):
    boundary = make_boundary(ada)
    crossing = make_crossing(boundary)
    address = f"/lessons/new/?from_kind=crossing&from_id={crossing.pk}"
    page = ada_client.get(boundary.get_absolute_url()).content.decode()
    assert address.replace("&", "&amp;") in page

    ada_client.post(
        address,
        {"if_situation": "asked at the door", "then_action": "say tomorrow", "areas": "work"},
    )

    with acting_as(ada):
        (led_to,) = threads.links_of(ada, crossing).led_to
    assert led_to.row.source == "crossing"
    assert led_to.address in ada_client.get(boundary.get_absolute_url()).content.decode()
    from_lesson = ada_client.get(led_to.address).content.decode()
    assert f'href="{crossing.get_absolute_url()}"' in from_lesson
    ada_client.post(f"/boundaries/{boundary.pk}/delete/")
    assert str(crossing.pk) not in ada_client.get(led_to.address).content.decode()


# --- looking again, and letting go
