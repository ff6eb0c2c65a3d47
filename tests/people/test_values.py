"""What matters to a person: at most ten at a time, in their order."""

import pytest
from django.db import IntegrityError, transaction

from journal.people.values.models import Value
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as

PAGE = "/settings/values/"


def add(client, name: str, meaning: str = "", **more):
    return client.post(PAGE, {"id": str(uuid7()), "name": name, "meaning": meaning, **more})


def names(person) -> list[str]:
    with acting_as(person):
        return [value.name for value in person.values.active()]


def the(person, name: str) -> Value:
    with acting_as(person):
        return next(value for value in person.values.all() if value.name == name)


def place(client, value: Value, verb: str):
    return client.post(f"{PAGE}{value.pk}/place/", {"do": verb})


def test_a_value_is_added_at_the_end(ada, ada_client):
    add(ada_client, "calm", "A quiet place to start the day")
    add(ada_client, "craft")

    assert names(ada) == ["calm", "craft"]
    page = ada_client.get(PAGE).content.decode()
    assert "A quiet place to start the day" in page
    assert 'value="calm"' not in page  # no longer among the starters
    assert 'value="honesty"' in page


def test_sent_twice_it_is_there_once(ada, ada_client):
    fields = {"id": str(uuid7()), "name": "calm"}
    ada_client.post(PAGE, fields)
    ada_client.post(PAGE, fields)

    assert names(ada) == ["calm"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Enter a name."),
        ("   ", "Enter a name."),
        ("Calm", "You already have this one."),
        ("x" * 41, "at most 40"),
    ],
)
def test_bad_names_get_a_sentence_and_lose_nothing(ada, ada_client, name, sentence):
    add(ada_client, "calm")

    response = add(ada_client, name, "A meaning that stays")

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "A meaning that stays" in response.content.decode()
    assert names(ada) == ["calm"]


def test_ten_is_the_most(ada, ada_client):
    for number in range(10):
        add(ada_client, f"value {number}")

    response = add(ada_client, "one more")

    assert "You can have up to ten." in response.content.decode()
    assert len(names(ada)) == 10
    place(ada_client, the(ada, "value 3"), "rest")
    add(ada_client, "one more")
    assert names(ada) == [f"value {n}" for n in (0, 1, 2)] + ["one more"] + [
        f"value {n}" for n in range(4, 10)
    ]
    assert (
        "You can have up to ten."
        in ada_client.post(
            f"{PAGE}{the(ada, 'value 3').pk}/place/", {"do": "wake"}, follow=True
        ).content.decode()
    )


def test_up_and_down_and_nothing_at_the_ends(ada, ada_client):
    for name in ("calm", "craft", "rest"):
        add(ada_client, name)

    place(ada_client, the(ada, "rest"), "up")
    assert names(ada) == ["calm", "rest", "craft"]
    place(ada_client, the(ada, "calm"), "down")
    assert names(ada) == ["rest", "calm", "craft"]
    place(ada_client, the(ada, "rest"), "up")
    place(ada_client, the(ada, "craft"), "down")
    place(ada_client, the(ada, "craft"), "sideways")
    assert names(ada) == ["rest", "calm", "craft"]


def test_changing_the_words_and_two_devices(ada, ada_client):
    add(ada_client, "calm")
    value = the(ada, "calm")
    address = f"{PAGE}{value.pk}/"

    ada_client.post(address, {"version": value.version, "name": "peace", "meaning": "Slow"})
    late = ada_client.post(address, {"version": value.version, "name": "quiet", "meaning": "Soft"})

    page = late.content.decode()
    assert late.status_code == 409
    assert "peace" in page
    assert "Slow" in page
    assert "quiet" in page
    assert names(ada) == ["peace"]


def test_removing_and_bringing_back(ada, ada_client):
    add(ada_client, "calm")
    value = the(ada, "calm")

    page = ada_client.post(f"{PAGE}{value.pk}/delete/", follow=True).content.decode()
    assert f'action="{PAGE}{value.pk}/restore/"' in page
    assert names(ada) == []
    ada_client.post(f"{PAGE}{value.pk}/restore/")
    assert names(ada) == []
    place(ada_client, value, "wake")
    assert names(ada) == ["calm"]


def test_values_are_each_ones_own(ada, ada_client, eve_client):
    add(ada_client, "calm", "Private meaning")
    value = the(ada, "calm")

    assert "Private meaning" not in eve_client.get(PAGE).content.decode()
    assert eve_client.get(f"{PAGE}{value.pk}/").status_code == 404
    assert place(eve_client, value, "rest").status_code == 404
    assert eve_client.post(f"{PAGE}{value.pk}/delete/").status_code == 404
    assert names(ada) == ["calm"]


def test_the_database_allows_no_eleventh_and_no_shared_rank(as_ada):
    Value(owner=as_ada, name="calm", rank=1).save(force_insert=True)
    for rank in (1, 0, 11, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Value(owner=as_ada, name="craft", rank=rank).save(force_insert=True)
