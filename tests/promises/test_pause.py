"""This is too much right now, where days of a promise are recorded."""

from tests.guide.test_pause import back_to_writing, typed_on
from tests.page import forms_in
from tests.promises.factories import answer
from tests.today.test_check import (  # noqa: F401
    TODAY,
    YESTERDAY,
    _frozen_clock,
    answers,
    walk,
)


def page_of(answer) -> str:
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "both feet on the floor" in page
    return page


def test_a_day_of_a_promise_is_kept_or_comes_back(ada_client, walk):  # noqa: F811
    address = f"/promises/{walk.pk}/check-in/"
    fields = {"due_on": YESTERDAY.isoformat(), "note": "Fever", "do": "enough"}

    open_still = ada_client.post(address, fields)
    assert "Fever" in page_of(open_still)
    assert "Fever" in back_to_writing(ada_client, open_still).content.decode()
    assert answers(walk) == []

    page = page_of(ada_client.post(address, {**fields, "status": "kept"}))
    assert f'href="/promises/{walk.pk}/"' in page
    assert answers(walk) == [(YESTERDAY, "kept", "", "Fever")]


def test_days_to_be_set_aside_wait_in_the_page(ada_client, walk):  # noqa: F811
    answer(walk, {YESTERDAY: "missed"})
    days = {"from_on": YESTERDAY.isoformat(), "until_on": TODAY.isoformat(), "excuse": "ill"}

    given = ada_client.post("/promises/excuse/", {**days, "note": "Fever", "do": "enough"})

    assert "Fever" in page_of(given)
    assert typed_on(given).items() >= {**days, "note": "Fever"}.items()
    (form,) = (one for one in forms_in(back_to_writing(ada_client, given)) if "note" in one.fields)
    assert form.fields.items() >= {**days, "note": "Fever"}.items()
    assert answers(walk) == [(YESTERDAY, "missed", "", "")]
