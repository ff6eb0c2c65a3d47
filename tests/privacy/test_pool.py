"""One connection, many people: nothing of one request is left in it for the next."""

import random
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from journal.people.models import User
from journal.privacy.rls import COACH, OWNER, acting_as
from journal.reflections.entries.models import Entry
from tests.conftest import signed_in
from tests.factories import make_entry, make_person
from tests.privacy.stored import actor, run

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def one_connection():
    """The pool holds exactly one connection, so that whatever is left in it meets the next one."""
    pool = connection.settings_dict["OPTIONS"]["pool"]
    connection.close_pool()
    connection.settings_dict["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 1, "timeout": 20}
    yield
    connection.close()
    connection.close_pool()
    connection.settings_dict["OPTIONS"]["pool"] = pool


@pytest.fixture
def people(one_connection):
    people = [make_person(f"person{number}@example.org") for number in range(3)]
    for person in people:
        make_entry(person, f"of {person.email}")
    return people


def seen() -> list[str]:
    return [entry.body for entry in Entry.objects.all()]


def reads(person: User, _other: User) -> None:
    with acting_as(person):
        assert seen() == [f"of {person.email}"]


def fails(person: User, _other: User) -> None:
    with pytest.raises(RuntimeError), acting_as(person):
        raise RuntimeError


def nests(person: User, other: User) -> None:
    with acting_as(person):
        with acting_as(other):
            assert seen() == [f"of {other.email}"]
        assert seen() == [f"of {person.email}"]


def fails_while_nested(person: User, other: User) -> None:
    with pytest.raises(RuntimeError), acting_as(person), acting_as(other):
        raise RuntimeError


def rolls_back(person: User, other: User) -> None:
    with acting_as(person), acting_as(other, role=COACH):
        transaction.set_rollback(True)


def breaks_a_rule(person: User, _other: User) -> None:
    with acting_as(person):
        entry = Entry.objects.get()
        with pytest.raises(IntegrityError), transaction.atomic():
            entry.save(force_insert=True)


def fails_at_commit(person: User, _other: User) -> None:
    """A deferred constraint speaks up only when the transaction ends."""
    with pytest.raises(IntegrityError), acting_as(person, role=OWNER):
        run("insert into privacy_datakey select gen_random_uuid(), '', '', now()")


def loses_the_connection(person: User, _other: User) -> None:
    with pytest.raises(OperationalError), acting_as(person, role=OWNER):
        run("select pg_terminate_backend(pg_backend_pid())")


KINDS: list[Callable[[User, User], None]] = [
    *(reads, fails, nests, fails_while_nested),
    *(rolls_back, breaks_a_rule, fails_at_commit, loses_the_connection),
]


def test_nothing_of_a_request_is_left_in_the_connection(people):
    """Each kind of request after each other kind, with other people in between."""
    choice = random.Random(7)
    login_role = actor()[0]
    order = [kind for first in KINDS for second in KINDS for kind in (first, second)]

    for kind in order:
        kind(*choice.sample(people, 2))
        connection.close()  # back into the pool, as at the end of a request
        assert actor() == (login_role, ""), kind.__name__
        connection.close()


def test_the_pool_really_holds_one_connection(people):
    backends = set()
    for person in people * 3:
        with acting_as(person):
            backends.add(run("select pg_backend_pid()")[0][0])
        connection.close()
    assert len(backends) == 1


def test_two_people_at_once_over_one_connection_see_their_own(people):
    found: dict[str, set[str]] = {}

    def browse(person: User) -> None:
        try:
            client = signed_in(person)
            pages = [client.get("/journal/").content.decode() for _ in range(6)]
        finally:
            connection.close()
        found[person.email] = {
            other.email for other in people for page in pages if f"of {other.email}" in page
        }

    connection.close()
    threads = [threading.Thread(target=browse, args=[person]) for person in people[:2]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {person.email: {person.email} for person in people[:2]}
