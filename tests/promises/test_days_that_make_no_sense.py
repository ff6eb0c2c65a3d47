"""The page of a day shows today where the day asked for is beyond any calendar of ours."""

import pytest

from tests.promises.factories import make_promise

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1899-12-31", "nonsense", ""])
def test_a_day_beyond_reason_is_answered_with_a_sentence(ada, ada_client, day):
    promise = make_promise(ada, cadence="times_per_week", times_per_week=3)
    at = f"/promises/{promise.pk}/check-in/"
    answer = ada_client.post(at, {"due_on": day, "status": "kept"})
    assert answer.status_code == 200
    assert 'id="errors"' in answer.content.decode()
    assert ada_client.get(at, {"due_on": day}).status_code == 200
