"""Answers the steps of any flow in a browser by the name of the field, with or without a script."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Locator, Page

from tests.decisions.flow_client import fields_of
from tests.e2e.keyboard import reach, reach_field
from tests.flow_client import answers_for, form_on

FORM = ":is(#step, #page)"  # of a step, or of a page beside the flows (guide/edit.html)
# What goes on: of the buttons in the text, the one that is neither second nor quiet.
PRIMARY = f"{FORM} .row > button.btn:not(.btn-2, .btn-quiet)"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
Fill = Callable[[Page, str, str], None]


def field(page: Page, name: str) -> Locator:
    """All of that name, or of that name with a number or an id behind it, as rows have them."""
    return page.locator(FORM).locator(f'[name="{name}"], [name^="{name}-"]')


def choice(page: Page, name: str, value: str) -> Locator:
    return page.locator(f'{FORM} [name="{name}"][value="{value}"]')


def question(page: Page, text: str) -> None:
    """Waits until a page has this as its only heading of the first level."""
    page.get_by_role("heading", level=1, name=text, exact=True).wait_for()


def go_on(page: Page) -> None:
    page.locator(PRIMARY).last.click()


def wait_for_step(page: Page, name: str) -> Locator:
    """Until the step is there that asks for this field."""
    found = field(page, name).first
    found.wait_for(state="attached")
    return found


def fill(page: Page, name: str, value: str) -> None:
    if field(page, name).first.get_attribute("type") in {"checkbox", "radio"}:
        (one if (one := choice(page, name, value)).count() else named(page, value)).check()
    else:
        field(page, name).first.fill(value)


def named(page: Page, words: str) -> Locator:
    """A choice by what its label says, such as one that a person has written a step before."""
    return page.locator(FORM).get_by_label(words, exact=True)


def answer_steps(
    page: Page,
    answers: Mapping[str, str],
    *,
    until: str = "",
    fill: Fill = fill,
    go_on: Callable[[Page], None] = go_on,
) -> None:
    """Continues to the step that asks for the field `until`, or else to the check page."""
    while True:
        form = page.locator("#step")
        form.wait_for()
        if until and field(page, until).count():
            return
        if page.locator('#step [name="do"][value="finish"]').count():
            assert not until, f"no step asked for {until}"
            return
        here = form.get_attribute("action")
        for name, value in answers.items():
            if field(page, name).count():
                fill(page, name, value)
        go_on(page)
        page.locator(f'#step:not([action="{here}"])').wait_for()


def open_step(page: Page, address: str, answers: Mapping[str, Any], *, until: str = "") -> None:
    """Opens the step that asks for the field `until`, or else the check page: the steps before it
    are answered without drawing them. A test that is about those uses `answer_steps`."""
    ask = page.context.request
    while True:
        shown = ask.get(address)
        address, html = shown.url, shown.text()
        form = form_on(html)
        if 'value="finish"' in form or (until and f'name="{until}' in form):
            break
        given = {
            name: answer(html) if callable(answer) else answer
            for name, answer in answers_for(html, answers).items()
        }
        sent = ask.post(
            address,
            form={**fields_of(html), "csrfmiddlewaretoken": TOKEN.search(html)[1], **given},
            headers={"Referer": address},
            max_redirects=0,
        )
        assert sent.status == 302, sent.text()
        address = urljoin(address, sent.headers["location"])
    page.goto(address)


def fill_by_key(page: Page, name: str, value: str) -> None:
    """A group of choices is one stop; arrows choose."""
    reach_field(page, name)
    kind = field(page, name).first.get_attribute("type")
    if kind == "checkbox":
        while page.evaluate("document.activeElement.value") != value:
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
    elif kind == "radio":
        page.keyboard.press("Space")
        while not choice(page, name, value).is_checked():
            page.keyboard.press("ArrowDown")
    else:
        page.keyboard.type(value)


def go_on_by_key(page: Page) -> None:
    reach(page, "Continue")
    page.keyboard.press("Enter")


def answer_by_key(page: Page, answers: Mapping[str, str]) -> None:
    answer_steps(page, answers, fill=fill_by_key, go_on=go_on_by_key)
