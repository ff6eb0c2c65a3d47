"""A hard moment is met step by step: with and without JavaScript, by keyboard, on two devices."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.e2e.test_promises import CONTINUE, question
from tests.e2e.test_story import reach
from tests.factories import PASSWORD

STEPS: list[tuple[str, dict[str, str]]] = [
    ("What set this off?", {"The moment": "Lost my thread in a meeting"}),
    ("What did the harsh voice say?", {"The harsh voice said": "You always freeze"}),
    ("Name it; how strong, 0–10?", {"Ashamed": "check", "7": "check"}),
    ("What supports it? What does not?", {"What does not": "Two people thanked me"}),
    ("What would you tell a friend here?", {"To your friend": "Ana, pausing is human"}),
    ("Who else meets this?", {}),
    ("What is fair and believable?", {}),
    ("One small kind act now?", {"A kind act": "Walk round the block"}),
    ("How strong now, 0–10?", {"5": "check"}),
]
KINDER, AFTER = STEPS[6][0], STEPS[8][0]
FIRST = "This is hard, and I am here."


def field_of(page, label: str):
    return page.locator("main form").get_by_label(label, exact=True)


def go_on(page) -> None:
    page.get_by_role("button", name=CONTINUE, exact=True).last.click()


def meet(page, site: str, upto: str = "") -> None:
    """Answers the steps one by one; stops at the one that asks `upto`."""
    page.goto(f"{site}/self-compassion/")
    page.get_by_role("link", name="Go through it fully").click()
    for asked, answers in STEPS:
        question(page, asked)
        if asked == upto:
            return
        for label, text in answers.items():
            field = field_of(page, label)
            field.check() if text == "check" else field.fill(text)
        go_on(page)
    question(page, "Check your answers")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", level=1, name="Lost my thread in a meeting").wait_for()


def take_kind_words(page) -> None:
    """Marks, undoes, hides and takes over, while a thought is half typed."""
    thought = field_of(page, "A kinder thought")
    thought.fill("I still helped")
    group = page.get_by_role("group", name=f"Does it fit: {FIRST}")
    group.get_by_role("button", name="Fits").click()
    page.get_by_text(f"Marked: {FIRST}").wait_for()
    expect(group.get_by_role("button", name="Fits")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Undo").click()
    expect(group.get_by_role("button", name="Fits")).to_have_attribute("aria-pressed", "false")
    group.get_by_role("button", name="No", exact=True).click()
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
    meet(page, ada.site, upto=KINDER)
    expect(page.locator(".pinned")).to_contain_text("The harsh voice said")
    expect(page.locator(".pinned .own-words")).to_have_text("“You always freeze”")

    loads: list[str] = []
    page.on("load", lambda: loads.append(page.url))
    take_kind_words(page)
    assert loads == []  # only parts of the page were drawn again
    go_on(page)
    question(page, "One small kind act now?")


def test_words_taken_over_later_stay_beside_what_was_typed(visit):
    """Nothing saves by itself on a moment that is finished; the browser holds a copy."""
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    meet(page, ada.site)
    page.goto(f"{page.url}step/kinder/")
    thought = field_of(page, "A kinder thought")
    thought.fill("I still helped")
    page.get_by_role("button", name=re.compile(f"Use.*{FIRST}")).click()

    expect(thought).to_have_value(f"I still helped\n{FIRST}")
    page.wait_for_function("document.getElementById('step').dataset.unsaved === ''")
    expect(thought).to_have_value(f"I still helped\n{FIRST}")


def test_the_whole_flow_without_javascript(visit):
    ada = visit(viewport=PHONE, java_script_enabled=False)
    ada.sign_up()
    page = ada.page
    meet(page, ada.site, upto=KINDER)
    take_kind_words(page)
    go_on(page)
    for asked, answers in STEPS[7:]:
        question(page, asked)
        for label, text in answers.items():
            field = field_of(page, label)
            field.check() if text == "check" else field.fill(text)
        go_on(page)
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_text("Ashamed, 7 before, 5 after").wait_for()
    page.get_by_role("button", name="Done").click()
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("button", name="Done").wait_for()
    ada.go("/self-compassion/").get_by_text("“You always freeze”").wait_for()


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize(
    ("link", "own"),
    [
        (
            "Take a break",
            [
                ("Who else meets this?", {"Who else meets this": "Anyone who speaks up"}),
                ("One small kind act now?", {"A kind act": "Walk round the block"}),
            ],
        ),
        (
            "Write a letter",
            [("Write as someone steadily on your side", {"Your letter": "Dear Ana,\nrest."})],
        ),
    ],
    ids=["a break", "a letter"],
)
def test_a_break_and_a_letter_ask_less(visit, link, own, script):
    ada = visit(viewport=PHONE, java_script_enabled=script)
    ada.sign_up()
    page = ada.go("/self-compassion/")
    page.get_by_role("link", name=link).click()
    for asked, answers in [STEPS[0], STEPS[2], *own, STEPS[8]]:
        question(page, asked)
        for label, text in answers.items():
            field = field_of(page, label)
            field.check() if text == "check" else field.fill(text)
        go_on(page)
    question(page, "Check your answers")
    page.get_by_role("button", name="Save", exact=True).click()

    page.get_by_role("heading", level=1, name="Lost my thread in a meeting").wait_for()
    page.get_by_text("Ashamed, 7 before, 5 after").wait_for()
    for _asked, answers in own:
        for text in answers.values():
            page.get_by_text(text.split("\n")[0]).first.wait_for(state="attached")


def test_where_it_grew_stronger_nothing_more_is_asked(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.page
    meet(page, ada.site, upto=AFTER)
    field_of(page, "9").check()
    go_on(page)

    page.get_by_role("heading", name="Kindness can sting at first. You can stop.").wait_for()
    assert re.search(r"/self-compassion/[^/]+/$", page.url)
    assert page.get_by_role("textbox").count() == 0
    assert page.get_by_role("link", name="Change").count() == 0
    page.get_by_role("link", name="See who you can call").click()
    page.wait_for_url("**/support/")


def test_the_whole_flow_by_keyboard_alone(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/self-compassion/")
    reach(page, "Go through it fully")
    page.keyboard.press("Enter")
    for asked, answers in STEPS:
        question(page, asked)
        for label, text in answers.items():
            if label.isdigit():  # one stop for the whole scale; arrows choose
                reach(page, "0")
                for _press in range(int(label)):
                    page.keyboard.press("ArrowRight")
                expect(field_of(page, label)).to_be_checked()
            elif text == "check":
                reach(page, label)
                page.keyboard.press("Space")
            else:
                reach(page, label)
                page.keyboard.type(text)
        reach(page, CONTINUE)
        page.keyboard.press("Enter")
    question(page, "Check your answers")
    reach(page, "Save")
    page.keyboard.press("Enter")
    page.get_by_text("Ashamed, 7 before, 5 after").wait_for()


def test_left_half_way_and_carried_on_at_a_second_device(visit):
    desk = visit()
    email = desk.sign_up()
    page = desk.go("/self-compassion/new/?mode=full")
    page.goto(f"{desk.site}/self-compassion/")
    assert page.get_by_text("Carry on").count() == 0  # nothing was written, nothing is kept
    meet(page, desk.site, upto="What would you tell a friend here?")
    field_of(page, "To your friend").fill("Ana, pausing")
    page.get_by_role("button", name="Save and stop").click()
    page.wait_for_url("**/self-compassion/")

    phone = visit(viewport=PHONE)
    page = phone.go("/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    page = phone.go("/self-compassion/")
    page.get_by_text("Step 5 of 9").wait_for()
    page.get_by_role("link", name=re.compile("Carry on.*Lost my thread")).click()
    question(page, "What would you tell a friend here?")
    assert field_of(page, "To your friend").input_value() == "Ana, pausing"
