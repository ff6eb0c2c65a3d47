"""Every page a person can see. One line here, and a page is in every sweep:

- tests/routes/test_bad_input.py posts rubbish to each of its forms,
- tests/architecture/test_translatable.py looks for text that is in no catalogue,
- tests/test_valid_html.py looks for what HTML does not allow,
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
from dataclasses import dataclass, field
from datetime import date, timedelta

from allauth.usersessions.models import UserSession
from django.http.response import HttpResponseBase
from django.test import Client

from journal.people.models import User
from tests.boundaries import showing as boundaries
from tests.decisions import showing as decisions
from tests.lessons import showing as lessons
from tests.makers import make_entry
from tests.markup import Form, forms_of, parse
from tests.promises import showing as promises


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

    def path_for(self, ada: User) -> str:
        return self.path if isinstance(self.path, str) else self.path(ada)


def entry(ada: User) -> str:
    return make_entry(ada, "It took a *week*.\n\n- one\n- two", title="A plan").get_absolute_url()


def journal_of_two_months(ada: User) -> str:
    for days in range(25):
        make_entry(ada, "The quote could wait", written_on=date(2026, 10, 20) - timedelta(days))
    return "/journal/"


def trash(ada: User) -> str:
    make_entry(ada, "No longer needed").trash()
    return "/journal/trash/"


def found_many(ada: User) -> str:
    journal_of_two_months(ada)
    return "/search/"


def invitations(ada: User) -> str:
    ada.is_staff = True
    ada.save(update_fields=["is_staff"])
    return "/accounts/invitations/"


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
    Page("nothing here", "/nothing/here/", visitor=True, status=404),
    Page("nothing here, signed in", "/nothing/here/", status=404),
    Page("today, new", no_zone_yet),
    Page("today", lambda ada: entry(ada) and "/today/"),
    Page("zone taken", no_zone_yet, send="/settings/zone/", fill={"zone": "Europe/Berlin"}),
    Page("settings", "/settings/"),
    Page("settings saved", "/settings/", send="/settings/"),
    Page("settings refused", "/settings/", send="/settings/", fill={"called": "o" * 41}),
    Page("operator", "/accounts/operator/"),
    Page("operator refused", "/accounts/operator/", send="/operator/", fill={"token": "guess"}),
    Page("invitations", invitations),
    Page("invitation made", invitations, send="/invitations/"),
    Page("journal, empty", "/journal/"),
    Page("journal", journal_of_two_months),
    Page("write", "/journal/write/"),
    Page("write refused", "/journal/write/", send="/write/", fill={"written_on": "2999-01-01"}),
    Page("entry", entry),
    Page("entry removed", entry, send="/delete/"),
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
    Page("search", "/search/"),
    Page("search, found", found_many, send="/search/", fill={"q": "quote"}),
    Page("search, nothing", "/search/", send="/search/", fill={"q": "quote"}),
    Page("search refused", "/search/", send="/search/", fill={"q": "", "since": "soon"}),
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
        "promise, rhythm refused", promises.step("rhythm"), send="/rhythm/", fill={"starts_on": "1"}
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
    Page("promise, let go", promises.change("retire")),
    Page("promise, let go refused", promises.change("retire"), send="/retire/"),
    Page("promise, life happened", promises.change("excuse")),
    Page("promises, life happened", "/promises/excuse/", send="/excuse/"),
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
    Page("telling refused", boundaries.part("tell/"), send="/tell/", fill={"told_on": "soon"}),
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
    document, _errors = parse(response.content.decode())
    return forms_of(document)


def form_ending(forms: list[Form], end: str) -> Form:
    return next(form for form in forms if form.action.endswith(end))
