"""A compiled batch reads what its querysets would have read."""

from datetime import date

import pytest

from journal.privacy import batched_queries
from journal.today.page import BATCH
from journal.today.practices import FACTORIES


@pytest.mark.parametrize("factory", [*BATCH, *FACTORIES])
@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 3, 1), date(2026, 12, 31)])
def test_a_compiled_queryset_is_the_queryset(ada, factory, day):
    batch = batched_queries._compile(type(ada), (factory,))
    params = tuple(batched_queries._bind(one, ada, day, None) for one in batch.params)

    sql, plain = factory(ada, day).query.sql_with_params()

    assert batch.sql == f"select (select json_agg(each) from ({sql}) each)"
    assert params == tuple(plain)
