"""What she looks at before she shares is what her coach reads after it, line by line."""

import pytest
from django.utils.html import escape

from journal.coaching import details, shown
from journal.coaching.kinds import KINDS
from journal.coaching.shown import Item
from journal.privacy.wall import COACH, acting_as
from tests.coaching.making import link, share, sure
from tests.coaching.test_wall import one_of_each
from tests.decisions.making import make_addendum, make_review

pytestmark = pytest.mark.django_db


def read_by(coach, kind) -> list[str]:
    """Everything on the coach's page about the one row they can see."""
    with acting_as(coach, role=COACH):
        item = Item(kind, shown.with_parts(kind).get())
        parts = details.parts(item)
        lines = [*details.lines(item), *(line for part in parts for line in part.lines)]
        return [*(part.heading for part in parts), *(line.text for line in lines)]


@pytest.mark.parametrize("name", KINDS)
def test_everything_that_a_coach_reads_of_it_was_in_the_preview(ada, mira, name):
    row = one_of_each(ada)[name]
    if name == "decision":
        make_review(row, outcome="It lasted", luck="A mild winter")
        make_addendum(row)
    made = link(ada, mira)

    address = f"/sharing/grants/{made.pk}/preview/?item={name}.{row.pk}"
    page = sure(ada).get(address).content.decode()
    share(made, row)

    read = read_by(mira, KINDS[name])
    assert read
    assert [text for text in read if escape(text) not in page] == []
    if name == "decision":
        assert {"Study", "Looking back", "It lasted", "A mild winter"} <= set(read)
