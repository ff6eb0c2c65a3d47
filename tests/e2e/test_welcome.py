"""From signing up to the first kept promise: by tap, by keyboard alone, and without JavaScript.

Pages and taps are counted, so that whoever adds one sees it here. A tap is a press on anything;
typing a field's text is counted apart, by its characters.
"""

from uuid import uuid4

from playwright.sync_api import Page

from tests.browser import PHONE
from tests.e2e.conftest import Visit
from tests.e2e.keyboard import reach
from tests.factories import PASSWORD

CONTINUE = "Save and continue"
PROMISE = [
    ("What will you do?", {"What will you do?": "Drink water on waking"}, CONTINUE),
    ("Which value does it serve?", {}, "Skip"),
    ("How often?", {"Every day": ""}, CONTINUE),
    ("What counts on a bad day?", {"Bad-day version": "One sip"}, CONTINUE),
    (
        "If…, then I will…",
        {"If this happens": "I switch the kettle on", "Then I will": "fill a glass"},
        CONTINUE,
    ),
    ("What might get in the way, and then what?", {}, "Skip"),
    ("How many spare days a month?", {}, "Skip"),
    ("Check your answers", {}, "Promise it"),
]
SHORT = [("What this is and is not", {}, "Skip to the last page")]
WHOLE = [
    ("What this is and is not", {}, "Continue"),
    ("What matters to you, up to five?", {"calm": "", "rest": ""}, "Continue"),
    (
        "Five short statements",
        dict.fromkeys(("q1=3", "q2=2", "q3=4", "q4=3", "q5=3"), ""),
        "Continue",
    ),
    ("When may we nudge you?", {}, "Continue"),
]
BEGIN = [("Where would you like to start?", {}, "Begin")]


class Finger:
    """Taps and types, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pages = self.taps = self.characters = 0

    def arrive(self, question: str) -> None:
        self.page.get_by_role("heading", level=1, name=question, exact=True).wait_for()
        self.pages += 1

    def press(self, name: str) -> None:
        """A button, or a link where there is no such button. The last of its name is in the form;
        the one before it is only there for the Enter key."""
        buttons = self.page.get_by_role("button", name=name, exact=True)
        found = buttons if buttons.count() else self.page.get_by_role("link", name=name)
        found.last.tap()
        self.taps += 1

    def choose(self, name: str) -> None:
        value = name.partition("=")[2]
        if value:
            statement = self.page.locator(f"[name={name[:2]}][value='{value}']")
            statement.tap()
        else:
            self.page.get_by_label(name, exact=True).tap()
        self.taps += 1

    def type(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        field.tap()
        field.fill(text)
        self.taps += 1
        self.characters += len(text)

    def answer(self, pages: list[tuple[str, dict[str, str], str]]) -> None:
        for question, answers, button in pages:
            self.arrive(question)
            for label, text in answers.items():
                self.type(label, text) if text else self.choose(label)
            self.press(button)


class Keys(Finger):
    """The same with Tab, Space and Enter; what is reached has the focus, and shows it."""

    def press(self, name: str) -> None:
        link = self.page.get_by_role("link", name=name)
        in_list = name == "Open"  # the day stands before it in the same link
        reach(self.page, (link.first.text_content() or "").strip() if in_list else name)
        self.page.keyboard.press("Enter")
        self.taps += 1

    def choose(self, name: str) -> None:
        reach(self.page, name)
        self.page.keyboard.press("Space")
        self.taps += 1

    def type(self, label: str, text: str) -> None:
        reach(self.page, label)
        self.page.keyboard.type(text)
        self.characters += len(text)


def sign_up(hand: Finger) -> None:
    hand.pages += 1  # the landing page
    hand.press("Create an account")
    hand.arrive("Create an account")
    hand.type("Email", f"{uuid4().hex[:12]}@example.org")
    hand.type("Password", PASSWORD)
    hand.press("Create account")


def keep_it(hand: Finger) -> None:
    hand.arrive("Drink water on waking")
    hand.press("Open")
    hand.page.get_by_role("group", name="Did you keep").wait_for()
    hand.pages += 1
    hand.choose("Kept")


def test_by_tap_with_every_question_answered(visit):
    ada: Visit = visit(viewport=PHONE, has_touch=True)
    hand = Finger(ada.go("/"))

    sign_up(hand)
    hand.answer(WHOLE + BEGIN + PROMISE)
    keep_it(hand)
    hand.page.get_by_text("Saved").wait_for()

    assert ada.go("/promises/").get_by_text("1 of 1 kept").count() >= 1
    assert (hand.pages, hand.taps) == (17, 31)


def test_by_keyboard_alone(visit):
    ada: Visit = visit(viewport=PHONE)
    hand = Keys(ada.go("/"))

    sign_up(hand)
    hand.answer(SHORT + BEGIN + PROMISE)
    keep_it(hand)
    hand.page.get_by_text("Saved").wait_for()

    assert ada.go("/promises/").get_by_text("1 of 1 kept").count() >= 1
    assert (hand.pages, hand.taps) == (14, 15)


def test_without_javascript(visit):
    ada: Visit = visit(viewport=PHONE, has_touch=True, java_script_enabled=False)
    hand = Finger(ada.go("/"))

    sign_up(hand)
    hand.answer(WHOLE + BEGIN + PROMISE)
    keep_it(hand)
    hand.press("Save")
    hand.page.get_by_text("Saved.").wait_for()

    page = ada.go("/promises/")
    assert page.get_by_text("1 of 1 kept").count() >= 1
    assert (hand.pages, hand.taps) == (17, 32)
    page = ada.go("/welcome/values/")
    assert page.get_by_label("Calm").is_checked()
    assert ada.go("/rating/").get_by_text("3.0 of 5, the mean of 5 answers.").count() == 1


def test_enter_in_a_field_continues_and_does_not_go_back(visit):
    ada: Visit = visit()
    ada.sign_up()
    page = ada.go("/welcome/reminders/")
    page.get_by_label("Once a day").check()
    page.get_by_label("At what time?").fill("21:00")

    page.keyboard.press("Enter")

    page.get_by_text("21:00, “Time for your notes”").wait_for()
