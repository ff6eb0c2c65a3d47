"""Every page a person can see. One line here, and a page is in every sweep:

- tests/routes/test_bad_input.py posts rubbish to each of its forms,
- tests/architecture/test_translatable.py looks for text that is in no catalogue,
- tests/architecture/test_valid_html.py looks for what HTML does not allow,
- tests/e2e/test_every_page.py opens it in a browser: axe by day and by night, on a phone and a
  desk, 320 pixels wide, and nothing in the console.

    Page("promise", lambda ada: make_promise(ada).get_absolute_url()),
    Page("promise renegotiated", promise_page, send="/renegotiate/", fill={"reason": "Too big"}),

A path is text, or a function that makes what the page shows, as ada, and returns its path. With
`send` the page is what answers a form of that page: the one whose action ends in `send`, with
`fill` in its fields (hidden ones too). It is sent as it is, without the browser checking it first,
so this is also how to get the pages with errors on them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from allauth.usersessions.models import UserSession
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone

from journal.people import clock
from journal.people.models import User
from journal.privacy.wall import acting_as
from journal.reflections.entries import timeline
from journal.reflections.prompts.models import Prompt
from journal.support import copy
from tests.boundaries import showing as boundaries
from tests.decisions import showing as decisions
from tests.lessons import showing as lessons
from tests.makers import make_entry
from tests.markup import Form, forms_of, parse
from tests.promises import showing as promises
from tests.reflections import mistakes_showing as mistakes
from tests.reflections import rating_showing as ratings
from tests.reflections.compassion import showing as compassion
from tests.reflections.making import make_changed_entry, make_own_prompt
from tests.support.making import make_one_of_each, make_resource
from tests.today import showing as today

RESOURCES = "/admin/support/supportresource/"


@dataclass(frozen=True)
class Page:
    name: str
    path: str | Callable[[User], str]
    visitor: bool = False  # opened by someone who is not signed in
    send: str = ""
    fill: dict[str, str] = field(default_factory=dict)
    status: int = 200

    def __str__(self) -> str:
        return self.name

    @property
    def stock(self) -> bool:
        """Django's own admin: how its HTML is written, and what it calls things, is not ours."""
        return self.name.startswith("admin")

    def path_for(self, ada: User) -> str:
        return self.path if isinstance(self.path, str) else self.path(ada)


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
        labelled="Work",
        practice="boundaries",
        intensity=4,
        prompt=prompt,
    )
    return entry.get_absolute_url()


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


def prompts(ada: User) -> str:
    own = make_own_prompt(ada, "What did the sea say?", practice="compassion")
    hidden = make_own_prompt(ada, "What did the hill say?")
    with acting_as(ada):
        hidden.hide_from(ada)
        Prompt.objects.first().hide_from(ada)
    return f"/journal/prompts/{own.pk}/"


def all_prompts(ada: User) -> str:
    prompts(ada)
    return "/journal/prompts/"


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


def resource(which: str) -> Callable[[User], str]:
    return lambda ada: as_operator(f"{RESOURCES}{make_resource().pk}/{which}")(ada)


def support(ada: User) -> str:
    make_one_of_each()
    copy.refresh()
    return "/support/"


def no_zone_yet(ada: User) -> str:
    ada.zone = ""
    ada.save(update_fields=["zone"])
    return "/today/"


def started(ada: User) -> str:
    promises.values(ada)
    return "/welcome/values/"


def example(ada: User) -> str:
    ada.example_since = timezone.now()
    ada.save(update_fields=["example_since"])
    return "/journal/"


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
    Page("nothing here", "/nothing/here/", visitor=True, status=404),
    Page("nothing here, signed in", "/nothing/here/", status=404),
    Page("today, new", no_zone_yet),
    Page("today", lambda ada: entry(ada) and "/today/"),
    Page("today, all of it", today.full),
    Page("today, done", today.done),
    Page("today, after a gap", today.back_after_a_gap),
    Page("today, a day before", lambda ada: f"/today/?day={clock.today(ada) - timedelta(days=2)}"),
    Page("today, a day too far back", "/today/?day=2020-01-01"),
    Page("today, saved", today.full, send="/check/", fill={"visit": "none"}),
    Page("today, refused", today.full, send="/check/", fill={"credit": "x" * 201}),
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
    Page("settings saved", "/settings/", send="/settings/"),
    Page("settings refused", "/settings/", send="/settings/", fill={"called": "o" * 41}),
    Page("operator", "/accounts/operator/"),
    Page("operator refused", "/accounts/operator/", send="/operator/", fill={"token": "guess"}),
    Page("operator of this installation", as_operator("/accounts/operator/")),
    Page("admin", as_operator("/admin/")),
    Page("admin of one app", as_operator("/admin/support/")),
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
    Page("write", "/journal/write/"),
    Page("write refused", "/journal/write/", send="/write/", fill={"written_on": "2999-01-01"}),
    Page("write to a prompt", "/journal/write/?prompt=25"),
    Page(
        "write to another prompt", "/journal/write/", send="/write/", fill={"another-prompt": "1"}
    ),
    Page("write, topic refused", "/journal/write/", send="/write/", fill={"topic": "x" * 41}),
    Page("entry", entry),
    Page("entry with labels", labelled_entry),
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
    Page("prompts, none of one's own", "/journal/prompts/"),
    Page("prompts", all_prompts),
    Page("prompts refused", "/journal/prompts/", send="/prompts/", fill={"text": ""}),
    Page("prompt", prompts),
    Page("prompt, two versions", prompts, fill={"version": "7"}, send="/", status=409),
    Page("prompt removed", prompts, send="/delete/"),
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
    Page("values, none yet", "/settings/values/"),
    Page("values", promises.values),
    Page("values refused", promises.values, send="/values/", fill={"name": "calm"}),
    Page("value", promises.value),
    Page("value, two versions", promises.value, fill={"version": "7"}, send="/", status=409),
    Page("value removed", promises.values, send="/delete/"),
    Page("promises, none yet", "/promises/"),
    Page("promises", promises.every_kind),
    Page("promise, a draft let go", promises.every_kind, send="/draft/", fill={"do": "let-go"}),
    Page("promise", promises.told),
    Page("promise by the week", promises.by_the_week),
    Page("promise, once", promises.once),
    Page("promise, how sure again", lambda ada: promises.told(ada) + "?unsure"),
    Page("promise paused", promises.paused),
    Page("promise let go", promises.let_go),
    Page("promise removed", promises.told, send="/delete/"),
    Page("promises removed, none", "/promises/trash/"),
    Page("promises removed", promises.removed),
    Page("promise brought back", promises.removed, send="/restore/"),
    Page("promise, a list", "/promises/new/"),
    Page("promise, a list refused", "/promises/new/", send="/new/", fill={"lines": "x" * 141}),
    Page("promise, which one first", promises.step("list")),
    *[
        Page(f"promise, {slug}", promises.step(slug))
        for slug in ("promise", "why", "rhythm", "smallest", "if-then", "obstacle", "spare-days")
    ],
    Page(
        "promise, rhythm refused",
        promises.step("rhythm"),
        send="/rhythm/",
        fill={"starts_on": "1999-01-01"},
    ),
    Page("promise, if-then refused", promises.step("if-then"), send="/if-then/", fill={"cue": ""}),
    Page(
        "promise, two versions",
        promises.step("if-then"),
        send="/if-then/",
        fill={"version": "7", "cue": "I hang up my coat"},
        status=409,
    ),
    Page("promise, check", promises.step("check")),
    Page("promise, something open", promises.not_whole, send="/check/", fill={"do": "finish"}),
    Page(
        "promise, made", promises.step("check"), send="/check/", fill={"do": "finish", "sure": "4"}
    ),
    Page("promise, enough", promises.step("enough")),
    Page("check-in", promises.check_in),
    Page("check-in refused", promises.check_in, send="/check-in/", fill={"status": "excused"}),
    Page("check-in too early", promises.check_in, send="/check-in/", fill={"due_on": "2999-01-01"}),
    Page("check-in by the week", lambda ada: promises.by_the_week(ada) + "check-in/"),
    Page("promise, smaller", promises.change("renegotiate")),
    Page(
        "promise, smaller refused", promises.change("renegotiate"), send="/", fill={"statement": ""}
    ),
    Page(
        "promise, smaller in two versions",
        promises.change("renegotiate"),
        send="/renegotiate/",
        fill={"version": "7", "statement": "Swim"},
        status=409,
    ),
    Page("promise, pause", promises.change("pause")),
    Page(
        "promise, pause in two versions",
        promises.change("pause"),
        send="/pause/",
        fill={"version": "7"},
        status=409,
    ),
    Page("promise, let go", promises.change("retire")),
    Page("promise, let go refused", promises.change("retire"), send="/retire/"),
    Page("promise, life happened", promises.change("excuse")),
    Page("promises, life happened", "/promises/excuse/", send="/excuse/"),
    Page("mistakes, none yet", "/mistakes/"),
    Page("mistakes", mistakes.every_kind),
    Page("mistakes, earlier ones", mistakes.earlier),
    Page("mistake", mistakes.told),
    Page("mistake, without its lesson", mistakes.without_lesson),
    Page("mistake, at rest", mistakes.at_rest),
    Page("mistake from a promise", mistakes.from_a_promise),
    Page("mistake mended", mistakes.told, send="/repair/"),
    Page("mistake removed", mistakes.told, send="/delete/"),
    Page("mistakes, removed", mistakes.removed),
    Page("mistake, what happened", "/mistakes/new/"),
    Page("mistake, what happened refused", "/mistakes/new/", send="/new/"),
    Page("mistake, after a promise", mistakes.after_a_promise),
    *[
        Page(f"mistake, {slug}", mistakes.step(slug))
        for slug in (
            *("feeling", "conditions", "my-part", "not-mine", "repair", "forgive", "lesson"),
            *("apply", "check"),
        )
    ],
    Page(
        "mistake, repair refused",
        mistakes.step("repair"),
        send="/repair/",
        fill={"repair_on": "2020-01-01"},
    ),
    Page("mistake, areas refused", mistakes.step("apply"), send="/apply/"),
    Page(
        "mistake, two versions",
        mistakes.step("event"),
        send="/event/",
        fill={"version": "7", "what_happened": "Something else"},
        status=409,
    ),
    Page("mistake, kept", mistakes.step("check"), send="/check/", fill={"do": "finish"}),
    Page("mistake, put at rest", mistakes.rest),
    Page("mistake, put at rest refused", mistakes.rest, send="/rest/", fill={"version": "x"}),
    Page("entry about mistakes", "/journal/write/?practice=mistakes"),
    Page("boundaries, none yet", "/boundaries/"),
    Page("boundaries", boundaries.every_kind),
    Page("boundary", boundaries.told),
    Page("boundary, not said yet", boundaries.ready),
    Page("boundary, private", boundaries.private),
    Page("boundary, looked at again", boundaries.under_review),
    Page("boundary, let go", boundaries.let_go),
    Page("boundary removed", boundaries.told, send="/delete/"),
    Page("boundaries, removed", boundaries.removed),
    Page("boundary, the area", "/boundaries/new/"),
    Page("boundary, the area refused", "/boundaries/new/", send="/new/"),
    *[
        Page(f"boundary, {slug}", boundaries.step(slug))
        for slug in (
            *("limit", "why", "my-action", "safety", "facts", "impact", "ask", "benefit"),
            *("if-pushed", "tell", "check"),
        )
    ],
    Page("boundary, safety refused", boundaries.step("safety"), send="/safety/"),
    Page(
        "boundary, kept private", boundaries.step("safety"), send="/safety/", fill={"risk": "yes"}
    ),
    Page(
        "boundary, words asked about",
        boundaries.step("facts"),
        send="/facts/",
        fill={"situation": "extra-work", "do": "start"},
    ),
    Page("boundary, day refused", boundaries.step("tell"), send="/tell/", fill=boundaries.LONG_AGO),
    Page(
        "boundary, two versions",
        boundaries.step("limit"),
        send="/limit/",
        fill={"version": "7", "limit": "No calls after eight"},
        status=409,
    ),
    Page("boundary, made", boundaries.step("check"), send="/check/", fill={"do": "finish"}),
    Page("boundary, an answer changed", boundaries.answer("limit")),
    Page("telling", boundaries.part("tell/")),
    Page(
        "telling refused", boundaries.part("tell/"), send="/tell/", fill={"told_on": "2999-01-01"}
    ),
    Page("telling, changed", boundaries.telling),
    Page("crossing", boundaries.part("crossings/new/")),
    Page("crossing refused", boundaries.part("crossings/new/"), send="/new/"),
    Page("crossing, changed", boundaries.crossing("")),
    Page("crossing, next step done", boundaries.told, send="/follow-up/"),
    Page("script, renewed", boundaries.crossing("script/")),
    Page(
        "script, in two versions",
        boundaries.crossing("script/"),
        send="/script/",
        fill={"version": "1", "ask": "Please write"},
        status=409,
    ),
    Page("boundary, review", boundaries.part("review/")),
    Page("boundary, let it go", boundaries.part("retire/")),
    Page("self-compassion, none yet", "/self-compassion/"),
    Page("self-compassion", compassion.every_kind),
    Page("hard moment", compassion.full),
    Page("hard moment, a break", compassion.a_break),
    Page("hard moment, a letter", compassion.a_letter),
    Page("hard moment, sharper", compassion.sharper),
    Page("hard moment, act done", compassion.full, send="/kind-action/"),
    Page("hard moment removed", compassion.full, send="/delete/"),
    Page("hard moments, removed", compassion.removed),
    Page("hard moment, begun", "/self-compassion/new/?mode=full"),
    Page("hard moment, from a promise", compassion.from_a_promise),
    Page("hard moment, refused", "/self-compassion/new/", send="/new/"),
    *[
        Page(f"hard moment, {slug}", compassion.step(slug))
        for slug in (
            *("trigger", "critic", "feeling", "evidence", "friend", "shared", "kinder"),
            *("kind-action", "after", "check", "enough"),
        )
    ],
    Page("hard moment, the letter", compassion.letter_step),
    Page(
        "hard moment, feeling refused",
        compassion.step("feeling"),
        send="/feeling/",
        fill={"feeling": "other", "feeling_other": ""},
    ),
    Page("kind words, hidden", compassion.step("kinder"), send="/kinder/", fill={"do": "no-3"}),
    Page("kind words, used", compassion.step("kinder"), send="/kinder/", fill={"do": "use-3"}),
    Page(
        "hard moment, two versions",
        compassion.step("critic"),
        send="/critic/",
        fill={"version": "7", "critical_thought": "You are slow"},
        status=409,
    ),
    Page(
        "hard moment, grown sharper",
        compassion.step("after"),
        send="/after/",
        fill={"intensity_after": "9"},
    ),
    Page("hard moment, kept", compassion.step("check"), send="/check/", fill={"do": "finish"}),
    Page("hard moment, an answer changed", compassion.answer("kinder")),
    *[
        Page(f"getting started, {slug}", f"/welcome/{slug}/")
        for slug in ("welcome", "values", "picture", "reminders", "begin")
    ],
    Page("getting started, values chosen", started, send="/values/"),
    Page("getting started, values refused", started, send="/values/", fill={"own": "calm" * 11}),
    Page(
        "getting started, reminders refused",
        "/welcome/reminders/",
        send="/reminders/",
        fill={"often": "daily", "remind_at": "late"},
    ),
    Page("getting started, picture taken before", ratings.picture("/welcome/picture/")),
    Page("getting started, all told", ratings.picture("/welcome/begin/")),
    Page("getting started, left", "/welcome/values/", send="/values/", fill={"do": "stop"}),
    Page("reminders", "/settings/reminders/"),
    Page(
        "reminders refused",
        "/settings/reminders/",
        send="/reminders/",
        fill={"often": "daily", "remind_at": ""},
    ),
    Page("picture", "/rating/"),
    Page("picture refused", "/rating/", send="/rating/"),
    Page("picture, changed today", ratings.picture_of_today),
    Page(
        "picture, two versions",
        ratings.picture_of_today,
        send="/rating/",
        fill={"version": "7", "q1": "5"},
        status=409,
    ),
    Page("pictures", ratings.pictures),
    Page("picture removed", ratings.pictures, send="/delete/"),
    Page("example person", example),
    Page("lessons, none yet", "/lessons/"),
    Page("lessons", lessons.every_kind),
    Page("lessons of one area", lambda ada: lessons.every_kind(ada) + "?area=family"),
    Page(
        "todays lesson, answered", lessons.every_kind, send="/return/", fill={"answer": "came_up"}
    ),
    Page("lesson, new", "/lessons/new/"),
    Page("lesson, from a starter", "/lessons/new/?start=4"),
    Page("lesson refused", "/lessons/new/", send="/new/", fill={"if_situation": "x" * 141}),
    Page("lesson", lessons.used),
    Page("lesson let go", lessons.used, send="/retire/"),
    Page("lesson removed", lessons.used, send="/delete/"),
    Page("lesson, change", lambda ada: lessons.used(ada) + "edit/"),
    Page(
        "lesson, two versions",
        lambda ada: lessons.used(ada) + "edit/",
        send="/edit/",
        fill={"version": "7", "then_action": "wait"},
        status=409,
    ),
    Page("lesson, turned up", lambda ada: lessons.used(ada) + "used/"),
    Page(
        "lesson, turned up refused",
        lambda ada: lessons.used(ada) + "used/",
        send="/used/",
        fill={"used_on": "2999-01-01"},
    ),
    Page("use of a lesson", lessons.one_use),
    Page(
        "use in two versions",
        lessons.one_use,
        send="/",
        fill={"version": "7", "result": "partly"},
        status=409,
    ),
    Page("use removed", lessons.one_use, send="/delete/"),
    Page("promise from a lesson", lessons.promise),
    Page("promise with threads", lessons.kept_promise),
    Page("decisions, none yet", "/decisions/"),
    Page("decisions", decisions.every_kind),
    Page("decision, due", decisions.due),
    Page("decision, nothing predicted", decisions.decided),
    Page("decision, unlucky", decisions.unlucky),
    Page("decision, mixed", decisions.mixed),
    Page("decision, review begun", decisions.review_begun),
    Page("decision, dropped", decisions.dropped),
    Page("decision, dropped early", decisions.dropped_as_a_question),
    Page("decision, asked again later", decisions.due, send="/later/"),
    Page("decision removed", decisions.due, send="/delete/"),
    Page("decisions removed", decisions.removed),
    Page("decision, question", "/decisions/new/"),
    Page("decision, question refused", "/decisions/new/", send="/new/"),
    *[
        Page(f"decision, {slug}", decisions.step(slug))
        for slug in (
            *("values", "state", "options", "weigh", "information", "distance", "premortem"),
            *("cool-off", "choice", "prediction", "review-date", "check"),
        )
    ],
    Page(
        "decision, one option only",
        decisions.step("options"),
        send="/options/",
        fill={"name-1": "", "name-2": ""},
    ),
    Page(
        "decision, one more option", decisions.step("options"), send="/options/", fill={"do": "add"}
    ),
    Page(
        "decision, options in two versions",
        decisions.step("options"),
        send="/options/",
        fill={"version": "7", "name-2": "Write"},
        status=409,
    ),
    Page("decision, while waiting", decisions.waiting_choice),
    Page(
        "decision, certain",
        decisions.step("prediction"),
        send="/prediction/",
        fill={"confidence": "100"},
    ),
    Page(
        "decision, wait refused",
        decisions.step("cool-off"),
        send="/cool-off/",
        fill={"cooling_off_until": "2020-01-01T10:00"},
    ),
    Page("decision, made", decisions.step("check"), send="/check/", fill={"do": "finish"}),
    *[
        Page(f"review, {slug}", decisions.review(slug))
        for slug in ("process", "prediction", "outcome", "lesson", "check")
    ],
    Page("review, process refused", decisions.review("process"), send="/process/"),
    Page("later thought", decisions.thought),
    Page("later thought refused", decisions.thought, send="/new/"),
    Page("sign in", "/accounts/login/", visitor=True),
    Page(
        "sign in refused",
        "/accounts/login/",
        visitor=True,
        send="/login/",
        fill={"login": "ada@example.org", "password": "wrong"},
    ),
    Page("sign up", "/accounts/signup/", visitor=True),
    Page("sign out", "/accounts/logout/"),
    Page("confirm it is you", "/accounts/reauthenticate/"),
    Page("email address", "/accounts/email/"),
    Page("confirm your address", "/accounts/confirm-email/", visitor=True),
    Page("address link unknown", "/accounts/confirm-email/no-such-key/", visitor=True),
    Page("change password", "/accounts/password/change/"),
    Page("change password refused", "/accounts/password/change/", send="/change/"),
    Page("reset password", "/accounts/password/reset/", visitor=True),
    Page("reset password sent", "/accounts/password/reset/done/", visitor=True),
    Page("reset link unknown", "/accounts/password/reset/key/1-x-y/", visitor=True),
    Page("password is reset", "/accounts/password/reset/key/done/", visitor=True),
    Page("account closed", "/accounts/inactive/", visitor=True),
    Page("where you are signed in", "/accounts/sessions/"),
    Page("where you are signed in, twice", signed_in_twice),
]


def visit(client: Client, page: Page, ada: User) -> HttpResponseBase:
    """The page as Django's test client sees it: its form sent if it has one, redirects followed."""
    path = page.path_for(ada)
    response = client.get(path, follow=True)
    if page.send:
        form = form_ending(forms_in(response), page.send)
        response = client.post(form.action, {**form.fields, **page.fill}, follow=True)
    assert response.status_code == page.status, f"{page}: {response.status_code}"
    return response


def forms_in(response: HttpResponseBase) -> list[Form]:
    """A form without an address sends to the page it is on."""
    document, _errors = parse(response.content.decode())
    here = response.request["PATH_INFO"]
    return [replace(form, action=form.action or here) for form in forms_of(document)]


def form_ending(forms: list[Form], end: str) -> Form:
    return next(form for form in forms if form.action.endswith(end))
