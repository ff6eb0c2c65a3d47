"""Writing, quick note, favourites, a year, a book, installing; a part of tests/pages.py."""

from uuid import uuid4

from journal.book.forms import Chapter
from journal.people import clock
from journal.people.models import User
from tests.decisions.factories import make_decision, make_review
from tests.factories import make_entry
from tests.lessons.factories import make_lesson, make_use
from tests.page import Page
from tests.promises.factories import answer, make_promise
from tests.reflections.compassion.factories import make_moment
from tests.reflections.mistakes_factories import make_mistake
from tests.today.factories import make_daily_check


def note_to_sort(ada: User) -> str:
    make_entry(ada, "The four seconds after “by Friday at noon”.", unsorted=True)
    return "/capture/"


def favourite(ada: User) -> str:
    entry = make_entry(ada, "I said no, and the roof stayed on.", title="No", favourite=True)
    return entry.get_absolute_url()


def year(ada: User) -> str:
    entry = make_entry(ada, "One. " * 90, practice="promises")
    make_daily_check(ada, trust=3)
    return f"/journal/year/{entry.written_on.year}/"


def book(ada: User) -> str:
    """Of this year, with all that can go in; the line of its favourite on the cover."""
    entry = make_entry(ada, "# Once\n\n" + "One. " * 90, title="Shed", favourite=True)
    promise = make_promise(ada)
    answer(promise, {clock.today(ada): "kept"})
    make_use(make_lesson(ada))
    make_review(make_decision(ada), outcome="We share the garden now.")
    make_moment(ada, kinder_thought="Anyone would have")
    make_mistake(ada)
    day = clock.today(ada)
    ticks = "&".join(f"in={one}" for one in Chapter.values)
    return f"/journal/book/?from={day:%Y}-01-01&to={day}&paper=a5&{ticks}&cover={entry.pk}"


CAPTURE = [
    Page("write", "/journal/write/"),
    Page("write refused", "/journal/write/", send="/write/", fill={"written_on": "2999-01-01"}),
    Page("write to a prompt", "/journal/write/?prompt=25"),
    Page("install", "/settings/install/"),
    Page(
        "install, name refused",
        "/settings/install/",
        send="/settings/install/",
        fill={"app_name": "x"},
    ),
    Page(
        "install, name changed elsewhere",
        "/settings/install/",
        send="/settings/install/",
        fill={"app_name": "notes", "shown": "0"},
        status=409,
    ),
    Page("offer to install", "/today/offers/install/"),
    Page("offer of what has grown", "/today/offers/grown/"),
    Page("quick note", note_to_sort),
    Page("quick note, nothing typed", "/capture/", send="/capture/", fill={"body": " "}),
    Page("quick note, too long", "/capture/", send="/capture/", fill={"body": "A word. " * 2600}),
    Page("quick note, shared with photos", f"/capture/?shared={uuid4()}&photos=1"),
    Page("journal, notes to sort", lambda ada: note_to_sort(ada) and "/journal/?unsorted=1"),
    Page("journal, favourites", lambda ada: favourite(ada) and "/journal/?favourite=1"),
    Page("journal, no favourites", lambda ada: note_to_sort(ada) and "/journal/?favourite=1"),
    Page("journal, no photos", lambda ada: note_to_sort(ada) and "/journal/?photos=1"),
    Page("journal, a year", year),
    Page("journal, a year without anything", "/journal/year/1987/"),
    Page("book, nothing in it", "/journal/book/"),
    Page("book", book),
    Page("book, the end before the start", "/journal/book/?from=2026-03-01&to=2026-02-01&paper=a4"),
    Page("search that is over", f"/search/{uuid4()}/", status=404),
]
