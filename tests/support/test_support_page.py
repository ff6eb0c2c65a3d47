"""Need support now? It is there for everyone, always, and leaves no trace."""

import json
import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, ProgrammingError, transaction
from django.db.backends.utils import CursorWrapper
from django.test import Client

from journal.support import page_copy
from journal.support.models import SupportResource
from tests.page import undirected
from tests.people.test_error_pages import has_safe_headers
from tests.privacy.stored import run
from tests.support.factories import make_one_of_each, make_resource


def page(answer) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", undirected(answer.content.decode()))


def words(answer) -> str:
    main = re.search(r"<main.*</main>", page(answer))[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


@pytest.fixture
def database_down(monkeypatch):
    """No statement gets through any more, as when PostgreSQL has gone."""

    def refuse(*_arguments):
        raise OperationalError("the server is away")

    def start() -> None:
        monkeypatch.setattr(CursorWrapper, "execute", refuse)
        monkeypatch.setattr(page_copy._copy, "asked_at", None)

    return start


@pytest.mark.django_db
def test_numbers_are_grouped_with_the_most_urgent_first(client, settings):
    settings.COUNTRIES = ["TR"]
    make_one_of_each()

    html = page(client.get("/support/"))

    headings = re.findall(r"<h[23][^>]*>(.*?)</h[23]>", html)
    assert headings == [
        "Türkiye",
        "In immediate danger",
        "In immediate danger",
        "Emergency services",
        "Someone to talk to now",
        "Text a Friend",
        "The Listening Line",
        "When someone close makes you unsafe",
        "A Safe Door",
        "More support",
        "Advice Corner",
        "How to find help where you are",
        "Find A Helpline",
        "IASP crisis centres and helplines",
        "Befrienders Worldwide",
        "Is someone looking over your shoulder?",
    ]


@pytest.mark.django_db
def test_a_number_is_one_tap_away_and_says_when_it_was_verified(client):
    make_resource(phone="+44 (0)20-7946 0000", text="*12# 3", hours="Day and night")

    html = page(client.get("/support/"))

    assert '<a href="tel:+442079460000">Call +44 (0)20-7946 0000</a>' in html
    assert '<a href="sms:*12%233">Text *12# 3</a>' in html
    assert "Day and night. Verified 2 Nov 2026." in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/support/", "/accounts/signup/", "/no/such/page/", "/today/", "/journal/write/"]
)
def test_leaving_quickly_is_everywhere_and_says_what_it_cannot_do(client, ada_client, path):
    someone = ada_client if path in ("/today/", "/journal/write/") else client
    html = someone.get(path, follow=True).content.decode()

    links = re.findall("<a [^>]*data-leave>", html)
    assert links
    for link in links:
        assert 'rel="noreferrer noopener"' in link
        assert 'title="Opens a neutral page. It cannot erase your browser’s history."' in link


@pytest.mark.django_db
def test_whoever_needs_help_reads_what_leaving_cannot_do(ada_client):
    text = words(ada_client.get("/support/"))
    assert "cannot erase your browser’s history" in text
    assert "you stay signed in" in text


@pytest.mark.django_db
def test_it_is_the_same_for_everyone(client, ada_client, operator_client):
    make_one_of_each()

    assert page(client.get("/support/")) == page(ada_client.get("/support/"))
    assert page(client.get("/support/")) == page(operator_client.get("/support/"))


@pytest.mark.django_db
def test_it_leaves_no_cookie_no_session_and_no_trace(client, settings):
    answer = client.get("/support/")

    assert answer.cookies == {}
    assert "Cookie" not in answer["Vary"]
    assert answer["Cache-Control"] == "no-store"  # a shared computer keeps no copy of it
    has_safe_headers(answer)
    assert run("select count(*) from django_session") == [(0,)]
    loaded = re.findall(r'(?:src|href)="([^"]+)"', re.search("<head.*?</head>", page(answer))[0])
    assert {address.split("/")[1] for address in loaded} == {"static"}


@pytest.mark.django_db
def test_a_session_that_is_there_is_not_even_read(ada, ada_client):
    page_copy.refresh()
    Client().get("/support/")

    answer = ada_client.get("/support/")

    assert not answer.wsgi_request.session.accessed


# --- the last good copy -----------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("signed_in", [True, False])
def test_with_the_database_down_the_last_good_copy_is_shown(
    client, ada_client, database_down, signed_in
):
    make_resource("The Listening Line")
    visitor = ada_client if signed_in else client
    before = page(visitor.get("/support/"))

    database_down()

    assert "The Listening Line" in before
    assert page(visitor.get("/support/")) == before
    assert page(visitor.get("/support/")) == before


@pytest.mark.django_db
def test_a_process_that_starts_with_the_database_down_has_the_copy_too(
    client, database_down, monkeypatch
):
    make_resource("The Listening Line")
    client.get("/support/")

    monkeypatch.setattr(page_copy, "_copy", page_copy.Copy())
    database_down()

    assert "The Listening Line" in words(client.get("/support/"))


@pytest.mark.django_db
def test_with_no_copy_at_all_and_no_database_it_still_names_numbers(client, database_down):
    database_down()

    answer = client.get("/support/")

    assert 'href="tel:116123"' in page(answer)
    assert "How to find help where you are" in words(answer)
    has_safe_headers(answer)


@pytest.mark.parametrize(
    "torn", ["", "{", "null", "[1]", '{"name": 1}', '{"resources": [{"called": "x"}]}', "[]"]
)
@pytest.mark.django_db
def test_a_copy_that_cannot_be_read_is_made_anew(client, support_copy, torn):
    make_resource("The Listening Line")
    support_copy.write_text(torn)

    assert "The Listening Line" in words(client.get("/support/"))
    copied = json.loads(support_copy.read_text())["resources"]
    assert [row["name"] for row in copied] == ["The Listening Line"]


@pytest.mark.django_db
def test_a_folder_that_may_not_be_written_to_is_no_obstacle(client, monkeypatch, tmp_path):
    make_resource("The Listening Line")
    monkeypatch.setattr(page_copy, "path", lambda: tmp_path / "not" / "there" / "support.json")

    assert "The Listening Line" in words(client.get("/support/"))


@pytest.mark.django_db
def test_what_another_process_wrote_is_shown_at_once(client, monkeypatch):
    page_copy.refresh()
    client.get("/support/")
    mine = page_copy._copy

    monkeypatch.setattr(page_copy, "_copy", page_copy.Copy())
    make_resource("The Listening Line")
    page_copy.refresh()
    monkeypatch.setattr(page_copy, "_copy", mine)

    assert "The Listening Line" in words(client.get("/support/"))


@pytest.mark.django_db
def test_a_change_made_past_the_admin_is_there_a_minute_later(client, monkeypatch):
    resource = make_resource("The Listening Line")
    client.get("/support/")
    SupportResource.objects.filter(pk=resource.pk).update(name="The Other Line")

    assert "The Listening Line" in words(client.get("/support/"))
    monkeypatch.setattr(page_copy._copy, "asked_at", page_copy._copy.asked_at - page_copy.GOOD_FOR)
    client.get("/support/")  # the answer first, then the look at the database
    assert "The Other Line" in words(client.get("/support/"))


@pytest.mark.django_db
def test_the_copy_holds_no_word_of_a_persons(ada, ada_client, support_copy):
    ada.called = "zanzibarquokka"
    ada.save(update_fields=["called"])
    ada_client.post("/journal/write/", {"body": "zanzibarquokka", "written_on": "2026-11-01"})
    make_resource()

    ada_client.get("/support/")

    assert "zanzibarquokka" not in support_copy.read_text()
    assert set(json.loads(support_copy.read_text())["resources"][0]) == {
        field.attname for field in SupportResource._meta.concrete_fields
    }


# --- the rules of the table -------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["selftrust_person", "selftrust_coach"])
def test_everyone_may_read_and_nobody_but_the_operator_write(role):
    make_resource("The Listening Line")
    run(f"set local role {role}")

    assert run("select name from support_supportresource") == [("The Listening Line",)]
    for statement in (
        "insert into support_supportresource (name) values ('x')",
        "update support_supportresource set phone = '1'",
        "delete from support_supportresource",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            run(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"phone": ""}, "Say how to reach it: phone, text message or website."),
        ({"phone": "call Jo"}, "Enter a number as you dial it"),
        ({"phone": "12\u0663"}, "Enter a number as you dial it"),
        ({"text": "HELP to 12"}, "Enter a number as you dial it"),
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"verified_on": date(2999, 1, 1)}, "Enter a date that isn’t in the future."),
        ({"kind": "other"}, "is not a valid choice"),
    ],
)
def test_what_cannot_be_right_is_refused(fields, sentence):
    given = {"kind": "crisis", "phone": "0123 456", "verified_on": date(2026, 11, 2), **fields}

    with pytest.raises(ValidationError, match=re.escape(sentence)):
        SupportResource(name="The Listening Line", **given).full_clean()
