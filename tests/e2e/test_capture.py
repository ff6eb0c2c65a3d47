"""Quick note by keyboard, and a shared text beside a note that was not saved, in a real browser."""

from tests.browser import let_in, violations
from tests.factories import make_person

SHARE = """(text) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: "/capture/share/" });
  form.append(Object.assign(document.createElement("input"), { name: "text", value: text }));
  document.body.append(form);
  form.submit();
}"""


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
