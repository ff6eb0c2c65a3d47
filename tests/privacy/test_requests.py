"""The wall around requests: who a request acts as, and what is kept of what it wrote."""

import io
from datetime import timedelta

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from journal.privacy.middleware import RowLevelSecurityMiddleware, role_for
from journal.privacy.rls import COACH, OWNER, PERSON
from journal.reflections.entries.models import Entry
from journal.support import page_copy
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.privacy.stored import actor

with_test_pages = pytest.mark.urls("tests.privacy.pages")


@pytest.fixture
def journals(ada, eve):
    """Two entries of ada's and one of eve's."""
    earlier = timezone.now() - timedelta(hours=1)
    make_entry(ada, "one", created_at=earlier)
    make_entry(ada, "two")
    make_entry(eve, "eve's")


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/accounts/", OWNER),
        ("/accounts/login/", OWNER),
        ("/admin/", OWNER),
        ("/coach/", COACH),
        ("/coach/clients/", COACH),
        ("/", PERSON),
        ("/journal/", PERSON),
        ("/readyz", OWNER),
        ("/accounts", PERSON),
        ("/accountsx/", PERSON),
        ("/accounts-old/login/", PERSON),
        ("//accounts/", PERSON),
        ("/./accounts/", PERSON),
        ("/journal/accounts/", PERSON),
        ("/Accounts/", PERSON),
        ("/ACCOUNTS/login/", PERSON),
        ("/accounts%2Flogin/", PERSON),
        ("/coach", PERSON),
        ("/coaching/", PERSON),
        ("/admin.php", PERSON),
        ("", PERSON),
        ("/healthz", None),
        ("/support/", None),
        ("/healthz/", PERSON),
        ("/healthzz", PERSON),
        ("/support", PERSON),
        ("/support/who/", PERSON),
    ],
)
def test_the_role_of_a_path(path, role):
    assert role_for(path) == role


@with_test_pages
@pytest.mark.parametrize(
    ("asked", "role"),
    [
        ("/who/", "selftrust_person"),
        ("/accountswho/", "selftrust_person"),
        ("/coach/who/", "selftrust_coach"),
        ("/%77ho/", "selftrust_person"),
        ("/%63oach/who/", "selftrust_coach"),
    ],
)
def test_the_database_sees_the_role_of_the_view_that_answers(ada, asked, role):
    assert signed_in(ada).get(asked).content.decode() == f"{role} {ada.pk}"


@with_test_pages
@pytest.mark.parametrize("asked", ["/accounts/who/", "/%61ccounts/who/"])
def test_accounts_keep_the_owners_role(ada, asked):
    login_role, _nobody = actor()

    assert signed_in(ada).get(asked).content.decode() == f"{login_role} {ada.pk}"


@with_test_pages
@pytest.mark.parametrize(
    "asked", ["//accounts/who/", "/accounts%2fwho/", "/accounts/../who/", "/accounts"]
)
def test_what_only_looks_like_accounts(ada, asked):
    """A slash that is encoded is a slash to Django too: view and role are chosen by one path."""
    answer = signed_in(ada).get("/", PATH_INFO=asked)

    if answer.status_code == 200:
        assert role_for(answer.wsgi_request.path_info) == OWNER
    assert answer.content.decode().split(" ")[0] not in {"selftrust_person", "selftrust_coach"}


@with_test_pages
def test_a_prefix_that_the_server_cut_off_does_not_count(ada):
    """Mounted under /accounts, the journal is still the person's."""
    answer = signed_in(ada).get("/who/", SCRIPT_NAME="/accounts")

    assert answer.content.decode() == f"selftrust_person {ada.pk}"


@with_test_pages
def test_without_signing_in_one_acts_as_nobody(journals):
    assert Client().get("/who/").content == b"selftrust_person "
    assert Client().get("/lazy/").content == b""


@with_test_pages
def test_a_template_is_rendered_behind_the_wall(ada, journals):
    assert signed_in(ada).get("/lazy/").content == b"[one][two]"


@with_test_pages
def test_a_stream_is_read_behind_the_wall(ada, journals):
    answer = signed_in(ada).get("/streamed/")

    assert actor()[0] != "selftrust_person"
    assert b"".join(answer.streaming_content) == b"[one][two]"
    assert answer["Content-Type"] == "text/plain"
    assert answer.cookies["seen"].value == "yes"


def test_a_file_that_is_sent_is_closed_at_the_end(ada):
    from tests.privacy.pages import download

    request = RequestFactory().get("/download/")
    request.user, request.file = ada, io.BytesIO(b"words")

    answer = RowLevelSecurityMiddleware(download)(request)

    assert answer["Content-Disposition"] == 'attachment; filename="journal.txt"'
    assert answer.getvalue() == b"words"
    assert not request.file.closed
    answer.close()
    assert request.file.closed


@with_test_pages
@pytest.mark.parametrize(
    ("path", "status"), [("/answers-500/", 500), ("/raises/", 500), ("/raises-404/", 404)]
)
def test_an_answer_that_went_wrong_keeps_nothing(ada, path, status):
    client = signed_in(ada)
    client.raise_request_exception = False
    before = actor()

    assert client.get(path).status_code == status
    assert Entry.objects.count() == 0
    assert actor() == before


@with_test_pages
def test_a_404_page_can_still_read(ada, journals):
    assert signed_in(ada).get("/raises-404/").content == b"nothing; 3 of yours"
    assert Entry.objects.count() == 3


@with_test_pages
def test_an_exception_that_is_only_a_way_to_redirect_keeps_what_was_written(ada):
    assert signed_in(ada).get("/raises-a-redirect/").status_code == 302
    assert [entry.body for entry in Entry.objects.all()] == ["written on the way"]


@with_test_pages
def test_a_broken_rule_that_was_caught_keeps_the_rest(ada):
    assert signed_in(ada).get("/breaks-a-rule/").content == b"refused"
    assert [entry.body for entry in Entry.objects.all()] == ["written on the way"]


@pytest.mark.parametrize("path", ["/support/", "/healthz"])
def test_what_is_always_there_asks_no_database(ada, path, django_assert_num_queries):
    client = signed_in(ada)
    page_copy.refresh()

    with django_assert_num_queries(0):
        assert client.get(path).status_code == 200
