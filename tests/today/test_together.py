"""What Today asks is put together once; it asks the same as if it were put together each time."""

from datetime import date, timedelta

import pytest

from journal.privacy import together
from journal.reflections.daily import queries as daily
from journal.today.page import BESIDE
from journal.today.practices import PRACTICES

ASKED = [*BESIDE, daily.remembered, *(practice.rows for practice in PRACTICES)]


@pytest.mark.parametrize("question", ASKED, ids=lambda one: f"{one.__module__}.{one.__name__}")
@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 3, 1), date(2026, 12, 31)])
def test_a_remembered_question_is_the_question(ada, question, day):
    statement = together._statement(type(ada), (question,))
    params = tuple(together._in_place(one, ada, day) for one in statement.params)
    ada.welcome_step, ada.zone, ada.day_starts_at = "new", "Asia/Tokyo", 4  # make no difference

    sql, asked = question(ada, day).query.sql_with_params()

    assert statement.sql == f"select (select json_agg(each) from ({sql}) each)"
    assert params == tuple(asked)
    assert all(abs(one - day) < timedelta(days=400) for one in params if isinstance(one, date))
