"""A page that is out of date shows what was saved elsewhere, before it replaces anything."""

import pytest

from tests.boundaries.factories import make_boundary, make_crossing
from tests.lessons.factories import make_lesson
from tests.page import form_ending, forms_on
from tests.promises import page_states
from tests.reflections.factories import make_own_prompt


def crossing(ada):
    return make_crossing(make_boundary(ada), "He rang at nine").address


def own_prompt(ada):
    return f"/journal/prompts/{make_own_prompt(ada, 'What now?').pk}/"


def lesson(ada):
    return f"/lessons/{make_lesson(ada).pk}/edit/"


@pytest.mark.parametrize(
    ("make", "theirs", "shown", "mine"),
    [
        (crossing, {"what_happened": "He rang at ten"}, ["He rang at ten"], {}),
        (
            own_prompt,
            {"text": "What then?", "practice": "mistakes"},
            ["What then?", "Mistakes"],
            {"practice": "decisions"},
        ),
        (lesson, {"areas": ["money", "health"]}, ["Health", "Money"], {"areas": ["work"]}),
    ],
)
def test_a_stale_page_shows_each_value_that_it_would_replace(
    ada, ada_client, make, theirs, shown, mine
):
    path = make(ada)
    form = form_ending(forms_on(path, ada_client.get(path).content.decode()), path)
    assert ada_client.post(form.action, {**form.fields, **theirs}).status_code == 302

    answer = ada_client.post(form.action, {**form.fields, **mine})

    assert answer.status_code == 409
    page = answer.content.decode()
    summary = page[page.index('id="errors"') : page.index("</dl>")]
    assert all(text in summary for text in shown)
    again = form_ending(forms_on(path, page), path)
    assert ada_client.post(again.action, again.fields).status_code == 302


def test_a_field_that_the_form_ignores_may_hold_anything(ada, ada_client):
    """A daily promise has no day on which it is due, so nobody checks what a page sends for it."""
    path = page_states.change("renegotiate")(ada)
    form = form_ending(forms_on(path, ada_client.get(path).content.decode()), path)

    stale = {**form.fields, "version": "7", "due_on": "0000-01-01"}

    assert ada_client.post(path, stale).status_code == 409
