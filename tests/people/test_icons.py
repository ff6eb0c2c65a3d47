"""Icons of the tab and the home screen, and the colour around a page."""

import re
import struct
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

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


@pytest.mark.parametrize("path", ["/", "/journal/", "/support/", "/nothing/here/"])
def test_a_neutral_name_is_in_the_title_and_the_icons_of_every_page(ada, ada_client, path):
    ada.app_name = "notes"
    ada.save(update_fields=["app_name"])
    ada_client.get("/today/")  # sets the cookie for pages that load nobody
    signed_out = Client()
    signed_out.cookies["app"] = ada_client.cookies["app"].value

    for client in (ada_client, signed_out):
        document, _errors = parse(client.get(path, follow=True).content.decode())
        assert document.all("title")[0].text.strip().endswith("– Notes")
        links = [one for one in document.all("link") if "icon" in one["rel"]]
        assert all("/notes" in one["href"] for one in links)
        said = [one for one in document.all("meta") if one["name"] == "apple-mobile-web-app-title"]
        assert [one["content"] for one in said] == ["Notes"]


@pytest.mark.parametrize("cookie", ["", "selftrust", "x", "<b>"])
def test_any_other_cookie_is_the_name_of_the_app(client, db, cookie):
    client.cookies["app"] = cookie
    assert "– Selftrust</title>" in client.get("/").content.decode()


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
