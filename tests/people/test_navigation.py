"""The header and the navigation: one of each, remembered, and they say in which part one is."""

import pytest

from tests.conftest import signed_in
from tests.markup import Element, parse
from tests.people.second_steps import showed


def page(client, path: str) -> Element:
    document, errors = parse(client.get(path).content.decode())
    assert not errors
    return document


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("/today/", {"Today"}),
        ("/journal/", {"Journal"}),
        ("/journal/trash/", {"Journal"}),
        ("/promises/", {"Promises", "Practices"}),
        ("/lessons/", {"Lessons", "Practices"}),
        ("/practices/", {"Practices"}),
        ("/insights/", {"Insights"}),
        ("/settings/", {"Settings"}),
        ("/sharing/", {"Coach and sharing"}),
    ],
)
def test_the_navigation_says_where_one_is(ada_client, path, marked):
    for _time in range(2):  # rendered, and remembered
        links = [link for nav in page(ada_client, path).all("nav") for link in nav.all("a")]
        here = {link.text.strip() for link in links if link["aria-current"] == "page"}
        assert here - {"today"} == marked  # the days of the week strip mark theirs


@pytest.mark.parametrize("path", ["/today/", "/coach/"])
def test_no_link_is_in_the_page_twice_for_the_sake_of_a_width(mira, path):
    """But for the quick note, a plus on a phone and a word in the rail."""
    mira.let_coach(coaches=True)
    client = signed_in(mira)
    showed(client)
    document = page(client, path)
    around = [one for one in document.walk() if {"site-top", "site-nav"} & set(one.classes)]
    assert [one.tag for one in around] == ["header", "nav"]
    names = [link["aria-label"] or link.text for one in around for link in one.all("a")]
    assert sorted({name for name in names if names.count(name) > 1}) in ([], ["Quick note"])


def test_the_account_menu_says_the_name_and_whose_account_it_is(ada, ada_client):
    ada.called = "Countess"
    ada.save()

    document = page(ada_client, "/practices/")

    menu = next(one for one in document.all("details") if "account-menu" in one.classes)
    assert "ada@example.org" in menu.text
    assert "Countess" in menu.text


def test_one_is_signed_out_by_the_form_of_the_account_menu(ada_client):
    document = page(ada_client, "/practices/")
    menu = next(one for one in document.all("details") if "account-menu" in one.classes)
    form = menu.all("form")[0]
    fields = {field["name"]: field["value"] for field in form.all("input")}

    assert ada_client.post(form["action"], fields).url == "/"

    assert ada_client.get("/practices/").url.startswith("/accounts/login/")


def test_the_search_in_the_header_finds(ada_client, ada):
    form = next(one for one in page(ada_client, "/practices/").all("search")).all("form")[0]
    fields = {field["name"]: field["value"] for field in form.all("input")}

    answer = ada_client.post(form["action"], fields | {"q": "zanzibar"}, follow=True)

    document, _errors = parse(answer.content.decode())
    boxes = [one for one in document.all("input") if one["type"] == "search"]
    assert [box["value"] for box in boxes] == ["zanzibar"]  # the page has a box of its own
