"""When something is wrong: a page in our design, safe headers, and what was typed given back."""

import re
from html import unescape

import pytest
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from journal.people import error_views
from journal.privacy.keys import SealBroken
from journal.reflections.entries.models import Entry
from tests.factories import make_entry
from tests.sweeps.validity import faults_in

TYPED = "Left the message until the morning again.\n<b>Third time.</b>"
URLENCODED = "application/x-www-form-urlencoded"
SECRETS = {
    "password": "my password is this",
    "oldpassword": "my old password",
    "operator_token": "the operator token",
    "api_key": "a key to something",
    "csrfmiddlewaretoken": "c" * 64,
    "next": "/journal/write/",
    "id": "0192f0c1-2345-7abc-8def-0123456789ab",
}


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a word nobody may see")


def seal_breaks(request: HttpRequest) -> HttpResponse:
    raise SealBroken("a word nobody may see")


def database_leaves(request: HttpRequest) -> HttpResponse:
    """The server itself ends this connection in the middle of the request."""
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute("select pg_terminate_backend(pg_backend_pid())")
    return HttpResponse("never")


def database_is_away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("the connection is lost: a word nobody may see")


urlpatterns = [
    path("breaks/", breaks),
    path("seal-breaks/", seal_breaks),
    path("database-leaves/", database_leaves),
    path("healthz", database_is_away),
    path("", include("selftrust.urls")),
]
handler400 = error_views.bad_request
handler403 = error_views.forbidden
handler404 = error_views.not_found
handler429 = error_views.too_many
handler500 = error_views.server_error

with_broken_views = pytest.mark.urls("tests.people.test_error_pages")


def page(answer) -> str:
    return answer.content.decode()


def is_our_page(answer, status: int, heading: str) -> None:
    html = page(answer)
    assert answer.status_code == status
    assert re.findall("<h1>(.*?)</h1>", html) == [heading]
    assert 'href="/static/css/' in html
    assert "Traceback" not in html
    assert "a word nobody may see" not in html
    assert faults_in(html) == []
    has_safe_headers(answer)


def has_safe_headers(answer) -> None:
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "HX-Request" in answer["Vary"]


def gives_back(answer, *words: str) -> None:
    """Exactly these, longest first, escaped, and nothing of the secrets."""
    areas = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page(answer), re.S)
    assert [area.replace("&lt;", "<").replace("&gt;", ">") for area in areas] == list(words)
    assert "<b>Third" not in page(answer)
    assert not [secret for secret in SECRETS.values() if f">{secret}<" in page(answer)]


# --- each status ------------------------------------------------------------------------------


def test_400_a_host_that_is_not_ours(visitor):
    is_our_page(visitor.get("/", headers={"host": "evil.example"}), 400, "We couldn’t read that")


@pytest.mark.parametrize("secure", [False, True])
def test_400_a_host_that_is_not_ours_in_production(visitor, settings, secure):
    settings.SECURE_SSL_REDIRECT = True
    visitor = Client(raise_request_exception=False)

    answer = visitor.get("/", headers={"host": "evil.example"}, secure=secure)

    is_our_page(answer, 400, "We couldn’t read that")


def test_403_without_the_forms_token_gives_the_words_back(ada):
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(ada)

    answer = visitor.post("/journal/write/", {"title": "Morning", "body": TYPED, **SECRETS})

    is_our_page(answer, 403, "That didn’t go through")
    gives_back(answer, TYPED, "Morning")
    assert not ada.entries.exists()


def test_403_from_another_site_gives_the_words_back(ada):
    visitor = Client(enforce_csrf_checks=True)
    visitor.force_login(ada)

    answer = visitor.post(
        "/journal/write/", {"body": TYPED}, headers={"origin": "https://evil.example"}
    )

    gives_back(answer, TYPED)


@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/accounts/signup/", "/accounts/operator/"]
)
def test_403_on_account_pages_gives_nothing_back(db, address):
    form = {"login": "ada@example.org", "token": "the token", "password1": "a secret", "x": TYPED}

    answer = Client(enforce_csrf_checks=True).post(address, form)

    is_our_page(answer, 403, "That didn’t go through")
    gives_back(answer)


def test_404_for_everyone(visitor, db):
    is_our_page(visitor.get("/no/such/page/"), 404, "Page not found")


def test_405_gives_the_words_back_and_says_what_is_allowed(adas_visit):
    answer = adas_visit.post("/journal/", {"body": TYPED, **SECRETS})

    is_our_page(answer, 405, "This page doesn’t work that way")
    gives_back(answer, TYPED)
    assert answer["Allow"] == "GET"


def test_413_gives_back_what_is_too_much(adas_visit):
    words = "word " * 600_000

    answer = adas_visit.post(
        "/journal/write/", f"title=Morning&body={words.replace(' ', '+')}", content_type=URLENCODED
    )

    is_our_page(answer, 413, "That’s too much at once")
    gives_back(answer, words, "Morning")


def test_413_reads_no_more_than_it_can_give_back(adas_visit):
    answer = adas_visit.post(
        "/journal/write/", "body=" + "x" * (4 * 1024 * 1024), content_type=URLENCODED
    )

    is_our_page(answer, 413, "That’s too much at once")
    gives_back(answer)


def test_413_too_much_in_a_form_with_files(adas_visit):
    answer = adas_visit.post("/journal/write/", {"body": "x" * (3 * 1024 * 1024)})

    is_our_page(answer, 413, "That’s too much at once")


def test_413_too_many_fields(adas_visit):
    answer = adas_visit.post("/journal/write/", "a=1&" * 1001, content_type=URLENCODED)

    is_our_page(answer, 413, "That’s too much at once")


@with_broken_views
def test_500_gives_the_words_back_and_shows_nothing_of_the_inside(adas_visit):
    answer = adas_visit.post("/breaks/", {"body": TYPED, **SECRETS})

    is_our_page(answer, 500, "Something went wrong on our side")
    gives_back(answer, TYPED)


@with_broken_views
def test_500_when_a_seal_is_broken_says_so(adas_visit):
    is_our_page(adas_visit.get("/seal-breaks/"), 500, "These words can’t be read")


def test_a_changed_byte_is_one_clear_page(ada, adas_visit):
    entry = make_entry(ada, "Something private")
    table = Entry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"update {table} set body = set_byte(body, 20, get_byte(body, 20) # 1)")

    answer = adas_visit.get(f"/journal/{entry.pk}/")

    is_our_page(answer, 500, "These words can’t be read")


@with_broken_views
def test_503_without_any_database_gives_the_words_back(visitor):
    """pytest-django lets nothing here reach the database: there is no `db` fixture."""
    answer = visitor.post("/healthz", {"body": TYPED, **SECRETS})

    is_our_page(answer, 503, "Back soon")
    gives_back(answer, TYPED)


@with_broken_views
@pytest.mark.django_db(transaction=True)
def test_503_when_the_database_leaves_in_the_middle(adas_visit):
    answer = adas_visit.post("/database-leaves/", {"body": TYPED})

    is_our_page(answer, 503, "Back soon")
    gives_back(answer, TYPED)
    assert adas_visit.get("/journal/").status_code == 200  # and it comes back by itself


@pytest.mark.django_db
def test_503_sends_the_words_again_with_a_token_that_holds(ada, monkeypatch):
    """The database is away from the first look at the session on."""
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)
    visitor.force_login(ada)
    form = hidden_fields(page(visitor.get("/journal/write/", follow=True)))
    written = {**form, "title": "", "body": TYPED, "written_on": "2026-11-19"}
    with monkeypatch.context() as away:
        away.setattr(CursorWrapper, "execute", is_away)
        answer = visitor.post("/journal/write/", written)

    assert answer.status_code == 503
    again = page(answer).split('<form action="/journal/write/" method="post">')[1]
    taken = visitor.post("/journal/write/", hidden_fields(again.split("</form>")[0]))

    assert taken.status_code == 302
    assert ada.entries.get().body == TYPED


@pytest.mark.django_db
def test_alive_without_the_database_but_not_ready(visitor, monkeypatch):
    assert page(visitor.get("/readyz")) == "ready"
    monkeypatch.setattr(CursorWrapper, "execute", is_away)

    assert page(visitor.get("/healthz")) == "ok"
    assert visitor.get("/readyz").status_code == 503


@pytest.mark.django_db
def test_not_ready_where_a_migration_is_missing(visitor):
    """Such as after a restore by hand; one of newer code beside this is no hindrance."""
    MigrationRecorder(connection).record_applied("people", "9999_of_the_next_version")
    assert visitor.get("/readyz").status_code == 200

    MigrationRecorder(connection).record_unapplied("people", "0001_tables")
    assert page(visitor.get("/readyz")) == "migrations are missing"
    assert visitor.get("/readyz").status_code == 503


def is_away(*_arguments: object) -> None:
    raise OperationalError("the server is away")


def hidden_fields(html: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return {name: unescape(value) for name, value in found}


@with_broken_views
def test_503_offers_to_try_again_where_nothing_was_sent(visitor):
    answer = visitor.get("/healthz?page=2")

    assert '<a class="btn" href="/healthz?page=2">Try again</a>' in page(answer)


# --- asked by htmx ----------------------------------------------------------------------------


@with_broken_views
@pytest.mark.parametrize(
    ("address", "status"), [("/no/", 404), ("/breaks/", 500), ("/healthz", 503)]
)
def test_a_part_of_a_page_is_answered_with_a_part(adas_visit, address, status):
    answer = adas_visit.get(address, headers={"hx-request": "true"})

    assert answer.status_code == status
    assert "<html" not in page(answer)
    assert page(answer).count("<h1>") == 1
    has_safe_headers(answer)


def test_no_page_to_sign_in_is_put_into_a_part(client, db):
    answer = client.get(
        "/journal/",
        headers={"hx-request": "true", "hx-current-url": "http://testserver/journal/?before=7"},
    )

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Fjournal%2F%3Fbefore%3D7"


# --- the session is over ----------------------------------------------------------------------


def test_words_sent_after_the_session_ended_stay_in_the_page(client, db):
    answer = client.post("/journal/write/", {"title": "", "body": TYPED, **SECRETS})

    is_our_page(answer, 403, "You’ve been signed out, but your words are still here")
    gives_back(answer, TYPED)
    assert 'target="_blank"' in page(answer)
    assert not client.cookies.get("sessionid")  # nothing of it goes by way of the session


def test_without_words_a_session_that_ended_leads_to_signing_in(client, db):
    answer = client.post("/journal/write/", {})

    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/journal/write/")


def test_words_in_a_part_stay_where_they_are_when_the_session_ended(client, db):
    answer = client.post("/journal/write/", {"body": TYPED}, headers={"hx-request": "true"})

    assert answer.status_code == 403
    assert "HX-Redirect" not in answer
