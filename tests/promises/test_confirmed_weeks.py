"""A week that was told too early can be opened again."""

from datetime import date

import time_machine

from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.page import compact
from tests.promises.factories import make_promise

NOW = "2026-11-19T20:00:00+01:00"
LONG_AGO = date(2026, 9, 7)


@time_machine.travel(NOW, tick=False)
def test_a_confirmed_week_is_open_again_for_seven_days(ada, ada_client, eve_client):
    swim = make_promise(ada, starts_on=LONG_AGO, cadence="times_per_week", times_per_week=3)
    address = f"/promises/{swim.pk}/week/"
    undo = f"{address}2026-11-09/undo/"
    ada_client.post(address, {"week_start": "2026-11-09"})

    assert f'action="{undo}"' in compact(ada_client.get(f"/promises/{swim.pk}/"))
    assert eve_client.post(undo).status_code == 404
    with acting_as(ada):
        assert swim.confirmations.count() == 1
    for _twice in range(2):
        ada_client.post(undo)
    with acting_as(ada):
        assert swim.confirmations.count() == 0

    ada_client.post(address, {"week_start": "2026-11-09"})
    with time_machine.travel("2026-11-27T20:00:00+01:00"):
        answered = signed_in(ada).post(undo, follow=True)
    assert "more than 7 days ago" in compact(answered)
    with acting_as(ada):
        assert swim.confirmations.count() == 1
