"""Nothing of ada is left, and nothing of anyone else is touched."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from journal.account_deletion import deletion
from journal.people.models import User
from journal.photos.files import names_stored
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import just_signed_in, work
from tests.factories import PASSWORD, make_entry, make_person
from tests.photos.factories import make_photo

pytestmark = pytest.mark.django_db

AT_ONCE, IN_A_WEEK = {"when": "now", "sure": "on"}, {"when": "week", "sure": "on"}


def test_asked_for_in_a_week_everything_stays_until_then_and_signing_in_keeps_it(ada):
    make_entry(ada, "Mine")
    client = just_signed_in(ada)
    elsewhere = signed_in(ada)

    answer = client.post("/settings/delete/", IN_A_WEEK)

    assert "you keep it and everything in it" in answer.content.decode()
    assert client.get("/today/").status_code == elsewhere.get("/today/").status_code == 302
    work()
    ada.refresh_from_db()
    assert ada.deletion_due_at > timezone.now() + timedelta(days=6)
    again = client.post("/accounts/login/", {"login": ada.email, "password": PASSWORD}, follow=True)
    assert "Welcome back. Your account won’t be deleted" in again.content.decode()
    ada.refresh_from_db()
    assert ada.deletion_due_at is None
    call_command("purge")
    assert User.objects.filter(pk=ada.pk).exists()


def test_after_the_week_the_daily_purge_finishes_it_too(ada, eve):
    make_entry(ada, "Mine")
    just_signed_in(ada).post("/settings/delete/", IN_A_WEEK)
    User.objects.filter(pk=ada.pk).update(deletion_due_at=timezone.now() - timedelta(seconds=1))

    call_command("purge")

    assert list(User.objects.all()) == [eve]


def test_whoever_comes_back_with_a_backup_is_deleted_again(ada, eve):
    deletion.delete(ada)
    back = make_person("ada@example.org", id=ada.pk)
    make_entry(back, "From the backup")

    assert deletion.reapply() == 1

    assert list(User.objects.all()) == [eve]
    assert deletion.reapply() == 0


def test_no_photo_stays_in_the_storage(ada, photos_folder):
    make_photo(make_entry(ada))
    assert names_stored()

    deletion.delete(ada)

    assert names_stored() == []


def test_it_asks_for_the_password_and_for_a_choice(ada):
    asked = signed_in(ada).post("/settings/delete/", AT_ONCE)
    assert asked.status_code == 403
    assert "Is it you?" in asked.content.decode()
    assert User.objects.get(pk=ada.pk).deletion_due_at is None

    unsure = just_signed_in(ada).post("/settings/delete/", {"when": "now"})
    assert "Tick the box, so that nothing is deleted by mistake." in unsure.content.decode()
    ada.refresh_from_db()
    assert ada.deletion_due_at is None
    assert settings.DATA_DIR


def test_the_page_says_how_much_would_go(ada, eve, django_assert_num_queries):
    make_entry(eve, "Mine")
    for number in range(3):
        make_entry(ada, f"Words {number}", tagged=["Sleep"])
    page = signed_in(ada).get("/settings/delete/").content.decode()
    assert "Then the 4 items in your journal" in page
    with acting_as(ada), django_assert_num_queries(1):
        assert deletion.items_of(ada) == 4
