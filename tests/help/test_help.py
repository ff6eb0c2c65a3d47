"""A first line of help: what is known about each practice, and the keyboard shortcuts."""

import re
from html import unescape

import pytest

from journal.help.sources import SOURCES

DOI = re.compile(r"10\.\d{4,9}/\S+")
LISTS = {
    "boundaries": "/boundaries/",
    "promises": "/promises/",
    "self-compassion": "/self-compassion/",
    "decisions": "/decisions/",
    "mistakes": "/mistakes/",
}


@pytest.mark.parametrize("slug", SOURCES)
def test_each_practice_cites_its_sources_and_no_others(ada_client, slug):
    html = ada_client.get(f"/help/{slug}/").content.decode()
    main = unescape(re.sub(r"<[^>]+>", "", html.split("<main")[1]))
    text, _heading, listed = re.sub(r"\s+", " ", main).rpartition("Sources")

    for source in SOURCES[slug]:
        assert f"({source.year}). {source.title}" in listed
        assert not source.doi or (DOI.fullmatch(source.doi) and f"doi:{source.doi}" in listed)
    cited = re.findall(r"\(([A-Z][\w-]+)[^()]*, (\d{4})\)", text)
    assert {*cited} == {
        (source.authors.partition(",")[0], str(source.year)) for source in SOURCES[slug]
    }


@pytest.mark.parametrize("slug", LISTS)
def test_each_practice_links_to_its_page(ada_client, slug):
    html = ada_client.get(LISTS[slug]).content.decode()
    assert f'href="/help/{slug}/">How this works</a>' in html


def test_there_is_one_page_of_help_that_leads_to_all(ada_client):
    html = ada_client.get("/help/").content.decode().split("<main")[1]
    for address in (*SOURCES, "keyboard"):
        assert f'href="/help/{address}/"' in html
    assert 'href="/help/"' in ada_client.get("/practices/").content.decode()
    assert ada_client.get("/help/nonsense/").status_code == 404


def test_keys_are_turned_off_and_on_again_for_this_device(ada_client):
    answer = ada_client.post("/help/keyboard/", {"keys": "off"})
    assert (answer.url, answer.cookies["shortcuts"].value) == ("/help/keyboard/", "off")
    assert "Shortcuts are off on this device." in ada_client.get("/help/keyboard/").content.decode()

    ada_client.post("/help/keyboard/", {"keys": "on"})
    assert "Turn off on this device" in ada_client.get("/help/keyboard/").content.decode()


def test_each_key_of_the_list_leads_to_a_page(ada_client):
    html = ada_client.get("/help/keyboard/").content.decode()
    keys = dict(re.findall(r'data-keys="([^"]+)" href="([^"]+)"', html))

    assert [*keys] == ["n", "w", "/", "g t", "g j", "g p", "g w", "g i"]
    for address in keys.values():
        assert ada_client.get(address, follow=True).status_code == 200
