"""The daily check-in by thumb, by keyboard alone and without JavaScript; and the way back."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from journal.people import clock
from tests.browser import PHONE
from tests.e2e.keyboard import reach
from tests.e2e.test_promises import make
from tests.page import form_ending, forms_on
from tests.promises.factories import answer, make_promise


def thumb(page, text: str, within: str = "main") -> None:
    """Taps the label as a finger does, where it can be seen."""
    label = page.locator(within).locator("label", has_text=re.compile(f"^\\s*{text}\\s*$")).first
    label.scroll_into_view_if_needed()
    label.tap()


def today_once_answered(ada):
    """Today with a promise and a first answer of the day: the first promise alone has a page of its
    own, which asks for nothing else."""
    make(ada.page, ada.site)
    ask, path = ada.context.request, "/today/check/"
    given = form_ending(forms_on("/today/", ask.get(f"{ada.site}/today/").text()), path).fields
    sent = ask.post(
        ada.site + path,
        form={**given, "trust": "1", "do": ""},
        headers={"Referer": f"{ada.site}/today/"},
    )
    assert sent.ok, sent.text()
    return ada.go("/today/")


def test_by_thumb_with_one_tap_a_question(visit):
    ada = visit(viewport=PHONE, has_touch=True)
    ada.sign_up()
    page = today_once_answered(ada)
    loads: list[str] = []
    page.on("load", lambda: loads.append(page.url))

    thumb(page, "Kept", within=".due")
    expect(page.locator("#said")).to_contain_text("Walk after lunch: Kept.")
    thumb(page, "Mostly")
    expect(page.locator("#said-trust")).to_contain_text("Saved")
    page.get_by_text("Add a word, or mark a hard moment").click()
    thumb(page, "No")
    expect(page.locator("#said-visit")).to_contain_text("Saved")
    expect(page.locator("#week")).to_contain_text("This week so far: 1 of 1 kept.")
    page.get_by_label("One thing to your credit").fill("Rang despite nerves")
    expect(page.locator("#said-credit")).to_contain_text("Saved")

    assert loads == []  # nothing but the answers came and went
    page.get_by_role("button", name="Done for today").tap()
    page.get_by_role("heading", level=1, name="Done for today").wait_for()
    page.get_by_role("link", name="Change an answer").tap()
    assert page.get_by_label("Mostly").is_checked()
    assert page.get_by_label("No", exact=True).is_checked()
    assert page.get_by_label("Kept", exact=True).is_checked()
    assert page.get_by_label("One thing to your credit").input_value() == "Rang despite nerves"


def test_each_tap_can_be_undone(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = today_once_answered(ada)

    page.get_by_label("Mostly").check()
    page.get_by_role("button", name=re.compile("Undo.*how far")).wait_for()
    page.get_by_label("Barely").check()
    expect(page.locator("[name=was-trust]")).to_have_value("1")
    page.get_by_role("button", name=re.compile("Undo.*how far")).click()
    expect(page.get_by_label("Mostly")).to_be_checked()
    expect(page.locator("#said")).to_contain_text("Undone.")
    assert page.evaluate("document.activeElement.name") == "trust"

    page.get_by_label("Missed").check()
    page.get_by_text("Note, shrink or pause").click()
    page.get_by_label("What got in the way?").fill("The call ran over")
    page.keyboard.press("Tab")  # which sends it, as a pause would
    expect(page.locator("[name$=was_note]")).to_have_value("The call ran over")
    page.get_by_label("Kept", exact=True).check()
    page.get_by_role("button", name=re.compile("Undo.*Walk")).click()
    expect(page.get_by_label("Missed")).to_be_checked()
    assert page.get_by_label("What got in the way?").input_value() == "The call ran over"


def test_by_keyboard_alone(visit):
    ada = visit()
    ada.sign_up()
    page = today_once_answered(ada)

    reach(page, "Kept")
    page.keyboard.press("Space")
    expect(page.locator("#said")).to_contain_text("Walk after lunch: Kept.")
    reach(page, "Barely")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[name=was-trust]")).to_have_value("2")
    reach(page, "Add a word, or mark a hard moment")
    page.keyboard.press("Enter")
    reach(page, "One thing to your credit")
    page.keyboard.type("Rang despite nerves")
    reach(page, "No")
    page.keyboard.press("Space")
    expect(page.locator("[name=was-visit]")).to_have_value("none")
    reach(page, "Done for today")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Done for today").wait_for()
    reach(page, "Change an answer")
    page.keyboard.press("Enter")
    assert page.get_by_label("A little").is_checked()
    assert page.get_by_label("One thing to your credit").input_value() == "Rang despite nerves"


def test_without_javascript_one_button_keeps_it_all(visit):
    ada = visit(viewport=PHONE, java_script_enabled=False)
    ada.sign_up()
    page = today_once_answered(ada)

    page.get_by_label("Kept small").check()
    page.get_by_label("Mostly").check()
    page.get_by_text("Add a word, or mark a hard moment").click()
    page.get_by_label("A harsh voice").check()
    page.get_by_label("One thing to your credit").fill("Rang despite nerves")
    page.get_by_role("button", name="Done for today").click()

    page.get_by_role("heading", level=1, name="Done for today").wait_for()
    page.get_by_role("link", name="Change an answer").click()
    assert page.get_by_label("Mostly").is_checked()
    assert page.get_by_label("Kept small").is_checked()
    page.goto(f"{ada.site}/practices/")
    page.get_by_role("button", name=re.compile("Dismiss.*harsh voice")).click()
    page.get_by_text("Dismissed.").wait_for()
    assert page.get_by_text("A harsh voice visited").count() == 0


def test_a_page_left_open_asks_which_day(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = today_once_answered(ada)
    page.get_by_text("Add a word, or mark a hard moment").click()
    yesterday = page.evaluate(
        """() => {
        const [date, seen] = ["date", "seen"].map(name => document.querySelector(`[name=${name}]`));
        const day = new Date(date.value);
        day.setUTCDate(day.getUTCDate() - 1);
        return date.value = seen.value = day.toISOString().slice(0, 10);
        }"""
    )

    page.get_by_label("One thing to your credit").fill("Rang despite nerves")
    page.keyboard.press("Tab")  # which sends it, as a pause would
    page.get_by_text("Which day do you mean?").wait_for()
    page.get_by_role("button", name="Today,").click()

    page.get_by_text("Saved.").first.wait_for()
    assert page.get_by_label("One thing to your credit").input_value() == "Rang despite nerves"
    page.goto(f"{ada.site}/today/?day={yesterday}")
    assert "Rang despite nerves" not in page.content()


def test_three_promises_are_answered_without_scrolling(ada, phone_of):
    yesterday = clock.today(ada) - timedelta(days=1)
    for name in ("Walk", "Swim", "Read"):
        answer(make_promise(ada, name, starts_on=yesterday), {yesterday: "kept"})
    page = phone_of(ada)
    page.goto("/today/")

    assert page.locator(".due").count() == 3
    first = page.locator(".due label").first.bounding_box()
    assert first["y"] + first["height"] <= 480


def test_the_phone_leads_to_the_practices(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.go("/today/")

    page.get_by_role("navigation", name="Main").get_by_role("link", name="Practices").click()
    page.get_by_role("heading", level=1, name="Practices").wait_for()
    page.get_by_role("link", name="Keep promises to yourself").click()
    page.get_by_role("heading", level=1, name="Keep promises to yourself").wait_for()
