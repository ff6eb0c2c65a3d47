"""No word of a lesson lies open: not in a table, a session or a log."""

import pytest

from journal.lessons.models import Lesson, LessonUse
from journal.people import clock
from tests.privacy.stored import run
from tests.promises.test_sealed import CANARY, TABLES, word


@pytest.mark.django_db
def test_every_word_is_sealed_where_it_is_stored(ada, ada_client, caplog):
    caplog.set_level("DEBUG", "journal")
    today = clock.today(ada)
    rule = {"if_situation": word("if"), "then_action": word("then"), "areas": ["work"]}
    assert ada_client.post("/lessons/new/", rule).status_code == 302
    lesson = Lesson.objects.get()
    address = lesson.get_absolute_url()
    changed = {**rule, "version": 1, "then_action": word("changed")}
    assert ada_client.post(f"{address}edit/", changed).status_code == 302
    stale = {**rule, "version": 1, "then_action": word("stale")}
    assert ada_client.post(f"{address}edit/", stale).status_code == 409
    use = {"used_on": today, "result": "helped", "note": word("note")}
    assert ada_client.post(f"{address}used/", use).status_code == 302
    refused = {**use, "result": "", "note": word("refused")}
    assert ada_client.post(f"{address}used/", refused).status_code == 200
    recorded = {**use, "version": 1, "note": word("corrected")}
    found = LessonUse.objects.get()
    assert ada_client.post(f"/lessons/uses/{found.pk}/", recorded).status_code == 302
    assert ada_client.post(f"{address}delete/").status_code == 302
    assert ada_client.post(f"{address}restore/").status_code == 302

    assert ada_client.get(address).content.decode().count(CANARY) >= 3
    for (table,) in run(TABLES):
        rows = "\n".join(row[0] for row in run(f'select t::text from "{table}" t'))
        assert CANARY not in rows, table
        assert CANARY.encode().hex() not in rows, table
    assert CANARY not in caplog.text
    assert CANARY not in f"{lesson!r}{found!r}"
