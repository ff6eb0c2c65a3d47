"""A coach reads while the client takes back: after the answer nothing that was read commits.

The two take turns at points that each reaches in a definite order, on connections of their own; a
turn ends when the other waits in PostgreSQL, which is asked. No clock decides anything.
"""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from journal.decisions.models import Decision
from journal.privacy.rls import COACH, acting_as
from journal.sharing import consent
from journal.sharing.models import CoachLink, CoachSession, ShareGrant
from tests.coaching.factories import link, make_session, share
from tests.decisions.factories import make_decision

pytestmark = pytest.mark.django_db(transaction=True)
WAITS = "select count(*) from pg_locks where locktype = 'advisory' and not granted"


def in_a_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def until_someone_waits() -> None:
    """Asks PostgreSQL again and again, until one waits."""
    with connection.cursor() as cursor:
        for _time in range(20_000):
            cursor.execute(WAITS)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waits.")


def reads(coach, pk) -> bool:
    with acting_as(coach, role=COACH):
        return Decision.objects.filter(pk=pk).exists()


def taken_back(own: CoachLink, grant: ShareGrant) -> None:
    with acting_as(own.owner_id):
        assert consent.take_back(own, [grant]) == 1


def stopped(own: CoachLink, _grant: ShareGrant) -> None:
    with acting_as(own.owner_id):
        assert consent.stop(own.owner) == 1


def ended(own: CoachLink, _grant: ShareGrant) -> None:
    with acting_as(own.owner_id):
        assert own.end()


def ended_by_coach(own: CoachLink, _grant: ShareGrant) -> None:
    with acting_as(own.coach_id):
        assert own.end()


def removed(own: CoachLink, grant: ShareGrant) -> None:
    with acting_as(own.owner_id):
        Decision.objects.get(pk=grant.item_id).trash()


WAYS = [taken_back, stopped, ended, ended_by_coach, removed]


@pytest.fixture
def shared(ada, mira):
    decision = make_decision(ada)
    own = link(ada, mira)
    return own, share(own, decision)


@pytest.mark.parametrize("way", WAYS)
def test_who_reads_first_has_finished_before_the_answer(mira, shared, way):
    own, grant = shared
    order: list[str] = []

    def take_back() -> None:
        way(own, grant)
        order.append("answered")

    with acting_as(mira, role=COACH):
        assert Decision.objects.filter(pk=grant.item_id).exists()
        client = in_a_thread(take_back)
        until_someone_waits()
        assert Decision.objects.filter(pk=grant.item_id).exists()
        order.append("read")
    client.join()

    assert order == ["read", "answered"]
    assert not reads(mira, grant.item_id)


@pytest.mark.parametrize("way", WAYS)
def test_who_comes_while_it_is_taken_back_waits_and_sees_nothing(mira, shared, way):
    """Nor a session, which hangs on the link and on no grant, once that has ended."""
    own, grant = shared
    make_session(own)
    found: list[bool] = []

    def look() -> None:
        with acting_as(mira, role=COACH):
            found.append(Decision.objects.filter(pk=grant.item_id).exists())
            found.append(CoachSession.objects.exists())

    with transaction.atomic():
        with acting_as(own.owner_id):
            own.lock()
        coach = in_a_thread(look)
        until_someone_waits()
        way(own, grant)
    coach.join()

    assert found == [False, way not in (ended, ended_by_coach)]


@pytest.mark.parametrize("way", WAYS)
def test_a_page_that_began_before_and_reads_after_does_not_exist(mira, shared, way):
    """The links are held from the very first statement on, before any row is read."""
    own, grant = shared
    with acting_as(mira, role=COACH):
        client = in_a_thread(lambda: way(own, grant))
        until_someone_waits()
        assert Decision.objects.filter(pk=grant.item_id).exists()
    client.join()

    assert not reads(mira, grant.item_id)


@pytest.mark.parametrize("way", WAYS)
def test_it_goes_back_when_it_is_rolled_back_and_readers_were_kept_waiting(mira, shared, way):
    own, grant = shared
    found: list[bool] = []

    with transaction.atomic():
        way(own, grant)
        coach = in_a_thread(lambda: found.append(reads(mira, grant.item_id)))
        until_someone_waits()
        transaction.set_rollback(True)
    coach.join()

    assert found == [True]
