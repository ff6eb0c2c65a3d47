"""A row is validated by one statement for all its checks; which of them failed is said of each."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from journal.privacy import check_constraints
from tests.promises.factories import make_promise


@pytest.fixture
def promise(as_ada):
    return make_promise(as_ada)


def test_one_statement_where_all_hold(promise):
    with CaptureQueriesContext(connection) as captured:
        promise.validate_constraints()

    assert len([one for one in captured if '"_check"' in one["sql"]]) == 1


def test_each_that_fails_is_said_as_django_says_it(promise):
    promise.state = "retired"  # without a reason or a day

    expected = []
    for model, constraints in models.Model.get_constraints(promise):
        for constraint in constraints:
            try:
                constraint.validate(model, promise)
            except ValidationError as error:
                expected += error.messages
    with pytest.raises(ValidationError) as refused:
        promise.validate_constraints()

    assert len(expected) == 2
    assert "Choose a reason." in expected
    assert refused.value.messages == expected


def test_what_names_an_excluded_field_is_not_asked_and_the_rest_is(promise):
    promise.state = "retired"
    promise.validate_constraints(exclude={"state"})

    promise.reserve_per_month = 9
    with pytest.raises(ValidationError) as refused:
        promise.validate_constraints(exclude={"state"})

    assert refused.value.messages == ["Constraint “promise_reserve_at_most_six” is violated."]


def test_the_compiled_statement_serves_other_values_and_not_other_nulls(promise):
    promise.reserve_per_month = 5
    promise.validate_constraints()
    compiled = check_constraints._compiled.cache_info().misses
    promise.reserve_per_month = 6
    promise.validate_constraints()
    promise.reserve_per_month = 7
    with pytest.raises(ValidationError, match="promise_reserve_at_most_six"):
        promise.validate_constraints()
    assert check_constraints._compiled.cache_info().misses == compiled

    promise.reserve_per_month = 6
    promise.state, promise.ended_on = "retired", promise.starts_on
    with pytest.raises(ValidationError, match="Choose a reason"):
        promise.validate_constraints()
