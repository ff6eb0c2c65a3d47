"""A form over an owned row also checks the rules that name its owner."""

from datetime import date

import pytest

from journal.privacy.owned_form import OwnedForm
from journal.reflections.models import DailyCheck
from tests.today.factories import make_daily_check

pytestmark = pytest.mark.django_db


class DayForm(OwnedForm):
    class Meta:
        model = DailyCheck
        fields = ("date",)


def form_of(person, day: date, row: DailyCheck | None = None) -> DayForm:
    row = row or DailyCheck(owner=person)
    return DayForm({"date": day, "id": row.pk, "version": row.version}, instance=row)


def test_one_day_twice_is_a_sentence_before_it_is_an_error(ada):
    check = make_daily_check(ada, trust=3)

    form = form_of(ada, check.date)

    assert not form.is_valid()
    assert [error.code for error in form.non_field_errors().as_data()] == ["unique_together"]
    assert form_of(ada, check.date, check).is_valid()


def test_the_same_day_of_someone_else_is_free(ada, eve):
    check = make_daily_check(ada, trust=3)

    assert form_of(eve, check.date).is_valid()
