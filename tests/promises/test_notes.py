"""The notes on a promise's page."""

from datetime import timedelta

from journal.people import clock
from tests.promises.factories import answer, make_promise


def test_notes_say_where_older_ones_are(ada, ada_client):
    promise = make_promise(ada)
    today = clock.today(ada)
    answer(
        promise, {today - timedelta(days=days): "kept" for days in range(1, 21)}, note="It rained"
    )
    assert "Older ones are in your export" not in ada_client.get(f"/promises/{promise.pk}/").text

    answer(promise, {today - timedelta(days=21): "kept"}, note="The twenty-first")
    page = ada_client.get(f"/promises/{promise.pk}/").text
    assert "Older ones are in your export" in page
    assert "The twenty-first" not in page
