"""Quick note by keyboard, a shared text beside a note that was not saved, and shared photos, in a
real browser."""

import pytest

from tests.browser import let_in, violations
from tests.factories import make_person
from tests.photos.factories import make_file

pytestmark = pytest.mark.service_worker

SHARE = """(text) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/capture/share/" });
  form.append(Object.assign(document.createElement("input"), { name: "text", value: text }));
  document.body.append(form);
  form.submit();
}"""
SHARE_PHOTOS = """([to, bytes, more]) => {
  const form = document.createElement("form"), data = new DataTransfer();
  const action = `${to}/capture/share/`, enctype = "multipart/form-data";
  Object.assign(form, { method: "post", action, enctype });
  const parts = [new Uint8Array(bytes), new Uint8Array(more)];
  for (const name of ["lake.jpg", "hill.jpg"])
    data.items.add(new File([...parts, name], name, { type: "image/jpeg" }));
  const field = (given) => Object.assign(document.createElement("input"), given);
  form.append(field({ name: "text", value: "At the lake" }));
  form.append(field({ type: "file", name: "photos", files: data.files }));
  document.body.append(form);
  form.submit();
}"""
FILE, MORE = [*make_file().getvalue()], 2 * 1024 * 1024  # more than a form may have


def test_a_key_leads_to_one_field_and_a_note_is_saved(tab, live_server, transactional_db):
    let_in(tab, make_person("ada@example.org"), live_server.url)
    tab.goto("/practices/")

    tab.keyboard.press("n")
    tab.wait_for_url("**/capture/?id=*")
    tab.keyboard.type("One line")  # the field has the focus
    assert violations(tab) == []
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")

    tab.get_by_role("status").filter(has_text="Saved").wait_for()
    assert tab.get_by_label("Your note").input_value() == ""
    assert tab.locator("#saved-today + ul").inner_text().startswith("One line")
    assert violations(tab) == []


def test_a_shared_text_and_an_unsaved_note_stay_apart(tab, live_server, transactional_db):
    ada = make_person("ada@example.org")
    let_in(tab, ada, live_server.url)
    tab.goto("/capture/")
    field = tab.get_by_label("Your note")
    field.fill("Not saved yet")

    tab.evaluate(SHARE, "Shared")
    tab.wait_for_url("**/capture/share/")
    assert field.input_value() == "Shared"
    assert not ada.entries.exists()
    field.press("End")
    field.press_sequentially(" and changed")
    tab.evaluate(SHARE, "Another")
    tab.wait_for_function("() => document.getElementById('id_body').value === 'Another'")
    tab.get_by_role("button", name="Save").click()
    tab.wait_for_url("**/capture/?id=*")

    assert field.input_value() == "Not saved yet"
    assert [entry.first_words for entry in ada.entries.all()] == ["Another"]


def test_shared_photos_wait_for_save_and_go_to_the_entry_then(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/today/")
    page.wait_for_function("() => navigator.serviceWorker.ready")
    page = ada.go("/today/")

    page.evaluate(SHARE_PHOTOS, [ada.site, FILE, MORE])
    page.wait_for_url("**/capture/?*photos=1*")
    page.get_by_text("hill.jpg").wait_for()
    assert violations(page) == []
    assert page.get_by_label("Your note").input_value() == "At the lake"
    assert ada.tab().goto(f"{ada.site}/journal/").ok
    assert ada.context.pages[-1].get_by_text("At the lake").count() == 0
    page.get_by_role("button", name="Save").click()

    page.wait_for_url("**/edit/")
    page.get_by_text("Photos added.").wait_for()
    assert page.locator("[data-photos] img").count() == 2
    page.reload()
    assert page.locator("[data-photos] img").count() == 2
    assert page.locator("[data-photos] [role=status]").inner_text() == ""


def test_another_site_puts_no_photos_into_the_form(browser, live_server, transactional_db):
    context = browser.new_context(base_url=live_server.url)
    page = context.new_page()
    let_in(page, make_person("ada@example.org"), live_server.url)
    page.goto("/today/")
    page.wait_for_function("() => navigator.serviceWorker.ready")
    page.goto("data:text/html,<p>Another site")

    page.evaluate(SHARE_PHOTOS, [live_server.url, FILE, MORE])
    page.wait_for_url("**/capture/*photos=1*")

    assert page.get_by_label("Your note").count() == 0
    assert page.locator("h1").is_visible()
    context.close()
