"""The browser's Back, from what was just sent: it shows it, mends it, and never makes it twice."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db.models import Model
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


@SCRIPTED
@pytest.mark.parametrize("new", PAGES, ids=str)
def test_back_mends_what_was_just_made(new: New, script, ada, phone_of):
    address = new.address if isinstance(new.address, str) else new.address(ada)
    before = stored(ada, new)
    page = phone_of(ada, script=script)
    page.goto(address)
    for one in new.also:
        choose(page, one)
    send(page, new.name, FIRST)
    page.go_back()
    again = page.locator(f"main form [name={new.shown}]").first
    again.wait_for()

    assert again.input_value() == FIRST
    send(page, new.shown, MENDED)
    assert stored(ada, new) == [*before, MENDED]


@SCRIPTED
def test_back_to_a_thought_that_stays_as_it_is_shows_it(script, ada, phone_of):
    decision = make_decision(ada)
    page = phone_of(ada, script=script)
    page.goto(f"{decision.get_absolute_url()}thoughts/new/")
    send(page, "thought", FIRST)
    page.go_back()

    page.wait_for_url(f"**{decision.get_absolute_url()}#later")
    assert page.locator("#later, #later *").get_by_text(FIRST).count()


@SCRIPTED
@pytest.mark.parametrize(
    ("address", "name"),
    [("/settings/values/", "name"), ("/journal/prompts/", "text")],
)
def test_back_to_a_form_in_another_page_brings_no_words_that_were_sent(
    address, name, script, ada, phone_of
):
    page = phone_of(ada, script=script)
    page.goto("/today/")
    page.goto(address)
    send(page, name, FIRST)
    page.goto("/today/")
    page.go_back()

    assert page.locator(f"main form [name={name}]").first.input_value() == ""


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
