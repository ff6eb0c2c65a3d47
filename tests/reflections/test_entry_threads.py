"""What an entry led to stands beside its text, and leads back to it."""

import pytest

from journal.privacy.rls import acting_as
from tests.factories import make_entry
from tests.markup import parse

LESSON = {"if_situation": "she asks", "then_action": "answer tomorrow", "areas": ["work"]}


def links_beside(client, address: str) -> list[str]:
    document, _errors = parse(client.get(address).content.decode())
    return [link["href"] for aside in document.all("aside") for link in aside.all("a")]


@pytest.mark.django_db
def test_a_lesson_from_an_entry_is_beside_it_and_leads_back(ada, ada_client):
    entry = make_entry(ada, "The quote could wait.")
    address = entry.get_absolute_url()
    new = next(link for link in links_beside(ada_client, address) if "/lessons/new/" in link)

    lesson = ada_client.post(new, LESSON).url

    assert lesson in links_beside(ada_client, address)
    assert address in links_beside(ada_client, lesson)


@pytest.mark.django_db
def test_nobody_keeps_a_lesson_from_an_entry_of_somebody_else(ada, eve_client):
    entry = make_entry(ada, "The quote could wait.")

    answer = eve_client.get(f"/lessons/new/?from_kind=entry&from_id={entry.pk}")

    assert answer.status_code == 404


@pytest.mark.django_db
def test_an_entry_in_the_bin_is_beside_nothing(ada, ada_client):
    entry = make_entry(ada, "The quote could wait.")
    lesson = ada_client.post(f"/lessons/new/?from_kind=entry&from_id={entry.pk}", LESSON).url

    with acting_as(ada):
        entry.trash()

    assert entry.get_absolute_url() not in links_beside(ada_client, lesson)
