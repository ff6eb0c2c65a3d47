"""The manifest: one for each name, the same for everyone, and what it names is there."""

import json
import struct

import pytest
from django.test import Client

from tests.markup import forms_of, parse

NAMES = ["selftrust", "notes"]


def manifest(name: str = "selftrust", client: Client | None = None) -> dict:
    return json.loads((client or Client()).get(f"/{name}.webmanifest").content)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_public_and_holds_nothing_about_anyone(name, ada_client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = ada_client.get(f"/{name}.webmanifest")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/manifest+json"
    assert "manifest-src 'self'" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert answer.content == Client().get(f"/{name}.webmanifest").content


def test_there_is_no_other_name(client, db):
    assert client.get("/other.webmanifest").status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_each_icon_is_as_large_as_it_says(name):
    icons = manifest(name)["icons"]
    assert [(one["sizes"], one["purpose"]) for one in icons] == [
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    ]
    for one in icons:
        picture = b"".join(Client().get(one["src"]))
        assert picture.startswith(b"\x89PNG")
        assert "{}x{}".format(*struct.unpack(">II", picture[16:24])) == one["sizes"]
        assert len(picture) < 16_000


@pytest.mark.parametrize("name", NAMES)
def test_its_addresses_lead_to_pages(name, ada_client):
    found = manifest(name)
    addresses = [found["start_url"], *(one["url"] for one in found["shortcuts"])]
    assert len(addresses) == 4
    for address in addresses:
        assert ada_client.get(address, follow=True).status_code == 200


def test_the_neutral_one_says_nowhere_what_it_is():
    text = json.dumps(manifest("notes")).lower()
    for word in ("selftrust", "mark", "check in", "moment"):
        assert word not in text
    assert manifest("notes")["id"] == manifest()["id"]  # so that an installed app takes it over


def test_the_share_target_fills_the_form_of_a_quick_note(ada_client):
    target = manifest()["share_target"]
    assert (target["method"], target["enctype"]) == ("POST", "multipart/form-data")
    (photos,) = target["params"]["files"]
    assert photos["name"] == "photos"  # as static/worker/share.js reads them
    assert {"image/jpeg", "image/png", "image/webp", "image/heic"} <= set(photos["accept"])

    sent = {target["params"]["title"]: "A page", target["params"]["text"]: "Its words"}
    document, _errors = parse(ada_client.post(target["action"], sent).content.decode())

    bodies = [form.fields.get("body") for form in forms_of(document)]
    assert "A page\n\nIts words" in bodies
