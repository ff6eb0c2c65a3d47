"""Icons of the tab and the home screen, and the colour around a page."""

import re
import struct
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.markup import parse

ICONS = {("icon", "32x32"): 32, ("icon", "any"): None, ("apple-touch-icon", ""): 180}


@pytest.mark.parametrize("path", ["/", "/journal/", "/support/", "/nothing/here/", "/admin/"])
def test_every_frame_of_a_page_has_its_icons(ada, ada_client, path):
    ada.is_staff = True
    ada.save(update_fields=["is_staff"])
    document, _errors = parse(ada_client.get(path, follow=True).content.decode())
    links = [one for one in document.all("link") if "icon" in one["rel"]]

    assert [(one["rel"], one["sizes"]) for one in links] == [*ICONS]
    for one, size in zip(links, ICONS.values(), strict=True):
        name = re.sub(r"\.[0-9a-f]{12}\b", "", one["href"].rpartition("/")[2])
        icon = Path(finders.find(name)).read_bytes()
        assert len(icon) < 10_000
        if size:
            assert icon.startswith(b"\x89PNG")
            assert struct.unpack(">II", icon[16:24]) == (size, size)


@pytest.mark.parametrize(
    ("theme", "colours"),
    [
        ("system", {"(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"}),
        ("light", {""}),
        ("dark", {""}),
    ],
)
def test_the_colour_is_that_of_the_theme_which_was_chosen(ada, ada_client, theme, colours):
    ada.theme = theme
    ada.save(update_fields=["theme"])
    document, _errors = parse(ada_client.get("/journal/").content.decode())
    said = [one for one in document.all("meta") if one["name"] == "theme-color"]
    assert {one["media"] for one in said} == colours
    if theme == "dark":
        assert said[0]["content"] == "#0f191d"
