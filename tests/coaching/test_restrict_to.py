"""A page of the coach area leaves of the links that it holds those that it is about."""

import pytest

from journal.coaching import queries
from journal.privacy.models import DataKey
from journal.privacy.rls import COACH, acting_as
from journal.reflections.entries.models import Entry
from journal.sharing.models import CoachLink, ShareGrant
from journal.sharing.models.roster import Client
from tests.coaching.factories import link, share
from tests.factories import make_entry, make_person

pytestmark = pytest.mark.django_db


def read() -> tuple[set, set, set, set]:
    """What this transaction sees: by which links, which grants and entries, and whose keys."""
    return (
        {one.pk for one in CoachLink.objects.only("id")},
        {one.link_id for one in ShareGrant.objects.all()},
        {one.owner_id for one in Entry.objects.all()},
        {one.owner_id for one in DataKey.objects.all()},
    )


@pytest.fixture
def both(ada, eve, mira):
    """Ada and eve share an entry each with mira."""
    links = [link(person, mira, name) for person, name in ((ada, "Ada"), (eve, "Eve"))]
    for person, one in zip((ada, eve), links, strict=True):
        share(one, make_entry(person, "For Mira."))
    return links


def test_a_page_about_one_client_reads_nothing_of_another(ada, eve, mira, both):
    of_ada, _of_eve = both
    everything = ({one.pk for one in both},) * 2 + ({ada.pk, eve.pk}, {ada.pk, eve.pk, mira.pk})
    with acting_as(mira, role=COACH):
        assert read() == everything
        queries.find_client(mira, Client.objects.get(link_id=of_ada.pk).pk)
        assert read() == ({of_ada.pk}, {of_ada.pk}, {ada.pk}, {ada.pk, mira.pk})
    with acting_as(mira, role=COACH):
        assert read() == everything  # the next page begins anew


def test_nothing_is_widened_by_it(ada, eve, mira, both):
    of_ada, of_eve = both
    strange = link(make_person("tess@example.org"), make_person("noor@example.org"))
    with acting_as(mira, role=COACH):
        CoachLink.restrict_to([of_ada.pk, strange.pk])
        assert read()[0] == {of_ada.pk}
        CoachLink.restrict_to([of_ada.pk, of_eve.pk])
        assert read()[0] == {of_ada.pk}
        CoachLink.restrict_to([])
        assert read() == (set(), set(), set(), {mira.pk})
