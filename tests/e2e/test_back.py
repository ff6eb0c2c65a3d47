"""The browser's Back, from what was just sent: it shows it, mends it, and never makes it twice."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db.models import Model
from django.test import Client
from playwright.sync_api import Page

from journal.boundaries.models import Crossing, Telling
from journal.decisions.models import Decision
from journal.lessons.models import Lesson, LessonUse
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises.models import Promise
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.entries.models import Entry
from journal.reflections.mistakes.models import Mistake
from tests.boundaries.factories import make_boundary
from tests.coaching.factories import link, made_coach
from tests.decisions.factories import make_decision
from tests.lessons.factories import make_lesson
from tests.markup import Form, parse
from tests.page import forms_on

FIRST, MENDED = "First words", "Mended words"
SCRIPTED = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@dataclass(frozen=True)
class New:
    """A page that makes something new: its words go into `name`, and Back shows them in `shown`."""

    address: str | Callable[[User], str]
    table: type[Model]
    name: str
    column: str = ""
    also: tuple[str, ...] = ()  # what else has to be chosen

    def __str__(self) -> str:
        return self.table.__name__

    @property
    def shown(self) -> str:
        return self.column or self.name


PAGES = [
    New("/promises/new/", Promise, "lines", "statement"),
    New("/promises/new/?step=promise", Promise, "statement"),
    New("/mistakes/new/", Mistake, "what_happened"),
    New("/decisions/new/", Decision, "question", also=("area",)),
    New("/self-compassion/new/?mode=break", SelfCompassion, "trigger"),
    New("/journal/write/", Entry, "body"),
    New("/lessons/new/", Lesson, "if_situation", also=("then_action", "areas")),
    New(lambda ada: f"/lessons/{make_lesson(ada).pk}/used/", LessonUse, "note", also=("result",)),
    New(lambda ada: f"/boundaries/{make_boundary(ada).pk}/tell/", Telling, "reaction"),
    New(
        lambda ada: f"/boundaries/{make_boundary(ada).pk}/crossings/new/",
        Crossing,
        "what_happened",
        also=("result",),
    ),
]


def choose(page: Page, name: str) -> None:
    found = page.locator(f"main form [name={name}]").first
    if found.get_attribute("type") in {"radio", "checkbox"}:
        found.check()
    else:
        found.fill("Something")


def send(page: Page, name: str, words: str) -> None:
    """Fills the field, presses the button of its form that goes on, and waits for the next page."""
    field = page.locator(f"main form [name={name}]").first
    field.fill(words)
    field.evaluate("one => { one.dataset.sent = 'yes'; }")
    field.locator("xpath=ancestor::form//button[not(@name)]").last.click()
    page.locator("[data-sent]").wait_for(state="detached")
    page.wait_for_load_state()


def stored(ada: User, new: New) -> list[str]:
    with acting_as(ada):
        return [getattr(row, new.shown) for row in new.table.objects.order_by("id")]


def place(new: New, ada: User) -> str:
    return new.address if isinstance(new.address, str) else new.address(ada)


def test_back_mends_what_was_just_made(ada, phone_of):
    page = phone_of(ada)
    for new in PAGES:
        address, before = place(new, ada), stored(ada, new)
        page.goto(address)
        for one in new.also:
            choose(page, one)
        send(page, new.name, FIRST)
        page.go_back()
        again = page.locator(f"main form [name={new.shown}]").first
        again.wait_for()

        assert again.input_value() == FIRST, new
        send(page, new.shown, MENDED)
        assert stored(ada, new) == [*before, MENDED], new


def shown_form(client: Client, address: str, name: str) -> tuple[str, Form]:
    """The address that the browser ends at, and the form there that asks for `name`."""
    answer = client.get(address, follow=True)
    assert "no-store" in answer["Cache-Control"]  # so Back asks for it again
    path = answer.request["PATH_INFO"]
    at = f"{path}?{answer.request['QUERY_STRING']}"
    return at, next(form for form in forms_on(at, answer.content.decode()) if name in form.typed)


def first_choice(page: str, name: str) -> str:
    fields = [one for one in parse(page)[0].all("input", "textarea") if one["name"] == name]
    return fields[0]["value"] or "Something"


def test_without_a_script_back_mends_it_too(ada, ada_client):
    """Such a browser asks for the address of the page anew."""
    for new in PAGES:
        before = stored(ada, new)
        address, form = shown_form(ada_client, place(new, ada), new.name)
        page = ada_client.get(address).content.decode()
        chosen = {one: first_choice(page, one) for one in new.also}
        sent = ada_client.post(form.action, {**form.fields, **chosen, new.name: FIRST})
        assert sent.status_code == 302, new
        _address, again = shown_form(ada_client, address, new.shown)

        assert again.fields[new.shown] == FIRST, new
        mended = ada_client.post(again.action, {**again.fields, new.shown: MENDED})
        assert mended.status_code == 302, new
        assert stored(ada, new) == [*before, MENDED], new


def test_back_to_a_thought_that_stays_as_it_is_shows_it(ada, phone_of):
    decision = make_decision(ada)
    page = phone_of(ada)
    page.goto(f"{decision.get_absolute_url()}thoughts/new/")
    send(page, "thought", FIRST)
    page.go_back()

    page.wait_for_url(f"**{decision.get_absolute_url()}#later")
    assert page.locator("#later, #later *").get_by_text(FIRST).count()


def test_a_thought_that_was_sent_leads_to_where_it_is(ada, ada_client):
    decision = make_decision(ada)
    address, form = shown_form(ada_client, f"{decision.get_absolute_url()}thoughts/new/", "thought")
    ada_client.post(form.action, {**form.fields, "thought": FIRST})

    assert ada_client.get(address).url == f"{decision.get_absolute_url()}#later"
    assert FIRST in ada_client.get(decision.get_absolute_url()).content.decode()


@SCRIPTED
def test_back_to_a_form_in_another_page_brings_no_words_that_were_sent(script, ada, phone_of):
    page = phone_of(ada, script=script)
    for address, name, *also in (
        ("/settings/values/", "name"),
        ("/journal/prompts/", "text"),
        ("/journal/templates/", "name", "lines"),
        ("/capture/", "body"),
    ):
        page.goto("/today/")
        page.goto(address)
        for one in also:
            choose(page, one)
        send(page, name, FIRST)
        page.goto("/today/")
        page.go_back()

        field = page.locator(f"main form [name={name}]").first
        assert field.input_value() == "", address


@SCRIPTED
def test_back_to_a_note_brings_no_words_that_were_sent(script, ada, mira, phone_of):
    link(ada, made_coach(mira), "Ada B.")
    with acting_as(mira):
        client = mira.clients.get()
    page = phone_of(mira, script=script, coach=True)
    page.goto(f"/coach/clients/{client.pk}/brief/")
    send(page, "body", FIRST)
    page.go_back()

    assert page.locator("main form [name=body]").first.input_value() == ""
