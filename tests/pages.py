"""Every page a person can see. One line here, and tests/sweeps opens it once in a browser:

- axe by day and by night, on a phone and a desk, 320 pixels wide, and nothing in the console,
- no text that is in no catalogue, and nothing that HTML does not allow,
- rubbish in each of its forms and behind its address.

    Page("promise", lambda ada: make_promise(ada).get_absolute_url()),
    Page("promise renegotiated", promise_page, send="/renegotiate/", fill={"reason": "Too big"}),

A path is text, or a function that makes what the page shows, as ada, and returns its path. With
`send` the page is what answers a form of that page: the one whose action ends in `send`, with
`fill` in its fields (hidden ones too). It is sent as it is, without the browser checking it first,
so this is also how to get the pages with errors on them.
"""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

from allauth.usersessions.models import UserSession
from django.test import Client

from journal.audit.events import EventOutcome, What
from journal.audit.recording import record
from journal.help.sources import SOURCES
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.entries import timeline
from journal.reflections.entries.prompts.models import Prompt
from journal.support import page_copy
from tests.factories import make_entry
from tests.page import Page
from tests.pages_of_accounts import PAGES_OF_ACCOUNTS
from tests.pages_of_boundaries import BOUNDARIES
from tests.pages_of_capture import CAPTURE
from tests.pages_of_coaching import AREA
from tests.pages_of_compassion import COMPASSION
from tests.pages_of_decisions import DECISIONS
from tests.pages_of_exchange import EXCHANGE
from tests.pages_of_insights import INSIGHTS_PAGES
from tests.pages_of_lessons import LESSONS
from tests.pages_of_mistakes import MISTAKES
from tests.pages_of_photos import PHOTOS
from tests.pages_of_promises import PROMISES
from tests.pages_of_prompts import PROMPTS
from tests.pages_of_reminders import REMINDERS
from tests.pages_of_sharing import SHARING
from tests.pages_of_weeks import WEEKS
from tests.pages_of_welcome import WELCOME
from tests.reflections.factories import make_changed_entry
from tests.reflections.rumination import page_states as rumination
from tests.support.factories import make_one_of_each, make_resource
from tests.today import page_states as today

RESOURCES = "/admin/support/supportresource/"
EVERY_MARKUP = """It took a *week*, and ~~not~~ **one** [call](https://example.org/a-page).

## What I said

1. one
2. two

- one
  - two

> I will answer on Friday

| day | said |
|---|---|
| Monday | nothing, for once, and then nothing again |

```
a_line_of_code_that_is_longer_than_the_narrowest_screen_is_wide_by_some_way = 12
```

---

https://example.org/an/address/that/is/longer/than/the/narrowest/screen/is/wide
"""


def entry(ada: User) -> str:
    return make_entry(ada, EVERY_MARKUP, title="A plan").get_absolute_url()


def journal_of_two_months(ada: User) -> str:
    for days in range(25):
        make_entry(ada, "The quote could wait", written_on=date(2026, 10, 20) - timedelta(days))
    return "/journal/"


def labelled_entry(ada: User) -> str:
    with acting_as(ada):
        prompt = Prompt.objects.filter(practice="boundaries").first()
    entry = make_entry(
        ada,
        "I waited before I answered.",
        tagged=["Work"],
        practice="boundaries",
        intensity=4,
        prompt=prompt,
    )
    return entry.get_absolute_url()


def too_much_markdown(ada: User) -> str:
    return make_entry(ada, "[" * 15_000).get_absolute_url()


def journal_looking_back(ada: User) -> str:
    today = clock.today(ada)
    make_entry(ada, "I rested", written_on=timeline.days_years_ago(today, 1)[0])
    labelled_entry(ada)
    return "/journal/"


def changed_entry(ada: User) -> str:
    return make_changed_entry(ada, "It was late", "It was not late").get_absolute_url()


def printed(ada: User) -> str:
    address = labelled_entry(ada)
    entry(ada)
    return f"/journal/print/?from=2026-01-01&to={clock.today(ada)}" if address else ""


def trash(ada: User) -> str:
    make_entry(ada, "No longer needed").trash()
    return "/journal/trash/"


def removed_entry(ada: User) -> str:
    entry = make_entry(ada, "No longer needed")
    entry.trash()
    return f"{entry.get_absolute_url()}remove/"


def found_many(ada: User) -> str:
    journal_of_two_months(ada)
    return "/search/"


def as_operator(path: str, make: Callable[[], object] | None = None) -> Callable[[User], str]:
    def open_as(ada: User) -> str:
        ada.is_staff = True
        ada.save(update_fields=["is_staff"])
        if make:
            make()
        return path

    return open_as


def make_log() -> None:
    """A line of each kind, and enough of them for another page."""
    for number, what in enumerate([*What] * 3):
        record(what, uuid4() if number % 3 else None, accounts=number, rows=12_345)
    record(What.RESTORE, backup_of=1_764_500_000, accounts=3)
    record(What.ROTATE_KEY, outcome=EventOutcome.FAILED)


def resource(which: str) -> Callable[[User], str]:
    return lambda ada: as_operator(f"{RESOURCES}{make_resource().pk}/{which}")(ada)


def support(ada: User) -> str:
    make_one_of_each()
    page_copy.refresh()
    return "/support/"


def no_zone_yet(ada: User) -> str:
    ada.zone = ""
    ada.save(update_fields=["zone"])
    return "/today/"


def signed_in_twice(ada: User) -> str:
    for browser in ("Firefox on a laptop", ""):
        client = Client()
        client.force_login(ada)
        key = client.session.session_key
        UserSession.objects.create(user=ada, session_key=key, ip="203.0.113.7", user_agent=browser)
    return "/accounts/sessions/"


PAGES = [
    Page("landing", "/", visitor=True),
    Page("support", "/support/", visitor=True),
    Page("support, signed in", "/support/"),
    Page("support, with numbers", support, visitor=True),
    Page("support, one country", "/support/?country=SE", visitor=True),
    Page("help", "/help/"),
    Page("help, keyboard", "/help/keyboard/"),
    *[Page(f"help, {slug}", f"/help/{slug}/") for slug in SOURCES],
    Page("nothing here", "/nothing/here/", visitor=True, status=404),
    Page("nothing here, signed in", "/nothing/here/", status=404),
    Page("today, new", no_zone_yet),
    Page("today", lambda ada: entry(ada) and "/today/"),
    Page("today, all of it", today.full),
    Page("today, done", today.done),
    Page("today, the first promise", today.first_promise),
    Page("today, the first promise unanswered", today.first_promise, send="/check/"),
    Page("today, after a gap", today.back_after_a_gap),
    Page("today, after a gap refused", today.back_after_a_gap, send="/back/", fill={"again": "x"}),
    Page("today, last night", today.last_night),
    Page("today, a day before", lambda ada: f"/today/?day={clock.today(ada) - timedelta(days=2)}"),
    Page("today, a day too far back", "/today/?day=2020-01-01"),
    Page("today, saved", today.full, send="/check/", fill={"visit": "none"}),
    Page("today, refused", today.full, send="/check/", fill={"credit": "x" * 201}),
    Page("practices, something keeps coming back", rumination.tag),
    Page("practices, a mistake keeps coming back", rumination.mistake),
    Page("practices, set aside", rumination.tag, send="/answer/", fill={"do": "aside"}),
    Page("practices, never again", rumination.tag, send="/answer/", fill={"do": "never"}),
    Page("practices, what was set aside", rumination.back),
    Page("practices, let lie", rumination.back, send="/let-lie/"),
    Page(
        "today, left open",
        "/today/",
        send="/check/",
        fill={"date": "2026-01-01", "seen": "2026-01-01", "credit": "I said no"},
        status=409,
    ),
    Page("practices", today.practices),
    Page("zone taken", no_zone_yet, send="/settings/zone/", fill={"zone": "Europe/Berlin"}),
    Page("settings", "/settings/"),
    Page("settings saved", "/settings/", send="#calendar"),
    Page("settings, no suggestions", rumination.turned_off),
    Page(
        "settings changed elsewhere",
        "/settings/",
        send="#name",
        fill={"called": "Countess", "shown": "another page"},
        status=409,
    ),
    Page("settings refused", "/settings/", send="#name", fill={"called": "o" * 41}),
    Page("operator", "/accounts/operator/"),
    Page("operator refused", "/accounts/operator/", send="/operator/", fill={"token": "guess"}),
    Page("operator of this installation", as_operator("/accounts/operator/")),
    Page("health of this installation", as_operator("/accounts/operator/health/")),
    Page("operator's log, empty", as_operator("/accounts/operator/log/")),
    Page("operator's log", as_operator("/accounts/operator/log/", make_log)),
    Page(
        "health, another recovery key",
        as_operator("/accounts/operator/health/"),
        send="/health/",
        fill={"beginning": "guess1"},
    ),
    Page("admin", as_operator("/admin/")),
    Page("admin of one app", as_operator("/admin/support/")),
    Page("admin starter list", as_operator("/admin/support/supportresource/starter/")),
    Page("admin list, empty", as_operator("/admin/support/supportresource/")),
    Page("admin list", as_operator(RESOURCES, make_one_of_each)),
    Page("admin list, nothing chosen", as_operator(RESOURCES, make_one_of_each), send=RESOURCES),
    Page("admin add", as_operator(f"{RESOURCES}add/")),
    Page("admin add refused", as_operator(f"{RESOURCES}add/"), send="/add/"),
    Page("admin change", resource("change/")),
    Page("admin delete", resource("delete/")),
    Page("admin deleted", resource("delete/"), send="/delete/"),
    Page("admin history", resource("history/")),
    Page("invitations", as_operator("/accounts/invitations/")),
    Page("invitation made", as_operator("/accounts/invitations/"), send="/invitations/"),
    Page("journal, empty", "/journal/"),
    Page("journal", journal_of_two_months),
    Page(
        "write to another prompt", "/journal/write/", send="/write/", fill={"another-prompt": "1"}
    ),
    Page("write, with a template", "/journal/write/", send="/write/", fill={"template": "talk"}),
    Page(
        "write, with a preview",
        "/journal/write/",
        send="/write/",
        fill={"preview": "1", "body": "**Bold** and _slanted_"},
    ),
    Page("write as an observer", rumination.observer),
    Page("write, tag refused", "/journal/write/", send="/write/", fill={"tags": "x" * 41}),
    Page("entry", entry),
    Page("entry with labels", labelled_entry),
    Page("entry with too much Markdown", too_much_markdown),
    Page("entry that keeps coming back", rumination.entry),
    Page("entry, add a link", lambda ada: entry(ada) + "links/"),
    Page("entry with labels, change", lambda ada: labelled_entry(ada) + "edit/"),
    Page("earlier versions, none", lambda ada: entry(ada) + "earlier/"),
    Page("earlier versions", lambda ada: changed_entry(ada) + "earlier/"),
    Page("earlier version", lambda ada: changed_entry(ada) + "earlier/1/"),
    Page(
        "earlier version brought back",
        lambda ada: changed_entry(ada) + "earlier/1/",
        send="/bring-back/",
    ),
    Page("journal, looking back", journal_looking_back),
    Page("journal, narrowed", lambda ada: journal_looking_back(ada) + "?practice=boundaries"),
    Page("journal, narrowed to nothing", lambda ada: entry(ada) and "/journal/?month=1999-01"),
    Page("journal on paper, which days", "/journal/print/"),
    Page("journal on paper", printed),
    Page("journal on paper, nothing", "/journal/print/?from=1999-01-01&to=1999-01-02"),
    Page("journal on paper, refused", "/journal/print/?from=2026-02-01&to=2026-01-01"),
    Page("entry removed", entry, send="/delete/"),
    Page("enough for now", lambda ada: "/journal/enough/"),
    Page(
        "enough for now, not all saved",
        "/journal/write/",
        send="/write/",
        fill={"do": "enough", "body": "One thing", "title": "t" * 121},
    ),
    Page("entry, change", lambda ada: entry(ada) + "edit/"),
    Page(
        "entry, two versions",
        lambda ada: entry(ada) + "edit/",
        send="/edit/",
        fill={"version": "7", "body": "It took two weeks."},
        status=409,
    ),
    Page("trash, empty", "/journal/trash/"),
    Page("trash", trash),
    Page("entry brought back", trash, send="/restore/"),
    Page("delete for good", removed_entry),
    Page("deleted for good", removed_entry, send="/remove/"),
    Page("empty the trash", lambda ada: trash(ada) + "empty/"),
    Page("trash emptied", lambda ada: trash(ada) + "empty/", send="/empty/"),
    Page("search", "/search/"),
    Page("search, found", found_many, send="/search/", fill={"q": "quote"}),
    Page("search, nothing", "/search/", send="/search/", fill={"q": "quote"}),
    Page("search refused", "/search/", send="/search/", fill={"q": ""}),
    *WELCOME,
    *PROMISES,
    *REMINDERS,
    *MISTAKES,
    *BOUNDARIES,
    *COMPASSION,
    *CAPTURE,
    *PHOTOS,
    *PROMPTS,
    *LESSONS,
    *DECISIONS,
    *PAGES_OF_ACCOUNTS,
    *WEEKS,
    *EXCHANGE,
    *SHARING,
    *INSIGHTS_PAGES,
    *AREA,
    Page("where you are signed in", "/accounts/sessions/"),
    Page("where you are signed in, twice", signed_in_twice),
]
