"""Photos on the writing page: they go there while someone writes, and saving waits for them."""

from tests.photos.factories import make_exif, make_file

DROP = """([name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], "dropped.jpg", { type: "image/jpeg" }));
  const options = { bubbles: true, cancelable: true, clipboardData: data, dataTransfer: data };
  const event = name === "paste" ? new ClipboardEvent(name, options) : new DragEvent(name, options);
  document.querySelector("#id_body").dispatchEvent(event);
}"""

ALL_LOADED = """() =>
  [...document.querySelectorAll(".photos img")].every((one) => one.naturalWidth === 64)"""


def photo_file(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def test_photos_wait_for_a_word_and_saving_waits_for_photos(visit):
    ada = visit()
    ada.sign_up()
    page = ada.go("/journal/write/")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add photos").click()
    taken = make_file(exif=make_exif()).getvalue()
    chooser.value.set_files([photo_file("lake.jpg", taken), photo_file("note.txt", b"words")])
    page.get_by_text("Photos are added as soon as there’s a word in the entry.").wait_for()

    page.get_by_label("Your entry").fill("At the lake")
    page.locator("[data-photos] img").wait_for()
    error = page.locator("[data-sent]").filter(has_text="isn’t a photo we can read")
    error.wait_for()
    ada.forgive("422")
    assert "note.txt" in error.inner_text()
    error.get_by_role("button", name="Dismiss").click()
    page.get_by_role("button", name="Use 6 May 2021 as the entry’s day").click()
    assert page.input_value("#id_written_on") == "2021-05-06"
    for name in ("paste", "drop"):
        page.evaluate(DROP, [name, list(make_file(comment=name.encode()).getvalue())])
    page.get_by_role("button", name="Save").last.click()

    page.get_by_role("link", name="Edit", exact=True).wait_for()
    assert page.locator(".photos img").count() == 3
    assert "6 May 2021" in page.locator(".page-head").inner_text()
    page.wait_for_function(ALL_LOADED)

    page.get_by_role("link", name="Photos", exact=True).click()
    for _time in range(2):  # without the script of the writing page, and again after Back
        page.get_by_label("Photos").set_input_files(photo_file("sea.jpg", make_file().getvalue()))
        page.get_by_role("button", name="Add photos").click()
        page.get_by_text("1 photo added.").wait_for()
        assert page.locator(".photo-edit > li").count() == 4
        page.go_back()
