"""From signing up to the first kept promise: by tap and by keyboard alone.

Pages, taps and typed fields after signing up are counted, so that whoever adds one sees it here.
(tests/today/test_start.py goes the same way without JavaScript.)
"""

from playwright.sync_api import Page

from tests.browser import PHONE
from tests.e2e.conftest import Visit
from tests.e2e.keyboard import reach


class Finger:
    """Taps and types, and counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pages = self.taps = self.fields = 0

    def arrive(self, question: str) -> None:
        self.page.get_by_role("heading", level=1, name=question, exact=True).wait_for()
        self.pages += 1

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).tap()
        self.taps += 1

    def choose(self, name: str) -> None:
        self.page.get_by_label(name, exact=True).first.tap()
        self.taps += 1

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).tap()
        self.page.get_by_label(label, exact=True).fill(text)
        self.taps += 1
        self.fields += 1


class Keys(Finger):
    """The same with Tab, Space and Enter; what is reached has the focus, and shows it."""

    def press(self, name: str) -> None:
        reach(self.page, name)
        self.page.keyboard.press("Enter")
        self.taps += 1

    def choose(self, name: str) -> None:
        reach(self.page, name)
        self.page.keyboard.press("Space")
        self.taps += 1

    def type(self, label: str, text: str) -> None:
        reach(self.page, label)
        self.page.keyboard.type(text)
        self.fields += 1


def keep_it(hand: Finger, ada: Visit) -> None:
    """The third page is Today, with the promise on it. Its button ends the day."""
    hand.page.wait_for_url("**/today/**")
    hand.pages += 1
    hand.choose("Kept")
    hand.press("Record it")
    hand.page.get_by_role("heading", level=1, name="Done for today").wait_for()
    assert ada.go("/promises/").get_by_text("1 of 1 kept").count() >= 1


def test_by_tap_a_suggestion(visit):
    ada: Visit = visit(viewport=PHONE, has_touch=True)
    ada.sign_up()
    hand = Finger(ada.go("/welcome/"))

    hand.arrive("Pick one small promise")
    hand.press("A glass of water before coffee")
    hand.arrive("When will you do it?")
    hand.press("Make this promise")
    keep_it(hand, ada)

    assert (hand.pages, hand.taps, hand.fields) == (3, 4, 0)


def test_by_keyboard_alone_in_own_words(visit):
    ada: Visit = visit(viewport=PHONE)
    ada.sign_up()
    hand = Keys(ada.go("/welcome/"))

    hand.arrive("Pick one small promise")
    hand.type("Or in your own words", "Drink water on waking")
    hand.press("Use these words")
    hand.arrive("When will you do it?")
    hand.press("Make this promise")
    keep_it(hand, ada)

    assert (hand.pages, hand.taps, hand.fields) == (3, 4, 1)


def test_an_arrow_key_among_the_answers_records_nothing(visit):
    ada: Visit = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.go("/welcome/")
    page.get_by_role("button", name="A glass of water before coffee").click()
    page.get_by_role("button", name="Make this promise").click()
    page.get_by_role("radio", name="Kept", exact=True).focus()

    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.reload()

    assert page.get_by_role("heading", level=1, name="It’s on Today").is_visible()
    assert ada.go("/promises/").get_by_text("Nothing recorded yet").count() >= 1
