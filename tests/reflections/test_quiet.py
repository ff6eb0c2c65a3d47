"""What a person wrote in a hard hour, or marked so, comes up nowhere by itself."""

import pytest

from journal.people import clock
from journal.privacy.rls import acting_as
from journal.sharing.sharing_options import recent_options
from tests.boundaries.factories import make_draft as draft_boundary
from tests.coaching.coach_client import browser_of
from tests.coaching.factories import link, share
from tests.decisions.factories import make_open
from tests.factories import make_entry
from tests.page import compact
from tests.promises.factories import make_draft as draft_promise
from tests.reflections.compassion.factories import make_draft as draft_moment
from tests.reflections.mistakes_factories import make_draft as draft_mistake
from tests.reflections.rumination.factories import keep_writing

CRISIS = "I want to die tonight."
WRITE = "/journal/write/"


def written(client, **fields: str) -> None:
    client.post(WRITE, {"body": CRISIS, "written_on": "2026-11-19", **fields})


def test_an_entry_saved_by_the_button_for_too_much_is_no_headline(ada, ada_client):
    written(ada_client, do="enough", title="The end")

    assert ada.entries.get().quiet
    today = compact(ada_client.get("/today/"))
    assert "die tonight" not in today
    assert "The end" not in today
    assert "Earlier entries" not in today
    assert "The end" in compact(ada_client.get("/journal/"))
    assert "The end" in compact(ada_client.post("/search/", {"q": "die"}, follow=True))


def test_the_button_marks_what_autosave_had_saved_before(ada, ada_client):
    entry = make_entry(ada, CRISIS)
    same = {"body": CRISIS, "written_on": str(entry.written_on), "version": str(entry.version)}

    ada_client.post(f"/journal/{entry.pk}/edit/", {**same, "do": "enough"})

    entry.refresh_from_db()
    assert (entry.quiet, entry.body) == (True, CRISIS)


def test_the_button_marks_the_part_that_could_be_saved(ada, ada_client):
    """The title is too long, so the page that follows carries it."""
    written(ada_client, do="enough", title="x" * 200)

    assert ada.entries.get().quiet


def test_a_person_marks_an_entry_and_takes_the_mark_off(ada, ada_client):
    written(ada_client, title="Hard", quiet="on", **{"on-page": "quiet"})
    entry = ada.entries.get()
    assert entry.quiet
    edit = f"/journal/{entry.pk}/edit/"
    ticked = next(tag for tag in compact(ada_client.get(edit)).split("<") if 'id="id_quiet"' in tag)
    assert "checked" in ticked
    same = {"body": CRISIS, "title": "Hard", "written_on": "2026-11-19"}

    ada_client.post(edit, {**same, "version": entry.version})  # a page that does not know the box
    entry.refresh_from_db()
    assert entry.quiet

    ada_client.post(edit, {**same, "version": entry.version, "on-page": "quiet"})
    entry.refresh_from_db()
    assert not entry.quiet
    assert "The last one: " in compact(ada_client.get("/today/"))


def test_it_is_not_among_what_was_written_on_this_day(ada, ada_client):
    today = clock.today(ada)
    make_entry(ada, "A lake", written_on=today.replace(year=today.year - 1))
    make_entry(ada, CRISIS, written_on=today.replace(year=today.year - 2), quiet=True)

    page = compact(ada_client.get("/journal/"))

    assert "A year ago today" in page  # and not "On this day", which it says of several years


def test_no_subject_comes_back_because_of_it(ada, ada_client):
    keep_writing(ada, "Quokka", 5, 6, 7)
    assert "Quokka" in compact(ada_client.get("/practices/"))
    with acting_as(ada):
        ada.entries.update(quiet=True)

    assert "Quokka" not in compact(ada_client.get("/practices/"))


@pytest.mark.parametrize("address", ["/today/", "/practices/"])
@pytest.mark.parametrize(
    ("make", "name"),
    [
        (draft_boundary, "New boundary"),
        (draft_moment, "A hard moment"),
        (draft_promise, "New promise"),
        (draft_mistake, "A mistake"),
        (lambda person, words: make_open(person, words, state="draft"), "New decision"),
    ],
)
def test_a_draft_waits_under_the_name_of_its_practice(ada, ada_client, address, make, name):
    """Its words may be from a hard hour: "This is too much right now" leaves a draft."""
    make(ada, CRISIS)

    page = compact(ada_client.get(address))

    assert "die tonight" not in page
    assert name in page


def test_sharing_does_not_offer_it_unless_it_is_asked_for(ada, mira, ada_client):
    made = link(ada, mira)
    entry = make_entry(ada, CRISIS, quiet=True)
    with acting_as(ada):
        assert not recent_options(made).things
    assert "die tonight" in compact(ada_client.get(f"{made.get_absolute_url()}?older=entry"))
    assert "die tonight" not in compact(browser_of(mira).get("/coach/shared/entry/"))

    share(made, entry)

    assert "die tonight" in compact(browser_of(mira).get("/coach/shared/entry/"))


def test_no_page_has_words_of_it_in_its_title(ada, ada_client):
    """Titles stand in the browser's history."""
    entry = make_entry(ada, CRISIS, title="The end", quiet=True)
    for address in ("", "edit/", "earlier/", "print/"):
        page = ada_client.get(f"/journal/{entry.pk}/{address}").content.decode()
        title = page.partition("<title>")[2].partition("</title>")[0]
        assert "die" not in title
        assert "The end" not in title
