"""Out of the trash there are two ways: back, or gone for good after one more question."""

from journal.privacy.rls import acting_as
from tests.factories import make_entry
from tests.privacy.stored import run
from tests.reflections.factories import make_changed_entry
from tests.reflections.test_timeline import statements_of


def stored():
    return {row[0] for row in run("select id from entries_entry")}


def test_one_entry_is_deleted_for_good_with_all_that_hangs_on_it(ada, ada_client):
    entry = make_changed_entry(ada, "Before", "Out of here", tagged=["Old"])
    kept = make_entry(ada, "Stays", tagged=["New"])
    entry.trash()

    asked = ada_client.get(f"/journal/{entry.pk}/remove/").content.decode()
    assert "Out of here" in asked
    assert stored() == {entry.pk, kept.pk}
    answer = ada_client.post(f"/journal/{entry.pk}/remove/")

    assert answer.url == "/journal/trash/"
    assert stored() == {kept.pk}
    assert run("select count(*) from entries_earlierversion") == [(0,)]
    with acting_as(ada):
        assert [tag.name for tag in ada.tags.all()] == ["New"]


def test_what_is_in_the_journal_is_not_deleted_for_good(ada, ada_client):
    entry = make_entry(ada)

    assert ada_client.post(f"/journal/{entry.pk}/remove/").status_code == 404
    assert stored() == {entry.pk}


def test_the_trash_is_emptied_of_ones_own(ada, eve, ada_client):
    live, eves = make_entry(ada), make_entry(eve)
    eves.trash()
    for _number in range(3):
        make_entry(ada).trash()

    page = ada_client.get("/journal/trash/empty/").content.decode()
    assert "3 entries will be deleted for good" in page
    page = ada_client.post("/journal/trash/empty/", follow=True).content.decode()

    assert "3 entries deleted for good." in page
    assert stored() == {live.pk, eves.pk}


def test_the_trash_takes_as_many_statements_for_one_as_for_thirty(ada, ada_client):
    counts = []
    for more in (1, 29):
        for _number in range(more):
            make_entry(ada).trash()
        counts.append(len(statements_of(ada_client, "/journal/trash/")))

    assert counts == [2, 2]  # whose session, entries


def test_more_than_a_hundred_says_so(ada, ada_client):
    for _number in range(101):
        make_entry(ada).trash()

    assert "the latest hundred" in ada_client.get("/journal/trash/").content.decode()
