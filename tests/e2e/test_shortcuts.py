"""Keyboard shortcuts in a real browser: they act anywhere but in a field."""

from tests.browser import violations

# Before the browser has drawn the page without the dialog, in which the focus still is.
CLOSE_AND_PRESS = """(keys) => {
  document.getElementById("shortcuts").close();
  for (const key of keys)
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}"""


def test_keys_lead_through_the_journal_and_stay_out_of_fields(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/practices/")
    dialog = page.locator("dialog#shortcuts")

    page.keyboard.press("?")
    assert dialog.is_visible()
    assert violations(page) == []
    page.keyboard.press("/")  # nothing, while the list is open
    page.keyboard.press("Escape")
    assert (dialog.is_visible(), page.url) == (False, f"{ada.site}/practices/")

    page.keyboard.press("g")
    page.keyboard.press("j")
    page.wait_for_url("**/journal/")
    page.keyboard.press("?")
    page.evaluate(CLOSE_AND_PRESS, ["g", "t"])
    page.wait_for_url("**/today/")
    page.keyboard.press("Alt+/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    field = page.locator("main input:visible").first
    field.press_sequentially("gnas?")
    assert (field.input_value(), page.url) == ("gnas?", f"{ada.site}/search/")
    assert not dialog.is_visible()


def test_who_turned_them_off_has_none_on_this_device(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/help/keyboard/")
    page.get_by_role("button", name="Turn off on this device").click()
    page.get_by_role("button", name="Turn on").wait_for()

    for key in "?ngt":
        page.keyboard.press(key)

    assert not page.locator("dialog#shortcuts").is_visible()
    assert page.url == f"{ada.site}/help/keyboard/"
