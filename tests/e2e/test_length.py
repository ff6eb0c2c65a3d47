"""Whoever writes more than fits sees it coming, loses nothing and can make two entries of it."""

import re

from playwright.sync_api import expect

from tests.browser import PHONE

FAMILY = "👨‍👩‍👧‍👦"
TABLE = "|" + "word number |" * 12 + "\n|" + "-|" * 12 + "\n|" + "some long words |" * 12
MARKDOWN = f"[8:00]: woke\n\n08. home ¯\\_(ツ)_/¯\n10. [a](https://x.example 'T')\n\n{TABLE}"


def test_a_field_counts_near_its_limit_as_people_do(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/journal/write/")
    title = page.get_by_label("Title (optional)")
    line = page.locator("#id_title_count")
    title.fill(FAMILY * 100)
    expect(line).to_have_count(0)
    title.fill(FAMILY * 119)
    expect(line).to_have_text("119 of 120 characters")
    title.fill(FAMILY * 121)
    expect(line).to_contain_text("121 of 120 characters. Nothing is lost")
    title.fill("Rain")
    expect(line).to_have_text("")


def test_a_text_too_long_for_an_entry_stays_and_becomes_two(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/journal/write/")
    words = "It rained again. " * 1300
    page.get_by_label("Your entry").fill(words)
    expect(page.locator("#id_body_count")).to_contain_text("22,100 of 20,000 characters")
    expect(page.locator(".save")).to_contain_text("An entry can have up to 20,000 characters")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Your entry")).to_have_value(words)
    page.get_by_role("button", name="Save as 2 entries").click()
    page.wait_for_url(re.compile(r"/journal/[0-9a-f-]{36}/$"))
    expect(page.get_by_text("Saved as 2 entries")).to_be_visible()


def test_a_wide_table_scrolls_in_its_own_box_and_numbers_are_as_typed(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.go(ada.has_written(MARKDOWN))
    box = page.locator(".table-wrap")
    assert box.evaluate("box => box.scrollWidth > box.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    text = page.locator("article .own-words").inner_text()
    for words in ("[8:00]: woke", "08.", "¯\\_(ツ)_/¯", "10.", "https://x.example 'T'"):
        assert words in text
