from datetime import date

import pytest

from journal.privacy.rls import acting_as
from tests.api.factories import program_of
from tests.factories import make_entry
from tests.promises.factories import make_promise

pytestmark = pytest.mark.django_db


def test_words_are_found_page_by_page_and_kept_nowhere(ada):
    for number in range(1, 24):
        make_entry(ada, body=f"<b>Kestrel</b> & {number}", written_on=date(2026, 1, number))
    make_promise(ada, "Look for the kestrel")
    program = program_of(ada, "read")
    asked = {"words": "kestrel", "kind": "entry", "until": "2026-01-22"}
    first = program.ask("post", "search", asked).json()
    assert first["counts"] == {"entry": 22}
    assert (len(first["results"]), first["next"]) == (20, 20)
    second = program.ask("post", "search", asked | {"start": 20}).json()
    assert [one["day"] for one in second["results"]] == ["2026-01-02", "2026-01-01"]
    assert second["next"] is None
    assert second["results"][0]["excerpt"] == "<b>Kestrel</b> & 2"
    every = program.ask("post", "search", {"words": "kestrel"}).json()
    assert every["counts"] == {"entry": 23, "promise": 1}
    with acting_as(ada):
        assert not ada.searches.exists()
