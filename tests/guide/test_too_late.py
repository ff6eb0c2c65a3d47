"""A form that comes too late is answered with a sentence, and what it held is given back."""

import pytest

from journal.people import clock
from tests.decisions.factories import make_decision
from tests.page import compact
from tests.promises.factories import make_promise


def finished_promise(ada) -> str:
    return f"/promises/{make_promise(ada).pk}/step/why/"


def decided(ada) -> str:
    return f"/decisions/{make_decision(ada).pk}/step/information/"


def week_that_was_deleted(ada) -> str:
    return f"/week/{clock.week_start(ada, clock.today(ada))}/step/evidence/"


@pytest.mark.parametrize(
    ("make", "field"),
    [(finished_promise, "why"), (decided, "good_enough"), (week_that_was_deleted, "rely_on")],
)
def test_words_for_what_can_no_longer_be_changed_are_given_back(make, field, ada, ada_client):
    answer = ada_client.post(make(ada), {field: "Typed on an old page", "version": "1"})

    assert answer.status_code == 409
    page = compact(answer)
    assert "what you sent wasn’t saved" in page
    assert "Typed on an old page" in page


def test_what_was_stored_already_is_no_news(ada, ada_client):
    promise = make_promise(ada, why="Energy")
    answer = ada_client.post(f"/promises/{promise.pk}/step/why/", {"why": "Energy"})

    assert answer.url == promise.get_absolute_url()
