"""Every practice ends with one line of fact on the page of what was finished, and asks no more."""

import re
from html import unescape

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from journal.privacy.rls import acting_as
from tests.boundaries.flow_client import walk as walk_boundary
from tests.decisions.flow_client import walk as walk_decision
from tests.factories import make_entry, tag_of
from tests.lessons.factories import make_lesson
from tests.page import form_ending, forms_in
from tests.people.factories import make_value
from tests.photos.factories import make_photo
from tests.promises.flow_client import walk as walk_promise
from tests.reflections.compassion.flow_client import walk as walk_moment
from tests.reflections.factories import make_own_prompt, make_own_template
from tests.reflections.mistakes_flow_client import walk as walk_mistake

SAID = re.compile(r'<div class="toast" role="status">\s*<span>(.*?)</span>', re.S)


def ending(client, row) -> str:
    """The only message on the page of the row."""
    page = client.get(row.get_absolute_url())
    (said,) = SAID.findall(page.content.decode())
    return unescape(said)


@pytest.mark.parametrize("walk", [walk_promise, walk_boundary], ids=["promises", "boundaries"])
def test_a_practice_ends_with_one_line(ada, ada_client, walk):
    assert ending(ada_client, walk(ada, ada_client))


def test_a_mistake_ends_with_the_day_its_lesson_comes_back(ada, ada_client):
    mistake = walk_mistake(ada, ada_client)
    with acting_as(ada):
        due = ada.lessons.get().next_due

    assert date_format(due, "l j F") in ending(ada_client, mistake)


def test_a_decision_ends_with_the_day_to_look_back(ada, ada_client):
    decision = walk_decision(ada, ada_client)

    assert date_format(decision.review_on, "j F Y") in ending(ada_client, decision)


@pytest.mark.parametrize(("after", "shown"), [("5", True), ("7", False), ("", False)])
def test_a_hard_moment_ends_with_how_far_it_eased(ada, ada_client, after, shown):
    moment, _asked = walk_moment(ada, ada_client, after={"intensity_after": after})

    assert ("from 7 to" in ending(ada_client, moment)) == shown


def test_without_numbers_it_ends_without_them(ada, ada_client):
    ada.numbers_hidden_since = timezone.now()
    ada.save(update_fields=["numbers_hidden_since"])
    moment, _asked = walk_moment(ada, ada_client)

    assert not re.search(r"\d", ending(ada_client, moment))


# What each page changes, and the field that is changed here.
CHANGED = {
    "/journal/{}/edit/": (make_entry, "body"),
    "/journal/templates/{}/": (lambda ada: make_own_template(ada, "Sundays"), "name"),
    "/journal/prompts/{}/": (lambda ada: make_own_prompt(ada, "What was warm?"), "text"),
    "/journal/tags/{}/": (lambda ada: tag_of(make_entry(ada, tagged=["Work"])), "name"),
    "/photos/{}/": (lambda ada: make_photo(make_entry(ada)), "description"),
    "/settings/values/{}/": (lambda ada: make_value(ada, "Calm"), "name"),
    "/lessons/{}/edit/": (make_lesson, "then_action"),
}


@pytest.mark.parametrize("address", CHANGED)
def test_saving_a_change_says_so(ada, ada_client, address):
    make, name = CHANGED[address]
    address = address.format(make(ada).pk)
    form = form_ending(forms_in(ada_client.get(address)), address)

    saved = ada_client.post(form.action, {**form.fields, name: "Changed"}, follow=True)

    assert any("Saved" in said for said in SAID.findall(saved.content.decode()))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/journal/templates/", {"name": "Sundays", "lines": "What was slow?"}),
        ("/journal/prompts/", {"text": "What was warm?"}),
        ("/capture/", {"body": "A note"}),
    ],
)
def test_adding_says_so(ada_client, address, words):
    saved = ada_client.post(address, words, follow=True)

    assert any("Saved" in said for said in SAID.findall(saved.content.decode()))
