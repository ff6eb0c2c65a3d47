"""Rules that the database keeps, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from tests.boundaries.factories import (
    make_boundary,
    make_crossing,
    make_full_boundary,
    make_telling,
)
from tests.privacy.stored import run


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("area = ''", "boundary_is_whole"),
        ("my_action = null", "boundary_is_whole"),
        ("review_on = null", "boundary_is_whole"),
        ("communication = ''", "boundary_is_whole"),
        ("state = 'draft'", "boundary_draft_until_finished"),
        ("state = 'ready'", "boundary_ready_to_be_said"),
        ("tell_on = '2026-12-01'", "boundary_day_only_if_planned"),
        ("state = 'retired'", "boundary_let_go_on_a_day"),
        ("retired_on = '2026-12-01'", "boundary_let_go_on_a_day"),
    ],
)
def test_a_finished_boundary_stays_whole_in_the_database(ada, change, constraint):
    boundary = make_full_boundary(ada)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        run(f"update boundaries_boundary set {change} where id = %s", boundary.pk)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("what_happened = null", "crossing_has_words"),
        ("follow_up = null", "crossing_day_has_a_next_step"),
        ("result = 'unsafe_to_act'", "crossing_asks_nothing_when_unsafe"),
        ("occurred_on = '0001-01-01'", "crossing_within_living_memory"),
    ],
)
def test_a_crossing_stays_whole_in_the_database(ada, change, constraint):
    make_full_boundary(ada)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        run(f"update boundaries_crossing set {change}")


def test_nothing_hangs_on_another_persons_boundary(ada, eve):
    boundary, telling = make_boundary(ada), make_telling(make_boundary(eve))
    crossing = make_crossing(make_boundary(eve))

    run("set constraints all immediate")
    for row in (telling, crossing):
        move = f"update {row._meta.db_table} set boundary_id = %s where id = %s"
        with pytest.raises(IntegrityError, match="same_owner"), transaction.atomic():
            run(move, boundary.pk, row.pk)
