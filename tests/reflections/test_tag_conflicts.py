"""Tags set in two tabs: each side keeps its own, and neither is asked about."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict

from journal.privacy.rls import acting_as
from journal.reflections.entries import saving
from tests.factories import make_entry, tag_of
from tests.reflections.conflicts import (
    CHOICES,
    DAY,
    all_tags,
    choose,
    content,
    in_the_bin,
    page_of,
    send,
)


def test_tags_of_both_pages_stay_and_nobody_is_asked(ada, ada_client):
    entry = make_entry(ada, "As it began", written_on=DAY, tagged=["Old", "Sea", "Work"])
    here, there = page_of(ada_client, entry), page_of(ada_client, entry)
    send(ada_client, there, tags="Old, Work, Rain")

    answer = send(ada_client, here, tags="SEA, work, Sleep")

    assert answer.url == f"/journal/{entry.pk}/"
    assert content(entry)["tags"] == ["Work", "Rain", "Sleep"]
    assert (all_tags(ada), in_the_bin(ada)) == (["Rain", "Sleep", "Work"], [])


@pytest.mark.parametrize("keep", CHOICES)
def test_tags_of_both_pages_stay_whatever_is_chosen(ada, ada_client, keep):
    entry = make_entry(ada, "As it began", written_on=DAY, tagged=["Old"])
    here, there = page_of(ada_client, entry), page_of(ada_client, entry)
    send(ada_client, there, body="From the phone", tags="Old, Work")

    answer = send(ada_client, here, body="Typed here", tags="Old, Sleep")
    assert "Old, Work, Sleep" in answer.content.decode()
    choose(ada_client, answer, keep)

    assert content(entry)["tags"] == ["Old", "Work", "Sleep"]


def test_an_autosave_that_merged_tags_has_the_page_say_so(ada, ada_client):
    """Else the next save of that page would remove the tags that it does not show."""
    entry = make_entry(ada, "As it began", written_on=DAY)
    form = page_of(ada_client, entry)
    send(ada_client, page_of(ada_client, entry), tags="Work")

    typed = {**form.fields, "tags": "Sleep"}
    assert ada_client.post(f"/journal/{entry.pk}/autosave/", typed).status_code == 409
    assert send(ada_client, form, tags="Sleep").status_code == 302

    assert content(entry)["tags"] == ["Work", "Sleep"]


def test_more_than_twenty_of_both_pages_are_refused_and_none_is_dropped(ada, ada_client):
    entry = make_entry(ada, "As it began", written_on=DAY, tagged=["Old"])
    here, there = page_of(ada_client, entry), page_of(ada_client, entry)
    twenty = ["Old", *(f"Tag {number}" for number in range(19))]
    send(ada_client, there, tags=", ".join(twenty))

    answer = send(ada_client, here, tags="Old, Sleep")

    page = answer.content.decode()
    assert "An entry can have up to 20 tags." in page
    assert f'value="{", ".join([*twenty, "Sleep"])}"' in page
    assert content(entry)["tags"] == twenty


def test_a_tag_renamed_while_the_entry_is_saved_leaves_out_none(ada, ada_client):
    """The entry was read before another request renamed the tag that this page takes away."""
    twenty = [f"Tag {number}" for number in range(20)]
    entry = make_entry(ada, "As it began", written_on=DAY, tagged=twenty)
    form, posted = page_of(ada_client, entry), QueryDict(mutable=True)
    posted.update({**form.fields, "tags": ", ".join([*twenty[1:], "Sleep"])})
    with acting_as(ada):
        read = saving.locked(ada, entry.pk)
        assert read.tag_names == twenty
        renamed = tag_of(entry)
        renamed.name = "Renamed"
        renamed.save()
        result = saving.save_again(read, posted)

    assert result.status is saving.SaveStatus.INVALID
    assert result.form.errors["tags"] == ["An entry can have up to 20 tags."]
    assert result.form["tags"].value() == ", ".join(["Renamed", *twenty[1:], "Sleep"])
    assert content(entry)["tags"] == ["Renamed", *twenty[1:]]


def test_more_tags_than_fit_are_never_cut(ada):
    """Whoever assigns them without a form."""
    names = [f"Tag {number}" for number in range(21)]
    with pytest.raises(IntegrityError, match="at_most_twenty"), transaction.atomic():
        make_entry(ada, tagged=names)


def test_twenty_one_tags_are_refused_at_every_door_and_come_back(ada, ada_client):
    entry = make_entry(ada, "As it began", written_on=DAY, tagged=["Old"])
    line = ", ".join(f"Tag {number}" for number in range(21))
    typed = {**page_of(ada_client, entry).fields, "tags": line}
    new = {"id": str(uuid4()), "body": "Typed here", "written_on": DAY.isoformat(), "tags": line}
    doors = {
        "/journal/write/": (new, 200),
        "/journal/write/?split": ({**new, "body": "x" * 20_001, "do": "split"}, 200),
        f"/journal/{entry.pk}/edit/": (typed, 200),
        f"/journal/{entry.pk}/edit/?both": ({**typed, "mine": "Typed", "keep": "both"}, 200),
        f"/journal/{entry.pk}/autosave/": (typed, 422),
        f"/journal/{uuid4()}/autosave/": (new, 422),
        "/offline/outbox/": ({**new, "kind": "entry"}, 422),
    }
    for address, (fields, status) in doors.items():
        answer = ada_client.post(address, fields)
        page = answer.content.decode()
        assert answer.status_code == status, address
        assert "An entry can have up to 20 tags." in page, address
        assert status == 422 or f'value="{line}"' in page, address

    assert content(entry)["tags"] == ["Old"]
    assert all_tags(ada) == ["Old"]
    assert ada.entries.count() == 1
