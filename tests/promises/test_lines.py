"""The list "What you told yourself": a line waits, is done or let go, or becomes a promise."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection
from django.test import Client

from journal.exchange.readable import practices
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises import queries
from journal.promises.models import MOST_WAITING, Promise
from journal.promises.today_query import fetch_today_promises
from journal.sharing.models import CoachLink
from tests.coaching.factories import link, share_practice
from tests.coaching.sql_queries import ids, seen
from tests.page import compact
from tests.promises.factories import make_draft, make_line, make_promise
from tests.promises.flow_client import reread

TODAY = date(2026, 11, 19)
PAGE_ID = "01939b2e-0000-7000-8000-000000000001"


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


def add(client: Client, statement: str, pk: str = PAGE_ID):
    return client.post("/promises/", {"id": pk, "statement": statement})


def press(client: Client, line: Promise, verb: str = ""):
    return client.post(f"/promises/{line.pk}/line/", {"do": verb} if verb else {}, follow=True)


def waiting(person: User) -> list[str]:
    with acting_as(person):
        return [line.statement for line in person.promises.waiting().order_by("id")]


def test_a_line_is_typed_once_and_waits_without_a_word_on_today(ada, ada_client):
    asked = ada_client.get("/promises/")
    assert "autofocus" not in asked.content.decode()

    sent = [add(ada_client, "Call  the dentist ") for _twice in range(2)]

    assert {answer.url for answer in sent} == {"/promises/?more"}
    assert waiting(ada) == ["Call the dentist"]
    page = compact(ada_client.get("/promises/?more"))
    assert "autofocus" in page
    assert page.count("Call the dentist</p>") == 1
    assert "Drafts" not in page
    assert "Call the dentist" not in compact(ada_client.get("/today/"))
    with acting_as(ada):
        assert queries.todo_items(ada, TODAY) == []
        today = fetch_today_promises(ada, TODAY, TODAY, TODAY)
    assert (today.records, today.due, today.waiting) == ([], [], [])


def test_other_words_from_the_same_page_come_back_to_be_sent_again(ada, ada_client):
    add(ada_client, "Call the dentist")

    refused = add(ada_client, "Call Gran")

    assert refused.status_code == 200
    assert 'value="Call Gran"' in refused.content.decode()
    again = re.search(r'name="id" value="([^"]+)"', refused.content.decode())[1]
    assert again != PAGE_ID
    assert add(ada_client, "Call Gran", again).status_code == 302
    assert waiting(ada) == ["Call the dentist", "Call Gran"]


def test_what_is_no_line_gets_a_sentence_and_comes_back(ada, ada_client):
    cases = {
        " ": "Write a few words.",
        "x" * 141: "at most 140 characters",
        "x" * 1_000_000: "at most 140 characters",
        "a\x00b": "Null characters are not allowed.",
    }
    for typed, sentence in cases.items():
        body = urlencode({"statement": typed, "id": PAGE_ID})
        answer = ada_client.post("/promises/", body, "application/x-www-form-urlencoded")
        assert answer.status_code == 200
        assert sentence in answer.content.decode()
    assert "x" * 141 in add(ada_client, "x" * 141).content.decode()
    assert add(ada_client, "Call Gran", pk="nonsense").status_code == 200
    assert waiting(ada) == []


def test_a_full_list_says_so_everywhere(ada, ada_client):
    with acting_as(ada):
        for number in range(MOST_WAITING - 1):
            line = Promise.new_for(ada)
            line.statement, line.step = f"Box {number}", "list"
            line.save(force_insert=True)
    assert [add(ada_client, "Call Gran").status_code for _twice in range(2)] == [302, 302]

    refused = add(ada_client, "Sleep", pk="01939b2e-0000-7000-8000-000000000002")

    assert "200 lines are on your list" in refused.content.decode()
    assert 'value="Sleep"' in refused.content.decode()
    step = ada_client.post("/promises/new/?step=list", {"lines": "Sleep"})
    assert "200 lines are on your list" in step.content.decode()
    assert len(waiting(ada)) == MOST_WAITING


def test_a_line_is_done_let_go_and_taken_back(ada, ada_client):
    line = make_line(ada)

    page = compact(press(ada_client, line, "done"))
    assert "Done. You did what you told yourself." in page
    assert f'action="/promises/{line.pk}/line/"' in page  # the undo
    assert "Done on 19 November" in page
    assert "Nothing recorded yet" not in page
    assert "No promises yet" in page
    assert waiting(ada) == []

    press(ada_client, line)
    assert waiting(ada) == ["Call the dentist"]
    for _twice in range(2):
        page = compact(press(ada_client, line, "let-go"))
        assert "Let go. One thing less to carry." in page
        assert waiting(ada) == []
    assert "Call the dentist" in compact(ada_client.get("/promises/trash/"))

    press(ada_client, line)
    assert waiting(ada) == ["Call the dentist"]


def test_a_line_becomes_a_promise_by_the_short_start(ada, ada_client):
    done = make_line(ada, done_on=TODAY)
    for line in (make_line(ada), done):
        start = ada_client.get(f"/welcome/{line.pk}/")
        assert "Call the dentist" in start.content.decode()
        assert f'href="/promises/{line.pk}/"' in start.content.decode()  # Back
        made = {"rhythm": "daily", "version": line.version}
        assert ada_client.post(f"/welcome/{line.pk}/", made).url == "/today/"
        assert (reread(line).state, reread(line).ended_on) == ("active", None)
        assert ada_client.post(f"/promises/{line.pk}/line/", {"do": "done"}).status_code == 404
    assert waiting(ada) == []


def test_another_choice_at_the_start_leaves_the_line(ada, ada_client):
    line = make_line(ada)

    ada_client.post("/welcome/", {"id": str(line.pk), "pick": "walk"})

    assert waiting(ada) == ["Call the dentist"]
    with acting_as(ada):
        (draft,) = ada.promises.begun()
    assert draft.statement == "Walk round the block"


def test_the_flow_makes_a_draft_of_a_line(ada, ada_client):
    line, step = make_line(ada), "/step/list/"
    assert ada_client.get(f"/promises/{line.pk}/").url == f"/promises/#line-{line.pk}"

    answer = ada_client.post(f"/promises/{line.pk}{step}", {"lines": "", "version": line.version})

    assert answer.url == f"/promises/{line.pk}/step/promise/"
    assert waiting(ada) == []
    assert "Step 2 of 8" in compact(ada_client.get("/promises/"))


def test_a_book_says_where_a_line_stands(ada):
    with acting_as(ada):
        assert practices.promise(make_line(ada)).facts == ["On your list", ""]
        done = practices.promise(make_line(ada, done_on=TODAY)).facts
    assert done == ["Done", "", "on 19 November 2026"]


def test_a_coach_sees_no_line(ada, mira):
    make_line(ada)
    make_line(ada, done_on=TODAY)
    walk = make_promise(ada)
    one: CoachLink = link(ada, mira)
    assert seen(mira, Promise) == []

    share_practice(one, "promises")
    assert seen(mira, Promise) == ids(walk)


def test_drafts_of_only_a_statement_moved_to_the_list(ada):
    import importlib

    sql = importlib.import_module("journal.promises.migrations.0004_lines").TO_LINES
    make_draft(ada, "Call Gran", step="promise")
    make_draft(ada, "Further on", step="why")
    planned = make_draft(ada, "With a moment", step="promise")
    with acting_as(ada):
        planned.cue = "lunch"
        planned.save()

    with connection.cursor() as cursor:
        cursor.execute(sql)

    assert waiting(ada) == ["Call Gran"]
