"""Tags of entries: typed in one line, one tag for one text, renamed, merged and deleted."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict

from journal.privacy.rls import acting_as
from journal.reflections.entries import saving
from journal.reflections.entries.models import EntryTag, Tag
from journal.reflections.entries.tag_names import merged, split_names
from tests.factories import make_entry, tag_of, tags_of
from tests.page import compact, form_ending, forms_on
from tests.reflections.conflicts import page_of
from tests.reflections.rumination.factories import make_answer
from tests.reflections.test_labels import written
from tests.reflections.test_timeline import statements_of

DAY = date(2026, 11, 19)


def names(person):
    with acting_as(person):
        return sorted(tag.name for tag in person.tags.all())


def change(client, entry, **typed):
    """Sends the page on which the entry is changed, as it is now."""
    page = client.get(f"/journal/{entry.pk}/edit/").content.decode()
    form = form_ending(forms_on("", page), "/edit/")
    return lambda **more: client.post(form.action, {**form.fields, **typed, **more})


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("work,  Priya , ,", ["work", "Priya"]),
        ("#work, # sleep", ["work", "sleep"]),
        ("نوم، عمل", ["نوم", "عمل"]),
        ("仕事、睡眠", ["仕事", "睡眠"]),
        ("Work, WORK, wörk", ["Work", "wörk"]),
        ("\u200d, #, \u00ad", []),
    ],
)
def test_a_line_is_names_with_commas_between(line, found):
    assert split_names(line) == found


@pytest.mark.parametrize(
    ("seen", "wanted", "stored", "expected"),
    [
        (["a"], ["b", "a"], ["a"], ["b", "a"]),
        (["a"], ["a", "x"], ["b"], ["b", "x"]),
        (["a", "b"], ["a"], ["a", "b", "c"], ["a", "c"]),
        ([], ["x"], ["A", "X"], ["A", "X"]),
    ],
    ids=["nobody else", "a became b", "b removed here, c added there", "nothing is known"],
)
def test_a_merge_of_names_keeps_what_each_side_changed(seen, wanted, stored, expected):
    assert merged(seen, wanted, stored) == expected


def test_one_text_is_one_tag_whatever_its_case_spaces_and_marks(ada, ada_client):
    first = written(ada_client, tags="Café,  Straße")
    second = written(ada_client, tags="cafe\u0301, STRASSE ,Café")

    assert tags_of(first) == tags_of(second) == ["Café", "Straße"]
    assert names(ada) == ["Café", "Straße"]


def test_eve_has_a_tag_of_the_same_name_for_herself(ada, eve, ada_client, eve_client):
    assert tag_of(written(ada_client, tags="Work")) != tag_of(written(eve_client, tags="Work"))


def test_a_tag_goes_when_no_entry_has_it_any_more(ada, ada_client):
    entry, other = written(ada_client, tags="Old, Sea"), written(ada_client, tags="Both")
    make_entry(ada, tagged=["Both"])
    change(ada_client, entry)(tags="Sea, New")
    change(ada_client, other)(tags="")

    assert names(ada) == ["Both", "New", "Sea"]
    assert (tags_of(entry), tags_of(other)) == (["Sea", "New"], [])


def test_the_pages_of_an_entry_lead_to_others_with_its_tag(ada, ada_client):
    entry = make_entry(ada, "Rain again", tagged=["Sea", "At work"])
    make_entry(ada, "Blossom", tagged=["Sea"])
    page = ada_client.get(f"/journal/{entry.pk}/").content.decode()
    [sea, work] = re.findall(r'href="(/journal/\?tag=[^"]+)"', page)

    assert "Blossom" in compact(ada_client.get(sea))
    assert "#At work" in compact(ada_client.get(sea))
    assert "Blossom" not in compact(ada_client.get(work))


def test_the_line_knows_the_tags_of_before(ada, eve, ada_client):
    make_entry(ada, tagged=["Sea", "At work"])
    make_entry(eve, tagged=["Secret"])

    page = compact(ada_client.get("/journal/write/", follow=True))

    assert page.index('<option value="At work">') < page.index('<option value="Sea">')
    assert "Secret" not in page


@pytest.mark.parametrize("place", [0, 21])
def test_the_database_takes_twenty_tags_and_each_once(ada, place):
    entry = make_entry(ada, tagged=["Sea"])
    rows = [
        ({"tag": tag_of(entry), "place": 2}, "tag_of_an_entry_once"),
        ({"tag": tag_of(make_entry(ada, tagged=["Rain"])), "place": 1}, "per_place"),
        ({"tag": tag_of(make_entry(ada, tagged=["Hail"])), "place": place}, "at_most_twenty"),
    ]
    for fields, rule in rows:
        with pytest.raises(IntegrityError, match=rule), acting_as(ada), transaction.atomic():
            EntryTag.objects.create(owner=ada, entry=entry, **fields)


def tie(person, entry, tag):
    with acting_as(person):
        EntryTag.objects.create(owner=person, entry=entry, tag=tag, place=1)
        connection.check_constraints()


def test_the_database_ties_nobodys_tag_to_anothers_entry(ada, eve):
    mine, eves = make_entry(ada), make_entry(eve, tagged=["Secret"])
    for entry, tag in ((mine, tag_of(eves)), (eves, tag_of(make_entry(ada, tagged=["Sea"])))):
        with pytest.raises(IntegrityError, match="same_owner"), transaction.atomic():
            tie(ada, entry, tag)


# --- the pages of tags


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_counts_entries_in_as_many_statements_for_one_as_for_thirty(
    ada, ada_client, count
):
    for number in range(count):
        make_entry(ada, tagged=["Sea", f"Number {number}"])
    make_entry(ada, tagged=["Sea"]).trash()

    page = compact(ada_client.get("/journal/tags/"))

    assert f'#Sea</span><span class="meta">{count} entr' in page
    assert len(statements_of(ada_client, "/journal/tags/")) == 2  # whose session, tags


def test_a_new_name_shows_on_every_entry(ada, ada_client):
    first, second = make_entry(ada, tagged=["Wrok", "Sea"]), make_entry(ada, tagged=["Wrok"])
    tag = tag_of(first)

    answer = ada_client.post(f"/journal/tags/{tag.pk}/", {"name": " #Work ", "version": 1})

    assert answer.url == "/journal/tags/"
    assert (tags_of(first), tags_of(second)) == (["Work", "Sea"], ["Work"])
    again = ada_client.post(f"/journal/tags/{tag.pk}/", {"name": "WORK", "version": 2})
    assert (again.status_code, names(ada)) == (302, ["Sea", "WORK"])


@pytest.mark.parametrize("name", ["", "#", "x" * 41, "a\0b", "sea"])
def test_a_name_that_cannot_be_is_refused_and_nothing_changes(ada, ada_client, name):
    tag = tag_of(make_entry(ada, tagged=["Work", "Sea"]))

    answer = ada_client.post(f"/journal/tags/{tag.pk}/", {"name": name, "version": 1})

    assert answer.status_code == 200
    assert "#Work" in compact(answer)
    assert ("merge/?into=" in compact(answer)) == (name == "sea")
    assert names(ada) == ["Sea", "Work"]


def test_of_two_pages_the_second_sees_what_the_first_saved(ada, ada_client):
    tag = tag_of(make_entry(ada, tagged=["Work"]))
    address = f"/journal/tags/{tag.pk}/"
    ada_client.post(address, {"name": "Office", "version": 1})

    answer = ada_client.post(address, {"name": "Desk", "version": 1})

    assert answer.status_code == 409
    assert "Office" in compact(answer)
    assert names(ada) == ["Office"]
    assert ada_client.post(address, {"name": "Desk", "version": 2}).status_code == 302
    assert names(ada) == ["Desk"]


def test_a_merge_leaves_one_tag_on_each_entry_and_on_an_answer(ada, ada_client):
    both = make_entry(ada, tagged=["Sea", "Beach", "Sun"])
    one = make_entry(ada, tagged=["Sun", "Beach"])
    make_entry(ada, tagged=["Beach"]).trash()
    sea = tag_of(both)
    with acting_as(ada):
        beach = Tag.named(ada, ["Beach"])[0]
    answer = make_answer(ada, beach)
    address = f"/journal/tags/{beach.pk}/merge/"
    page = compact(ada_client.get(address))
    assert "#Beach" in page
    assert "2 entries" in page

    assert ada_client.post(address, {"into": sea.pk}).url == "/journal/tags/"

    assert (tags_of(both), tags_of(one)) == (["Sea", "Sun"], ["Sun", "Sea"])
    assert names(ada) == ["Sea", "Sun"]
    with acting_as(ada):
        answer.refresh_from_db()
        assert answer.tag == sea


@pytest.mark.parametrize("into", ["", "x", "itself", "eves"])
def test_a_merge_into_what_is_not_there_changes_nothing(ada, eve, ada_client, into):
    tag, eves = tag_of(make_entry(ada, tagged=["Sea"])), tag_of(make_entry(eve, tagged=["Sky"]))
    ids = {"itself": tag.pk, "eves": eves.pk}

    answer = ada_client.post(f"/journal/tags/{tag.pk}/merge/", {"into": ids.get(into, into)})

    assert answer.status_code == 200
    assert (names(ada), names(eve)) == (["Sea"], ["Sky"])


def test_deleting_a_tag_leaves_the_entries(ada, ada_client):
    entry = make_entry(ada, "Rain again", tagged=["Sea", "Sun"])
    address = f"/journal/tags/{tag_of(entry).pk}/delete/"
    page = compact(ada_client.get(address))
    assert "#Sea" in page
    assert "1 entry" in page
    assert names(ada) == ["Sea", "Sun"]

    assert ada_client.post(address).url == "/journal/tags/"

    assert (tags_of(entry), names(ada)) == (["Sun"], ["Sun"])


# --- somebody writes meanwhile


def merge(client, person, one, other):
    with acting_as(person):
        tag, into = Tag.named(person, [one, other])
    assert client.post(f"/journal/tags/{tag.pk}/merge/", {"into": into.pk}).status_code == 302


@pytest.mark.parametrize("more", [{}, {"body": "Typed here"}, {"tags": "Beach, Sun"}])
def test_a_page_opened_before_a_merge_does_not_undo_it(ada, ada_client, more):
    entry = make_entry(ada, tagged=["Beach"], written_on=DAY)
    make_entry(ada, tagged=["Sea"])
    save = change(ada_client, entry)
    merge(ada_client, ada, "Beach", "Sea")

    assert save(**more).status_code == 302

    assert tags_of(entry) == (["Sea", "Sun"] if "tags" in more else ["Sea"])
    assert "Beach" not in names(ada)


def test_a_save_that_a_merge_overtakes_keeps_both(ada, ada_client):
    """It read the tags before the merge, and gets the person's lock after it."""
    entry = make_entry(ada, tagged=["Beach"], written_on=DAY)
    make_entry(ada, tagged=["Sea"])
    posted = QueryDict(mutable=True)
    posted.update({**page_of(ada_client, entry).fields, "tags": "Beach, Sun"})
    with acting_as(ada):
        read = saving.locked(ada, entry.pk)
        assert read.tag_names == ["Beach"]
    merge(ada_client, ada, "Beach", "Sea")

    with acting_as(ada):
        assert saving.save_again(read, posted).status is saving.SaveStatus.SAVED

    assert tags_of(entry) == ["Sea", "Sun"]
    assert names(ada) == ["Sea", "Sun"]


def test_a_page_opened_before_a_tag_was_renamed_or_deleted_leaves_that(ada, ada_client):
    entry = make_entry(ada, tagged=["Beach", "Work"], written_on=DAY)
    save = change(ada_client, entry)
    with acting_as(ada):
        beach, work = Tag.named(ada, ["Beach", "Work"])
    ada_client.post(f"/journal/tags/{beach.pk}/", {"name": "Sea", "version": 1})
    ada_client.post(f"/journal/tags/{work.pk}/delete/")

    save(tags="Beach, Work, Sun")

    assert tags_of(entry) == ["Sea", "Sun"]


# --- addresses from before


@pytest.mark.parametrize("path", ["/journal/", "/journal/write/"])
def test_an_address_with_a_topic_leads_to_its_tag(ada, ada_client, path):
    tag = tag_of(make_entry(ada, tagged=["Sea"]))

    answer = ada_client.get(f"{path}?practice=promises&topic={tag.pk}")

    assert answer.url == f"{path}?practice=promises&tag={tag.pk}"
    assert "Sea" in compact(ada_client.get(answer.url, follow=True))
