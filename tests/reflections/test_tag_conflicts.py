"""Tags set in two tabs: each side keeps its own, and neither is asked about."""

import pytest

from tests.factories import make_entry
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
