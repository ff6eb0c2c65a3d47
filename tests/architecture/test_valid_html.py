"""Every page of tests/pages.py is HTML as it is written down, not as browsers forgive it."""

import pytest
from django.test import Client

from tests.page import Page, shown
from tests.pages import PAGES
from tests.validity import faults_in


@pytest.mark.parametrize("seen", [page for page in PAGES if not page.stock], ids=str)
def test_a_page_is_valid(seen: Page, ada, ada_client):
    faults = faults_in(shown(Client() if seen.visitor else ada_client, seen, ada).html)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<div><p>One</div>", "</div> closes <p>"),
        ('<i id="a"></i><i id="a"></i>', "id 'a' is there 2 times"),
        ("<p><div></div></p>", "<div> in <p>"),
        ('<label for="nowhere"></label>', "for names 'nowhere'"),
        ('<a href="/"><button></button></a>', "<button> in something that can be clicked"),
        ('<p class="a" class="b"></p>', "<p> says class twice"),
        ("<ul><p></p></ul>", "<p> in <ul>"),
    ],
)
def test_what_counts_as_a_fault(html, fault):
    assert any(fault in found for found in faults_in(html))
