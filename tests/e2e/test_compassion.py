"""A hard moment is met step by step: with and without JavaScript, by keyboard, on two devices."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.e2e.steps import answer_steps, field, fill, go_on, open_step, question

ANSWERS = {
    "trigger": "Lost my thread in a meeting",
    "critical_thought": "You always freeze",
    "feeling": "ashamed",
    "intensity_before": "7",
    "evidence_against": "Two people thanked me",
    "friend_words": "Ana, pausing is human",
    "kind_action": "Walk round the block",
    "intensity_after": "5",
}
FIRST = "This is hard, and I am here."


def begin(page, site: str, until: str = "") -> None:
    open_step(page, f"{site}/self-compassion/new/?mode=full", ANSWERS, until=until)


def finish(page) -> None:
    page.get_by_role("button", name="Finish").click()
    question(page, "Lost my thread in a meeting")


def take_kind_words(page) -> None:
    """Marks, undoes, hides and takes over, while a thought is half typed."""
    thought = field(page, "kinder_thought")
    thought.fill("I still helped")
    group = page.get_by_role("group", name=f"Does it fit: {FIRST}")
    group.get_by_role("button", name="Fits").click()
    page.get_by_text(f"Marked: {FIRST}").wait_for()
    expect(group.get_by_role("button", name="Fits")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Undo").click()
    expect(group.get_by_role("button", name="Fits")).to_have_attribute("aria-pressed", "false")
    group.get_by_role("button", name="Not for me", exact=True).click()
    page.get_by_text(f"Hidden: {FIRST}").wait_for()
    expect(group).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    group.wait_for()
    expect(thought).to_have_value("I still helped")
    page.get_by_role("button", name=re.compile(f"Use.*{FIRST}")).click()
    expect(thought).to_have_value(f"I still helped\n{FIRST}")


def test_the_harsh_voice_stays_in_view_and_kind_words_are_one_tap_away(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    begin(page, ada.site, until="kinder_thought")
    expect(page.locator(".pinned")).to_contain_text("The harsh voice said")
    expect(page.locator(".pinned .own-words")).to_have_text("“You always freeze”")

    loads: list[str] = []
    page.on("load", lambda: loads.append(page.url))
    take_kind_words(page)
    assert loads == []  # only parts of the page were drawn again
    go_on(page)
    thought = field(page, "kinder_thought")
    thought.wait_for(state="detached")


def test_words_taken_over_later_stay_beside_what_was_typed(visit):
    """Nothing saves by itself on a moment that is finished; the browser holds a copy."""
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    begin(page, ada.site)
    finish(page)
    page.goto(f"{page.url}step/kinder/")
    thought = field(page, "kinder_thought")
    thought.fill("I still helped")
    page.get_by_role("button", name=re.compile(f"Use.*{FIRST}")).click()

    expect(thought).to_have_value(f"I still helped\n{FIRST}")
    page.wait_for_function("() => document.getElementById('step').dataset.unsaved === ''")
    expect(thought).to_have_value(f"I still helped\n{FIRST}")


@pytest.mark.parametrize(
    ("link", "own"),
    [
        (
            "Take a four-minute break",
            {"common_humanity": "Anyone", "kind_action": "Walk round the block"},
        ),
        ("Write a letter", {"letter_body": "Dear Ana,\nrest."}),
    ],
    ids=["a break", "a letter"],
)
def test_a_break_and_a_letter_ask_less(visit, link, own):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.go("/self-compassion/")
    page.get_by_role("link", name=link).click()
    answer_steps(page, ANSWERS | own)
    finish(page)

    page.get_by_text("7 before, 5 after").wait_for()
    for text in own.values():
        page.get_by_text(text.split("\n")[0]).first.wait_for(state="attached")
    assert page.get_by_text("You always freeze").count() == 0


def test_where_it_grew_stronger_nothing_more_is_asked(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    begin(page, ada.site, until="intensity_after")
    fill(page, "intensity_after", "9")
    go_on(page)

    page.get_by_role("heading", name="Kindness can sting at first. You can stop.").wait_for()
    assert re.search(r"/self-compassion/[^/]+/$", page.url)
    assert page.get_by_role("textbox").count() == 0
    assert page.get_by_role("link", name=re.compile("^(Change|Edit)")).count() == 0
    page.get_by_role("link", name="See who you can call").click()
    page.wait_for_url("**/support/**")
