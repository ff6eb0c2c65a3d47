"""What every page has around its words: colours for the device, a sentence for a picture."""

import pytest
from playwright.sync_api import expect

from tests.browser import let_in
from tests.factories import make_person

PAPER = """() => {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
  canvas.fillRect(0, 0, 1, 1);
  const shown = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  const said = [...document.querySelectorAll("meta[name=theme-color]")]
    .filter((one) => !one.media || matchMedia(one.media).matches).map((one) => one.content);
  return [`#${shown.map((one) => one.toString(16).padStart(2, "0")).join("")}`, ...said];
}"""
GIVE = """([selector, name, kinds]) => {
  const data = new DataTransfer(), target = document.querySelector(selector);
  if (kinds.includes("file")) data.items.add(new File(["x"], "cat.png", { type: "image/png" }));
  if (kinds.includes("text")) data.setData("text/plain", "words");
  const options = { bubbles: true, cancelable: true, clipboardData: data, dataTransfer: data };
  const event = name === "paste" ? new ClipboardEvent(name, options) : new DragEvent(name, options);
  return target.dispatchEvent(event);
}"""
SENTENCE = "Pictures can’t be added here. Your text hasn’t changed."


@pytest.fixture
def writing(tab, live_server, transactional_db):
    ada = make_person("ada@example.org", zone="Europe/Berlin")
    let_in(tab, ada, live_server.url)
    tab.goto("/capture/")
    return tab


def test_a_picture_is_refused_aloud_and_the_words_stay(writing):
    said = writing.get_by_role("status").filter(has_text=SENTENCE)
    for name in ("paste", "drop"):
        writing.fill("#id_body", "The meeting went well")
        assert writing.evaluate(GIVE, ["#id_body", "dragover", ["text"]]), "words may be dropped"
        assert writing.evaluate(GIVE, ["#id_body", name, ["text", "file"]]), "words come along"
        assert not said.count()
        assert not writing.evaluate(GIVE, ["#id_body", name, ["file"]]), f"{name} is not held back"
        assert said.count() == 1
        assert said.get_by_text(SENTENCE).is_visible()
        assert writing.input_value("#id_body") == "The meeting went well"
        writing.type("#id_body", "!")  # the next letter takes the sentence away
        assert not said.count()
    # Beside the field too: a browser would leave the page for the file.
    assert not writing.evaluate(GIVE, ["h1, main", "dragover", ["file"]])
    assert not writing.evaluate(GIVE, ["h1, main", "drop", ["file"]])


@pytest.mark.parametrize("name", ["paste", "drop"])
def test_a_file_is_chosen_on_a_page_that_asks_for_one(writing, name):
    writing.goto("/settings/import/")
    for target in ("h1", "main"):
        writing.locator("[type=file]").evaluate("one => { one.value = ''; }")
        assert not writing.evaluate(GIVE, [target, name, ["file"]])
        chosen = writing.locator("[type=file]").evaluate("one => [...one.files].map((f) => f.name)")
        assert chosen == ["cat.png"]
        expect(writing.locator("[type=file]")).to_be_focused()
    assert not writing.get_by_text(SENTENCE).count()


def test_the_device_takes_the_colour_of_the_paper(writing):
    for scheme in ("light", "dark"):
        writing.emulate_media(color_scheme=scheme)
        shown, *said = writing.evaluate(PAPER)
        assert said == [shown], scheme
