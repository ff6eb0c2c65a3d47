"""A form comes back as it was left: every kind of control, ticked and unticked, filled and emptied.

tests/sweeps does the same with every form of the product.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from journal.people import clock
from tests.decisions.factories import make_open
from tests.e2e.typing import let_copies_age
from tests.forms_left import differences
from tests.promises.factories import make_draft, make_promise

EVERY_KIND = """<input type="checkbox" name="box" value="a" checked>
<input type="checkbox" name="group" value="a" checked>
<input type="checkbox" name="group" value="b">
<input type="radio" name="one" value="a"><input type="radio" name="one" value="b" checked>
<select multiple name="many"><option selected>a</option><option>b</option></select>
<select name="single"><option>a</option><option>b</option></select>
<input name="twice" type="text" value="a"><input name="twice" type="text" value="b">
<input type="date" name="day" value="2026-11-01"><input type="time" name="hour">
<input type="number" name="number" value="3"><textarea name="filled">Words</textarea>"""
LEFT = "This browser has words of yours that weren’t saved."


def with_every_kind(page: Page, address: str) -> None:
    def add(route) -> None:
        response = route.fetch()
        route.fulfill(
            response=response, body=response.text().replace("</h1>", f"</h1>{EVERY_KIND}", 1)
        )

    page.route(f"**{address}*", add)


@pytest.mark.parametrize(("seed", "anew"), [(1, True), (20, False), (300, True)])
def test_every_kind_of_control_comes_back(seed, anew, ada, phone_of):
    promise = make_promise(ada)
    address = f"{promise.get_absolute_url()}pause/"
    page = phone_of(ada)
    with_every_kind(page, address)
    page.goto(address)

    assert page.locator("main form [name=many]").count() == 1
    assert differences(page, seed=seed, anew=anew) == []


def test_the_rhythm_of_a_promise_comes_back_after_a_reload(ada, phone_of):
    address = f"/promises/{make_draft(ada, step='rhythm').pk}/step/rhythm/"
    page = phone_of(ada)
    page.goto(address)
    page.locator("[name=cadence][value=weekdays]").check()
    for day in ("1", "3"):
        page.locator(f"[name=weekdays][value='{day}']").check()
    page.reload()

    chosen = "[...document.querySelectorAll('[name=weekdays]:checked')].map(one => one.value)"
    assert page.evaluate(chosen) == ["1", "3"]


def test_lines_that_were_added_come_back(ada, phone_of):
    """From the browser: nothing is saved meanwhile, or the saved options come first."""
    address = f"/decisions/{make_open(ada, step='options').pk}/step/options/"
    page = phone_of(ada)
    page.route(f"**{address}", lose_autosaves)
    page.goto(address)
    page.get_by_role("button", name="Add an option").click()
    page.locator("[name=name-4]").wait_for()
    lines = page.locator("[name^=name-]").count()
    page.locator("[name^=name-]").last.fill("Travel")
    page.goto("/today/")
    page.goto(address)

    expect(page.locator("[name^=name-]")).to_have_count(lines)
    expect(page.locator("[name^=name-]").last).to_have_value("Travel")


def lose_autosaves(route: Route) -> None:
    if "do=autosave" in (route.request.post_data or ""):
        route.abort("aborted")
    else:
        route.continue_()


def test_a_choice_without_words_is_kept_and_called_no_words(ada, phone_of):
    promise = make_promise(ada)
    address = f"{promise.get_absolute_url()}check-in/"
    page = phone_of(ada)
    page.goto(address)
    page.locator("[name=status][value=excused]").check(force=True)
    page.get_by_text("What was it?").first.wait_for()
    let_copies_age(page)
    page.goto("/journal/")
    assert page.get_by_text(LEFT).count() == 0

    page.goto(address)
    assert page.locator("[name=status][value=excused]").is_checked()
    page.goto(f"{promise.get_absolute_url()}renegotiate/")
    page.get_by_label("What changed?").fill("The train")
    let_copies_age(page)
    page.goto("/journal/")
    page.get_by_text(LEFT).wait_for()


def test_what_today_saved_by_itself_is_not_called_unsaved(ada, phone_of):
    promise = make_promise(ada, starts_on=clock.today(ada) - timedelta(days=1))
    page = phone_of(ada)
    page.goto("/today/")
    page.locator(f"[name='{promise.pk}-status'][value=missed]").check(force=True)
    page.get_by_text("Note, shrink or pause").click()
    page.locator(f"[name='{promise.pk}-note']").fill("The train")
    page.keyboard.press("Tab")  # which sends it, as a pause would
    page.locator(f"#said-{promise.pk} .save").wait_for()
    page.locator("form[action='/today/check/']:not([data-unsaved])").wait_for()
    let_copies_age(page)
    page.goto("/journal/")

    assert page.get_by_text(LEFT).count() == 0
