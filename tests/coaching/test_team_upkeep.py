"""A team's image; the operator; and what a deleted account and the purge leave of a team."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from journal.account_deletion import deletion
from journal.audit.models import AuditEvent
from journal.operation import purge
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing import teams
from journal.sharing.models import Client, CoachLink, ConsentEvent, Team, TeamMember
from tests.coaching.coach_client import browser_of
from tests.coaching.factories import link, made_coach
from tests.coaching.team_factories import client_of_team, make_team
from tests.factories import make_person
from tests.photos.factories import make_exif, make_file, make_image
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tobias(db):
    return make_person("tobias@example.org")


@pytest.fixture
def noor(db):
    """Who administers the team."""
    return make_person("noor@example.org")


ADMIN = "/admin/sharing/team/"


def test_the_operator_makes_a_team_names_another_administrator_and_dissolves_it(
    ada, noor, mira, operator_client
):
    form = {"name": "Pier", "email": noor.email, "called": "Noor"}
    for name, value in (("email", "nobody@example.org"), ("name", ""), ("name", "a\nb")):
        assert operator_client.post(f"{ADMIN}add/", {**form, name: value}).status_code == 200
    assert operator_client.post(f"{ADMIN}add/", form).status_code == 302
    assert operator_client.post(f"{ADMIN}add/", form).status_code == 200  # in a team already
    team = Team.objects.get()
    noor.refresh_from_db()
    assert noor.coaches_since
    assert team.administrator_id == noor.pk

    teams.add(team, made_coach(mira), "Mira")
    client_of_team(ada, mira)
    row = TeamMember.objects.get(owner=mira)
    page = operator_client.get(ADMIN).content.decode()
    assert noor.email in page
    assert ada.email not in page
    assert operator_client.post(f"{ADMIN}{team.pk}/change/", {"coach": row.pk}).status_code == 302
    team.refresh_from_db()
    assert team.administrator_id == mira.pk
    for end in ("delete/", f"{team.pk}/delete/"):
        assert operator_client.post(f"{ADMIN}{end}").status_code in (302, 404)

    chosen = {"action": "dissolve", "_selected_action": [team.pk]}
    operator_client.post(ADMIN, chosen)
    assert not Team.objects.exists()
    with acting_as(ada):
        assert CoachLink.objects.get().ended_at is None
    said = set(AuditEvent.objects.values_list("what", flat=True))
    assert {"team", "coach", "team_joined", "team_admin", "team_ended"} <= said


def test_who_joined_first_takes_over_from_an_account_that_is_deleted(ada, noor, mira, tobias):
    team = make_team(noor, mira, tobias)
    User.objects.filter(pk=mira.pk).update(is_active=False)
    client_of_team(ada, tobias)

    deletion.delete(noor)
    team.refresh_from_db()
    assert team.administrator_id == tobias.pk
    assert team.members.count() == 2

    deletion.delete(tobias)
    assert not Team.objects.exists()  # mira cannot sign in
    with acting_as(ada):
        assert "left_team" in [one.what for one in ConsentEvent.objects.all()]


def test_notes_of_former_clients_go_when_the_client_was_told(ada, eve, noor, mira):
    make_team(noor, mira, notes_days=30)
    plain, of_team = link(eve, mira, "Eve"), client_of_team(ada, mira)
    for one in (plain, of_team):
        with acting_as(one.owner_id):
            one.end()
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert "client" not in purge.purge()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert purge.purge()["client"] == 1
    assert Client.objects.get().link_id == plain.pk


def test_the_page_of_the_team_asks_the_same_of_the_database_however_large_it_is(noor, mira):
    team = make_team(noor, mira)

    def asked_of_the_database() -> int:
        return len(statements_of(browser_of(noor), "/coach/team/"))

    before = asked_of_the_database()
    for n in range(9):
        coach = made_coach(make_person(f"coach{n}@example.org"))
        teams.add(team, coach, f"Coach {n}")
        client_of_team(make_person(f"client{n}@example.org"), coach)
    assert asked_of_the_database() == before <= 12


def test_an_image_is_decoded_anew_and_only_the_team_gets_it(noor, mira, eve, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    make_team(noor, mira)
    good = {"name": "Pier", "text_version": "1"}
    browser = browser_of(noor)
    for file in (b"<svg onload='x'/>", make_file().read()[:200], b"x" * (1024 * 1024 + 1)):
        sent = {**good, "mark": SimpleUploadedFile("a.jpg", file)}
        page = browser.post("/coach/team/settings/", sent)
        assert 'class="error-summary"' in page.content.decode()
    assert browser_of(mira).get("/coach/team/mark/").status_code == 404

    sent = {
        **good,
        "mark": SimpleUploadedFile(
            "a.jpg", make_file(make_image(900, 600), exif=make_exif()).read()
        ),
    }
    assert browser.post("/coach/team/settings/", sent).status_code == 302
    answer = browser_of(mira).get("/coach/team/mark/")
    image = Image.open(io.BytesIO(answer.content))
    assert (answer["Content-Type"], image.format, image.size) == ("image/jpeg", "JPEG", (320, 213))
    assert not image.getexif()
    assert "/coach/team/mark/?" in browser_of(mira).get("/coach/team/").content.decode()
    make_team(made_coach(eve), name="Other")
    assert browser_of(eve).get("/coach/team/mark/").status_code == 404

    browser.post("/coach/team/settings/", {**good, "text_version": "2", "no_mark": "on"})
    assert browser_of(mira).get("/coach/team/mark/").status_code == 404
