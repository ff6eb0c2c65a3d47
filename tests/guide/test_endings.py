"""Every practice ends with one line of fact on the page of what was finished, and asks no more."""

import re
from html import unescape

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from journal.privacy.rls import acting_as
from tests.boundaries.flow_client import walk as walk_boundary
from tests.decisions.flow_client import walk as walk_decision
from tests.promises.flow_client import walk as walk_promise
from tests.reflections.compassion.flow_client import walk as walk_moment
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
