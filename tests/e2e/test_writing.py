"""The writing page's bar: Markdown, the browser's undo, the keyboard; templates and the preview."""

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE

# What is chosen stands between ‹ and ›, before the button and after it.
STEPS = [
    ("Bold", "I ‹said› no", "I **‹said›** no"),
    ("Bold", "I **‹said›** no", "I ‹said› no"),
    ("Bold", "I sa‹›id no", "I **‹said›** no"),
    ("Bold", "‹One\n\n- two›", "‹**One**\n\n- **two**›"),
    ("Italic", "I ‹said ›no", "I _‹said›_ no"),
    ("Italic", "I **‹said›** no", "I **_‹said›_** no"),
    ("Italic", "un‹believ›able", "un*‹believ›*able"),
    ("Heading", "One\nT‹›wo", "One\n# T‹›wo"),
    ("Heading", "One\n# T‹›wo", "One\nT‹›wo"),
    ("List", "‹One\nTwo›\nThree", "‹- One\n- Two›\nThree"),
    ("Quote", "‹›", "> ‹›"),
    ("Link", "See ‹here›.", "See [here](‹https://›)."),
    ("Link", "See ‹https://a.example›.", "See [‹›](https://a.example)."),
]


def split(marked: str) -> list[object]:
    """The text, and where the choice in it starts and ends."""
    before, chosen, after = marked.replace("›", "‹").split("‹")
    return [f"{before}{chosen}{after}", len(before), len(before) + len(chosen)]


def state(area) -> list[object]:
    return area.evaluate("(one) => [one.value, one.selectionStart, one.selectionEnd]")


@pytest.fixture
def writing(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    return ada.go("/journal/write/")


def test_the_bar_writes_markdown_and_undo_takes_it_back(writing):
    area = writing.get_by_label("Your entry")
    expect(area).to_be_focused()
    for name, before, after in STEPS:
        text, start, end = split(before)
        area.fill(text)
        area.evaluate("(one, [start, end]) => one.setSelectionRange(start, end)", [start, end])
        writing.get_by_role("button", name=name, exact=True).click()
        assert state(area) == split(after), (name, before)
        expect(area).to_be_focused()
        writing.keyboard.press("Control+z")
        assert area.input_value() == text, (name, before)


def test_the_bar_by_keyboard_a_template_and_the_preview(writing):
    area = writing.get_by_label("Your entry")
    area.press_sequentially("Loud")
    writing.keyboard.press("Control+b")
    assert area.input_value() == "**Loud**"
    writing.keyboard.press("Alt+F10")
    expect(writing.get_by_role("button", name="Bold")).to_be_focused()
    writing.keyboard.press("ArrowLeft")
    expect(writing.get_by_role("button", name="Link")).to_be_focused()
    writing.keyboard.press("Escape")
    expect(area).to_be_focused()

    writing.locator("summary", has_text="Template").click()
    writing.get_by_role("button", name="A week in one line").click()
    assert area.input_value() == "**Loud**\n\nThis week in one line:\n"
    writing.keyboard.press("Control+z")
    assert area.input_value() == "**Loud**"

    writing.get_by_role("button", name="Preview").click()
    expect(writing.locator("#preview strong")).to_have_text("Loud")
    expect(writing.get_by_role("heading", name="Preview")).to_be_focused()
    area.press_sequentially("x")
    expect(writing.locator("#preview strong")).to_have_count(0)


def test_the_foot_stands_above_the_keyboard_of_a_phone(writing):
    writing.evaluate(
        """() => {
          const { height } = visualViewport;
          Object.defineProperty(visualViewport, "height", { value: height - 300 });
          visualViewport.dispatchEvent(new Event("resize"));
        }"""
    )

    foot = writing.locator(".footbar").bounding_box()

    assert round(foot["y"] + foot["height"]) == PHONE["height"] - 300
