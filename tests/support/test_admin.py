"""The operator keeps the support page up to date, and sees no one's words on the way."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client

from journal.people.models import User
from journal.privacy.ownership import OwnedModel, words_of
from journal.reflections.entries.prompts.models import Prompt
from journal.sharing.models import CoachLink, Team
from journal.support.models import SupportResource
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.support.factories import make_one_of_each, make_resource

LIST = "/admin/support/supportresource/"
FORM = {
    "kind": "crisis",
    "name": "The Listening Line",
    "phone": "0123 456",
    "text": "",
    "url": "www.example.org",
    "region": "",
    "hours": "",
    "languages": "",
    "verified_on": "2026-11-02",
}


def shown() -> str:
    return Client().get("/support/").content.decode()


def test_a_new_resource_is_on_the_page_as_soon_as_it_is_saved(
    operator_client, django_capture_on_commit_callbacks
):
    assert "The Listening Line" not in shown()

    with django_capture_on_commit_callbacks(execute=True):
        answer = operator_client.post(f"{LIST}add/", FORM)

    assert answer.url == LIST
    assert "The Listening Line" in shown()
    assert 'href="https://www.example.org"' in shown()


def test_a_change_and_a_removal_too(operator_client, django_capture_on_commit_callbacks):
    resource = make_resource("The Listening Line")
    other = make_resource("The Other Line")
    shown()
    with django_capture_on_commit_callbacks(execute=True):
        operator_client.post(f"{LIST}{resource.pk}/change/", {**FORM, "name": "A Quiet Ear"})
    assert "A Quiet Ear" in shown()

    with django_capture_on_commit_callbacks(execute=True):
        operator_client.post(f"{LIST}{resource.pk}/delete/", {"post": "yes"})
    assert "A Quiet Ear" not in shown()

    chosen = {"action": "delete_selected", "_selected_action": other.pk, "post": "yes"}
    with django_capture_on_commit_callbacks(execute=True):
        operator_client.post(LIST, chosen)
    assert "The Other Line" not in shown()


def test_verified_today(operator_client, django_capture_on_commit_callbacks):
    old = make_resource(verified_on=date(2020, 1, 1))
    untouched = make_resource(verified_on=date(2020, 1, 1))

    with django_capture_on_commit_callbacks(execute=True):
        chosen = {"action": "verify_today", "_selected_action": old.pk}
        answer = operator_client.post(LIST, chosen, follow=True)

    assert "1 is verified as of today." in answer.content.decode()
    old.refresh_from_db()
    untouched.refresh_from_db()
    assert (old.verified_on > date(2026, 1, 1), untouched.verified_on) == (True, date(2020, 1, 1))
    assert LogEntry.objects.get().get_change_message() == "Changed Verified on."


def test_what_cannot_be_right_gets_a_sentence_and_stays_typed(operator_client):
    answer = operator_client.post(f"{LIST}add/", {**FORM, "phone": "", "url": ""})

    html = answer.content.decode()
    assert "Say how to reach it: phone, text message or website." in html
    assert 'value="The Listening Line"' in html
    assert not SupportResource.objects.exists()


def test_the_log_says_who_and_what_without_a_word(operator, operator_client):
    operator_client.post(f"{LIST}add/", FORM)
    resource = SupportResource.objects.get()
    operator_client.post(f"{LIST}{resource.pk}/change/", {**FORM, "name": "A Quiet Ear"})
    operator_client.post(f"{LIST}{resource.pk}/delete/", {"post": "yes"})

    logged = LogEntry.objects.order_by("pk")
    assert {entry.user_id for entry in logged} == {operator.pk}
    assert {entry.object_repr for entry in logged} == {f"support resource {resource.pk}"}
    assert [entry.get_change_message() for entry in logged] == ["Added.", "Changed Name.", ""]


def test_nothing_with_a_persons_words_is_registered():
    registered = list(admin.site._registry)

    assert registered == [User, Prompt, Team, CoachLink, SupportResource]
    assert [model for model in registered if issubclass(model, OwnedModel)] == [CoachLink]
    # The name that people are called by stands in the row of their account, what a client calls
    # their coach in the row of the link; neither is asked for.
    with_words = [model for model in registered if list(words_of(model))]
    assert with_words == [User, CoachLink]
    for model in with_words:
        loaded, deferred = admin.site._registry[model].get_queryset(None).query.deferred_loading
        assert ({field.name for field in words_of(model)} & loaded, deferred) == (set(), False)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(
    operator_client, django_assert_num_queries, count
):
    for _number in range(count):
        make_resource()

    with django_assert_num_queries(10):
        operator_client.get(LIST)


@pytest.mark.parametrize(
    "path", ["/admin/", LIST, f"{LIST}add/", "/admin/jsi18n/", "/admin/login/"]
)
def test_the_admin_is_not_there_for_anyone_else(ada, ada_client, path):
    make_entry(ada)
    nothing = ada_client.get("/no/such/page/")

    answer = ada_client.get(path)

    assert answer.status_code == 404
    assert re.sub(r'"[A-Za-z0-9]{64}"', "", answer.content.decode()) == re.sub(
        r'"[A-Za-z0-9]{64}"', "", nothing.content.decode()
    )


def test_whoever_is_not_signed_in_does_so_as_everywhere_else(client, db):
    assert client.get("/admin/").url == "/accounts/login/?next=/admin/"


@pytest.mark.parametrize("path", ["login/", "logout/", "password_change/", "autocomplete/"])
def test_signing_in_is_left_to_the_account_pages(operator_client, path):
    assert operator_client.get(f"/admin/{path}").status_code == 404


def test_an_operator_who_is_one_no_longer(operator, operator_client):
    operator.is_staff = False
    operator.save(update_fields=["is_staff"])

    assert operator_client.get("/admin/").status_code == 404


def test_an_operators_account_that_is_switched_off(operator, operator_client):
    operator.is_active = False
    operator.save(update_fields=["is_active"])

    assert operator_client.get("/admin/").status_code == 302


@pytest.mark.parametrize("path", ["/admin/", LIST, f"{LIST}add/", f"{LIST}{{pk}}/change/"])
def test_no_page_needs_a_script_or_a_style_of_its_own(operator, path):
    make_one_of_each()
    pk = SupportResource.objects.first().pk

    html = signed_in(operator).get(path.format(pk=pk)).content.decode()

    assert not re.search(
        r"<style|<script(?![^>]*(src=|type=\"application/json))|style=\"| on\w+=", html
    )
