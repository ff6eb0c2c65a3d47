"""What waits in several practices is read in one statement, as if each had been asked alone."""

from datetime import date, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.boundaries import queries as boundaries
from journal.decisions import queries as decisions
from journal.guide.todo_items import ask
from journal.people import clock
from journal.privacy.fields import Sealed
from journal.privacy.keys import data_key
from journal.privacy.rls import acting_as
from journal.reflections.mistakes import queries as mistakes
from tests.boundaries.factories import make_boundary, make_crossing
from tests.reflections.mistakes_factories import make_draft, make_full_mistake

EVERY = (boundaries.waiting, boundaries.following, decisions.waiting, mistakes.waiting)


def test_practices_are_asked_together_and_each_in_its_order(ada, eve):
    today = clock.today(ada)
    for _n in range(2):
        make_draft(ada)
    make_draft(eve, "Hers")
    limit = make_boundary(ada)
    make_crossing(limit, follow_up="Tell Sam", follow_up_on=today)

    with acting_as(ada):
        data_key(ada.pk)  # once a request, whoever needs it first
        with CaptureQueriesContext(connection) as captured:
            found = ask(EVERY, ada, today)

    assert len(captured) == 1
    assert [(icon, one.title) for icon, one in found] == [
        ("bound", "Tell Sam"),
        ("mist", "A mistake"),
        ("mist", "A mistake"),
    ]


def test_a_row_read_so_is_the_row_that_is_stored(ada):
    stored = make_full_mistake(ada)
    with acting_as(ada):
        stored.repair_is_done(done=True)
    rows = []

    def look(row, _day):
        rows.append(row)
        return []

    with acting_as(ada):
        everything = type(mistakes.waiting)(
            "mist", lambda person, _day: person.mistakes.all(), look
        )
        ask([everything], ada, clock.today(ada))
        (row,), plain = rows, ada.mistakes.get()

        for field in row._meta.concrete_fields:
            held = row.__dict__[field.attname]
            assert held == plain.__dict__[field.attname], field.name
        assert isinstance(row.__dict__["what_happened"], Sealed)
        assert (type(row.repair_on), type(row.created_at)) == (date, datetime)
        assert row.what_happened == "what_happened call"
