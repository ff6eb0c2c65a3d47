"""Two pages of one entry: whatever is chosen between them, no field of either side is lost.

The pages are sent as a browser without JavaScript would send them.
"""

import pytest

from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from tests.factories import make_entry
from tests.page import form_ending, forms_on
from tests.reflections.conflicts import (
    CHOICES,
    DAY,
    EARLIER,
    LABELS,
    all_tags,
    choose,
    content,
    in_the_bin,
    page_of,
    send,
)
from tests.reflections.factories import make_own_prompt


@pytest.mark.parametrize("keep", CHOICES)
def test_labels_of_one_page_survive_another_text_of_a_stale_one(ada, ada_client, keep):
    entry = make_entry(ada, "As it began", written_on=DAY)
    here, there = page_of(ada_client, entry), page_of(ada_client, entry)
    labels = {**LABELS, "title": "In the night", "written_on": EARLIER.isoformat()}
    send(ada_client, there, **labels)

    answer = send(ada_client, here, body="Typed here")
    choose(ada_client, answer, keep)

    body = {"mine": "Typed here", "theirs": "As it began"}
    expected = {
        "title": "In the night",
        "body": body.get(keep, "As it began\n\n---\n\nTyped here"),
        "written_on": EARLIER,
        "tags": ["Sleep"],
        "practice": "compassion",
        "intensity": 7,
        "prompt": None,
        "own_prompt": None,
    }
    assert content(entry).items() >= expected.items()
    assert all_tags(ada) == ["Sleep"]


@pytest.mark.parametrize("keep", CHOICES)
def test_labels_of_a_page_that_says_nothing_of_its_beginning_erase_none(ada, ada_client, keep):
    """As a page from before, or a program of one's own, would send it."""
    entry = make_entry(ada, "As it began", written_on=DAY)
    send(ada_client, page_of(ada_client, entry), **LABELS)
    stale = {"title": "", "body": "Typed here", "written_on": DAY.isoformat(), "version": 1}
    stale |= dict.fromkeys(LABELS, "")

    choose(ada_client, ada_client.post(f"/journal/{entry.pk}/edit/", stale), keep)

    found = content(entry)
    assert (found["tags"], found["practice"], found["intensity"]) == (["Sleep"], "compassion", 7)


@pytest.mark.parametrize("keep", CHOICES)
def test_what_each_side_changed_alone_is_kept_whatever_is_chosen(ada, ada_client, keep):
    entry = make_entry(ada, "As it began", written_on=DAY, practice="promises", tagged=["Old"])
    here, there = page_of(ada_client, entry), page_of(ada_client, entry)
    send(ada_client, there, body="From the phone", practice="", intensity="7")

    answer = send(ada_client, here, body="Typed here", tags="Sleep", title="In the night")
    page = answer.content.decode()
    choose(ada_client, answer, keep)

    for shown in ("Sleep", "In the night", "7"):
        assert shown in page
    found = content(entry)
    assert (found["tags"], found["title"]) == (["Sleep"], "In the night")
    assert (found["practice"], found["intensity"]) == ("", 7)


BOTH_CHANGED = {
    "title": ("At home", "On the train"),
    "written_on": ("2026-11-12", "2026-11-13"),
    "practice": ("compassion", "decisions"),
    "intensity": ("7", "2"),
}
SHOWN = {
    "title": ("At home", "On the train"),
    "written_on": ("12 Nov 2026", "13 Nov 2026"),
    "practice": ("Self-compassion", "Decisions"),
    "intensity": ("7", ">2<"),
}


@pytest.mark.parametrize("keep", CHOICES)
@pytest.mark.parametrize("name", BOTH_CHANGED)
def test_where_both_changed_a_field_both_are_shown_and_the_choice_decides(
    ada, ada_client, name, keep
):
    before = {"title": "Once", "practice": "promises", "tagged": ["Old"], "intensity": 1}
    entry = make_entry(ada, "As it began", written_on=DAY, **before)
    here, there = page_of(ada_client, entry), page_of(ada_client, entry)
    mine, theirs = BOTH_CHANGED[name]
    send(ada_client, there, body="From the phone", **{name: theirs})

    answer = send(ada_client, here, body="Typed here", **{name: mine})
    page = answer.content.decode()
    choose(ada_client, answer, keep)

    assert all(shown in page for shown in SHOWN[name])
    assert str(content(entry)[name]) == (mine if keep == "mine" else theirs)
    unchanged = {**content(entry), name: None, "body": None}
    expected = {"title": "Once", "practice": "promises", "tags": ["Old"], "intensity": 1}
    expected |= {"written_on": DAY, "body": None, "prompt": None, "own_prompt": None, name: None}
    assert unchanged.items() >= expected.items()
    if (keep, name) == ("both", "title"):  # it stands above its text
        assert content(entry)["body"].endswith("---\n\nAt home\n\nTyped here")
        assert in_the_bin(ada) == []
        return
    [aside] = in_the_bin(ada)
    assert str(aside[name]) == (theirs if keep == "mine" else mine)
    assert aside["body"] == ("From the phone" if keep == "mine" else "Typed here")
    assert {**aside, name: None, "body": None}.items() >= expected.items()


def test_a_prompt_of_one_side_survives_and_of_two_the_other_goes_aside(ada, ada_client):
    own = make_own_prompt(ada, "What did the sea say?")
    entry = make_entry(ada, "As it began", written_on=DAY)
    stale = {"title": "", "body": "Typed here", "written_on": DAY.isoformat(), "version": 1}
    send(ada_client, page_of(ada_client, entry), prompt=str(own.pk))

    first = ada_client.post(f"/journal/{entry.pk}/edit/", stale)
    second = ada_client.post(f"/journal/{entry.pk}/edit/", {**stale, "prompt": "13"})
    choose(ada_client, first, "both")
    assert (content(entry)["own_prompt"], content(entry)["prompt"]) == (own.pk, None)

    assert "What did the sea say?" in second.content.decode()
    assert "Where did you say yes and mean no?" in second.content.decode()
    stale["version"] = 1
    again = ada_client.post(f"/journal/{entry.pk}/edit/", {**stale, "prompt": "13"})
    choose(ada_client, again, "mine")
    assert (content(entry)["own_prompt"], content(entry)["prompt"]) == (None, 13)
    assert in_the_bin(ada)[-1]["own_prompt"] == own.pk


def test_a_label_alone_does_not_bring_an_old_text_back(ada, ada_client):
    entry = make_entry(ada, "As it began", written_on=DAY)
    here, there = page_of(ada_client, entry), page_of(ada_client, entry)
    send(ada_client, there, body="From the phone", intensity="3")

    answer = send(ada_client, here, tags="Sleep")

    assert answer.url == f"/journal/{entry.pk}/"
    found = content(entry)
    assert (found["body"], found["tags"], found["intensity"]) == ("From the phone", ["Sleep"], 3)
    assert in_the_bin(ada) == []


def test_where_only_a_label_differs_the_text_is_not_doubled(ada, ada_client):
    entry = make_entry(ada, "As it began", written_on=DAY)
    here, there = page_of(ada_client, entry), page_of(ada_client, entry)
    send(ada_client, there, practice="decisions")

    answer = send(ada_client, here, practice="promises")
    assert 'value="both"' not in answer.content.decode()
    choose(ada_client, answer, "both")

    assert (content(entry)["body"], content(entry)["practice"]) == ("As it began", "decisions")
    assert [aside["practice"] for aside in in_the_bin(ada)] == ["promises"]


def test_a_label_that_was_emptied_here_and_stood_there_stays_empty(ada, ada_client):
    entry = make_entry(ada, "As it began", written_on=DAY, tagged=["Old"], intensity=4)
    here, there = page_of(ada_client, entry), page_of(ada_client, entry)
    send(ada_client, there, body="From the phone")

    choose(ada_client, send(ada_client, here, body="Typed here", tags=""), "mine")

    assert (content(entry)["tags"], content(entry)["intensity"]) == ([], 4)


@pytest.mark.parametrize("keep", CHOICES)
def test_a_choice_pressed_twice_or_late_is_made_once(ada, ada_client, keep):
    entry = make_entry(ada, "As it began", written_on=DAY, tagged=["Old"])
    here, there = page_of(ada_client, entry), page_of(ada_client, entry)
    send(ada_client, there, body="From the phone", practice="decisions", intensity="7")
    answer = send(ada_client, here, body="Typed here", practice="promises")

    for _press in range(2):
        choose(ada_client, answer, keep)

    [aside] = in_the_bin(ada)
    mine, theirs = "promises", "decisions"
    chosen, other = (mine, theirs) if keep == "mine" else (theirs, mine)
    assert (content(entry)["practice"], content(entry)["intensity"]) == (chosen, 7)
    assert aside["practice"] == other
    assert content(entry)["body"].count("Typed here") == (keep != "theirs")


def test_a_third_save_before_the_choice_is_asked_about_with_its_labels(ada, ada_client):
    entry = make_entry(ada, "As it began", written_on=DAY)
    here, there = page_of(ada_client, entry), page_of(ada_client, entry)
    send(ada_client, there, body="From the phone")
    answer = send(ada_client, here, body="Typed here", practice="promises")
    later = {"body": "From the desk", "practice": "decisions", "intensity": "9"}
    send(ada_client, page_of(ada_client, entry), **later)
    form = form_ending(forms_on("", answer.content.decode()), "/edit/")

    again = send(ada_client, form, keep="mine")

    page = again.content.decode()
    assert "Promises" in page
    assert "Decisions" in page
    choose(ada_client, again, "mine")
    assert (content(entry)["practice"], content(entry)["intensity"]) == ("promises", 9)
    assert [aside["practice"] for aside in in_the_bin(ada)] == ["decisions"]


@pytest.mark.parametrize("keep", CHOICES)
def test_an_entry_that_was_moved_to_the_bin_comes_back_whole(ada, ada_client, keep):
    entry = make_entry(ada, "As it began", written_on=DAY, tagged=["Old"], intensity=4)
    here = page_of(ada_client, entry)
    entry.trash()

    choose(ada_client, send(ada_client, here, body="Typed here"), keep)

    with acting_as(ada):
        assert [row.pk for row in ada.entries.live()] == [entry.pk]
    assert (content(entry)["tags"], content(entry)["intensity"]) == (["Old"], 4)


def test_a_new_page_sent_again_without_its_labels_keeps_them(ada, ada_client):
    """Back, other words, and Save: the browser forgot the labels, the server did not."""
    posted = {"id": str(uuid7()), "body": "Once", "written_on": DAY.isoformat()}
    ada_client.post("/journal/write/", {**posted, **LABELS})

    answer = ada_client.post("/journal/write/", {**posted, "body": "Once upon a time"})
    blank = dict.fromkeys(LABELS, "")
    choose(ada_client, answer, "both")
    again = ada_client.post("/journal/write/", {**posted, **blank, "body": "Never"})
    choose(ada_client, again, "mine")

    with acting_as(ada):
        [entry] = ada.entries.live()
    assert (content(entry)["tags"], content(entry)["intensity"]) == (["Sleep"], 7)


def test_a_save_that_comes_by_itself_does_not_hide_what_it_did_not_know(ada, ada_client):
    """It says what is stored, but the page shows other labels: it has to be looked at."""
    entry = make_entry(ada, "As it began", written_on=DAY)
    send(ada_client, page_of(ada_client, entry), body="The same", tags="Work")
    stale = {"title": "", "body": "The same", "written_on": DAY.isoformat(), "version": 1}

    answer = ada_client.post(f"/journal/{entry.pk}/autosave/", {**stale, "tags": ""})

    assert answer.status_code == 409
    assert content(entry)["tags"] == ["Work"]


def test_labels_that_autosave_stored_are_the_beginning_of_the_next_save(ada, ada_client):
    """What the page itself stored and takes back is not taken for what it never saw."""
    entry = make_entry(ada, "As it began", written_on=DAY)
    form = page_of(ada_client, entry)
    line = ada_client.post(f"/journal/{entry.pk}/autosave/", {**form.fields, "tags": "Sleep"})
    recorded = {
        name: line.content.decode().partition(f'data-{name}="')[2].partition('"')[0]
        for name in ("version", "base")
    }
    recorded["base"] = recorded["base"].replace("&amp;", "&")
    send(ada_client, page_of(ada_client, entry), body="From the phone")

    answer = send(ada_client, form, **recorded, tags="", body="Typed here")
    choose(ada_client, answer, "mine")

    assert content(entry)["tags"] == []


@pytest.mark.parametrize("base", ["&" * 5000, "%", "tags=", "tags=%00", "title=x&title=y", "é"])
def test_a_forged_beginning_erases_nothing_silently(ada, ada_client, base):
    entry = make_entry(ada, "As it began", written_on=DAY)
    here = page_of(ada_client, entry)
    send(ada_client, page_of(ada_client, entry), body="From the phone", tags="Work")

    answer = send(ada_client, here, base=base, body="Typed here", tags="Sleep")

    assert answer.status_code == 409
    assert (content(entry)["body"], content(entry)["tags"]) == ("From the phone", ["Work"])


def test_eve_can_neither_choose_nor_read(ada, ada_client, eve_client):
    entry = make_entry(ada, "As it began", written_on=DAY)
    here = page_of(ada_client, entry)
    send(ada_client, page_of(ada_client, entry), body="From the phone", tags="Work")
    answer = send(ada_client, here, body="Typed here", tags="Sleep")
    form = form_ending(forms_on("", answer.content.decode()), "/edit/")

    send(eve_client, form, keep="mine")
    assert content(entry)["tags"] == ["Work"]
    del form.fields["account"]  # names ada, so eve's own form would lack it
    assert send(eve_client, form, keep="mine").status_code == 404
    assert content(entry)["tags"] == ["Work"]
