"""A team: its administrator invites coaches and sees numbers; nobody sees clients of others."""

import re

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.db import connection as database

from journal.privacy.rls import COACH, acting_as
from journal.sharing import invitations, teams
from journal.sharing.models import (
    Client,
    CoachInvitation,
    CoachLink,
    ConsentEvent,
    Handover,
    ShareGrant,
    Team,
    TeamMember,
)
from journal.sharing.receipt import text as receipt_of
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import invited_by_coach, link, made_coach, share, sure
from tests.coaching.sql_queries import seen
from tests.coaching.team_factories import client_of_team, make_team, suggest_coach
from tests.factories import make_entry, make_person

pytestmark = pytest.mark.django_db

YES = {"do": "accept", "read": "on", "agree": "on", "name": "A. L."}


@pytest.fixture
def tobias(db):
    return make_person("tobias@example.org")


@pytest.fixture
def noor(db):
    """Who administers the team."""
    return make_person("noor@example.org")


def test_without_a_team_there_is_no_page_and_no_word_of_one(ada, mira):
    one = link(ada, mira)
    browser = browser_of(mira)
    for path in ("team/", "team/settings/", "team/mark/"):
        assert browser.get(f"/coach/{path}").status_code == 404
    assert browser.get(page_of(one, "another-coach/")).status_code == 404
    for path in ("/coach/", page_of(one)):
        assert "team" not in text_of(browser.get(path)).lower()


def test_the_administrator_invites_a_coach_who_joins(noor, mira, settings):
    settings.MAIL_WORKS, settings.EMAIL_BACKEND = (
        True,
        "django.core.mail.backends.locmem.EmailBackend",
    )
    make_team(noor, sender="Harbour Street Coaching")
    answer = browser_of(noor).post("/coach/team/", {"email": mira.email, "from_name": "Noor"})
    assert answer.status_code == 302
    (sent,) = mail.outbox
    assert sent.from_email == "Harbour Street Coaching <selftrust@localhost>"
    path = next(line for line in sent.body.splitlines() if "/sharing/invitation/" in line)
    path = "/sharing" + path.partition("/sharing")[2]

    assert "Harbour Street would like you as a coach" in text_of(sure(mira).get(path))
    assert sure(mira).post(path, {"do": "accept", "name": ""}).status_code == 200
    assert sure(mira).post(path, {"do": "accept", "name": "Mira K."}).url == "/coach/team/"

    mira.refresh_from_db()
    assert mira.coaches_since
    page = text_of(browser_of(mira).get("/coach/team/"))
    assert "Mira K." in page
    assert "Noor" in page
    assert sure(mira).get(path).status_code == 404


def test_an_invitation_of_who_no_longer_administers_does_not_work(noor, mira, tobias):
    team = make_team(noor, tobias)
    token, _new = invitations.issue(noor, "by_team", mira.email, "Noor")
    teams.appoint(team, tobias.pk, noor.pk)
    assert sure(mira).get(f"/sharing/invitation/{token}/").status_code == 404
    assert browser_of(noor).post("/coach/team/", {}).status_code == 404


def test_a_coach_has_one_team(noor, mira, tobias):
    make_team(noor, mira)
    make_team(tobias, name="Other")
    token, _new = invitations.issue(tobias, "by_team", mira.email, "Tobias")
    answer = sure(mira).post(f"/sharing/invitation/{token}/", {"do": "accept", "name": "M."})
    assert answer.status_code == 409
    assert TeamMember.objects.get(owner=mira).team.name == "Harbour Street"


# --- what a client agrees to


def test_a_client_reads_the_teams_text_and_keeps_its_version(ada, noor, mira):
    make_team(noor, mira, consent_text="Sessions are recorded\nonly if you ask.", notes_days=90)
    token = invited_by_coach(mira, ada.email)
    page = sure(ada).get(f"/sharing/invitation/{token}/").content.decode()
    assert "You decide what Mira sees." in page
    assert "Harbour Street adds (version 2):" in page
    assert "only if you ask." in page

    answer = sure(ada).post(f"/sharing/invitation/{token}/", {**YES, "version": "2"})

    with acting_as(ada):
        made = CoachLink.objects.get()
        assert answer.url == made.get_absolute_url()
        assert "kept for 90 days" in made.consent_text
        assert made.consent_text.endswith("Sessions are recorded\nonly if you ask.")
        event = ConsentEvent.objects.get()
        assert (event.what, event.about, event.detail) == ("connected", "team", "2")
        assert "version 2 of their team’s text" in receipt_of(ada, made)
    assert Client.objects.get().notes_days == 90


@pytest.mark.parametrize("version", ["1", "", "x", "9" * 400])
def test_a_text_that_changed_is_read_again(ada, noor, mira, version):
    make_team(noor, mira, consent_text="Another text.")
    path = f"/sharing/invitation/{invited_by_coach(mira, ada.email)}/"

    answer = sure(ada).post(path, {**YES, "version": version})

    assert answer.status_code == (409 if version in ("1", "") else answer.status_code)
    with acting_as(ada):
        assert not CoachLink.objects.exists()
    if version == "1":
        page = answer.content.decode()
        assert "Another text." in page
        assert 'name="version" value="2"' in page
        assert "checked" not in page
        assert sure(ada).post(path, {**YES, "version": "2"}).status_code == 302


def test_who_reads_the_plain_text_while_the_coach_joins_reads_again(ada, noor, mira):
    made_coach(mira)
    path = f"/sharing/invitation/{invited_by_coach(mira, ada.email)}/"
    make_team(noor, mira)
    assert sure(ada).post(path, YES).status_code == 409
    with acting_as(ada):
        assert not CoachLink.objects.exists()


# --- what the administrator sees


def test_the_administrator_sees_numbers_from_five_on_and_nobody_else_any(noor, mira, tobias):
    make_team(noor, mira, tobias)
    people = [make_person(f"quokka{n}@example.org") for n in range(5)]
    links = [client_of_team(one, mira, f"Quokka{n}") for n, one in enumerate(people)]
    link(make_person("own@example.org"), mira, "Own client")  # who did not read the team's text
    client_of_team(people[0], tobias, "Quokka0")

    page = text_of(browser_of(noor).get("/coach/team/"))
    assert "Mira 5 clients" in page
    assert "Tobias Fewer than 5 clients" in page
    assert "uokka" not in browser_of(noor).get("/coach/team/").content.decode()
    assert not re.search("(5|than 5) clients", text_of(browser_of(mira).get("/coach/team/")))

    with acting_as(people[0]):
        links[0].end()
    assert "Mira Fewer than 5 clients" in text_of(browser_of(noor).get("/coach/team/"))


def asked(coach, statement: str) -> list:
    with acting_as(coach, role=COACH), database.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_in_sql_an_administrator_sees_no_row_of_a_client(ada, noor, mira, tobias, eve):
    make_team(noor, mira)
    make_team(tobias, name="Other")
    one = client_of_team(ada, mira)
    share(one, make_entry(ada, "A quokka"))
    make_team(made_coach(eve), name="Third")
    teams.add(Team.objects.get(administrator=noor), made_coach(make_person("z@e.org")), "Zoe")
    suggest_coach(one, noor)

    for who in (noor, tobias):
        assert seen(who) == seen(who, CoachLink, Client, ShareGrant) == []
        with acting_as(who, role=COACH):
            assert not Handover.objects.only("id").exists()
    with acting_as(mira, role=COACH):
        assert Handover.objects.only("id", "coach_id").get().coach_id == noor.pk
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            list(Handover.objects.all())

    assert sorted(asked(noor, "select clients from coaching_team_counts()")) == [(None,)] * 3
    assert asked(mira, "select * from coaching_team_counts()") == []
    assert asked(noor, "select name from sharing_team") == [("Harbour Street",)]
    assert sorted(asked(tobias, "select name from sharing_teammember")) == [("Tobias",)]
    made_coach(ada)
    assert asked(ada, "select name from sharing_team") == []
    assert asked(ada, "select id from sharing_teammember") == []


WRITES = (
    "update sharing_team set administrator_id = privacy_me()",
    "update sharing_team set consent_text = 'x'",
    "delete from sharing_team",
    "insert into sharing_teammember select * from sharing_teammember",
    "update sharing_teammember set team_id = gen_random_uuid()",
    "delete from sharing_teammember",
    "update sharing_handover set state = 'taken'",
    "delete from sharing_handover",
)


def test_no_role_of_the_wall_writes_anything_of_a_team(ada, noor, mira):
    make_team(noor, mira)
    suggest_coach(client_of_team(ada, mira), noor)
    for who in (noor, mira):
        for statement in WRITES:
            with pytest.raises(DatabaseError, match="permission denied"):
                asked(who, statement)
    for statement in WRITES[:6]:
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(noor):  # noqa: SIM117
            with database.cursor() as cursor:
                cursor.execute(statement)
    with acting_as(mira), database.cursor() as cursor:
        cursor.execute("update sharing_handover set state = 'taken', answered_at = now()")
        assert cursor.rowcount == 0
        cursor.execute("select name from sharing_team")
        assert cursor.fetchall() == []


# --- who may do what on pages


def test_only_the_administrator_of_the_same_team_changes_it(noor, mira, tobias, eve):
    team = make_team(noor, mira)
    make_team(tobias, name="Other")
    made_coach(eve)
    row = TeamMember.objects.get(owner=mira)
    verbs = ("ask/", "remove/", "appoint/")
    paths = [f"/coach/team/coaches/{row.pk}/{verb}" for verb in verbs]
    other = f"/coach/team/coaches/{TeamMember.objects.get(owner=tobias).pk}/remove/"
    for who in (mira, tobias, eve):
        browser = browser_of(who)
        for path in paths:
            assert browser.post(path, {}).status_code == 404, path
    for who in (mira, eve):
        assert browser_of(who).get("/coach/team/settings/").status_code == 404
        assert browser_of(who).post("/coach/team/settings/", {}).status_code == 404
    assert browser_of(noor).post(other).status_code == 404
    assert team.members.count() == 2


def test_a_former_member_sees_nothing_of_the_team_and_keeps_their_clients(ada, noor, mira):
    make_team(noor, mira)
    one = client_of_team(ada, mira)
    share(one, make_entry(ada, "A quokka"))
    row = TeamMember.objects.get(owner=mira)
    assert browser_of(noor).post(f"/coach/team/coaches/{row.pk}/remove/").status_code == 302

    assert browser_of(mira).get("/coach/team/").status_code == 404
    assert asked(mira, "select id from sharing_team") == []
    assert "quokka" in browser_of(mira).get(page_of(one)).content.decode()
    with acting_as(ada):
        assert [event.what for event in ConsentEvent.objects.order_by("at")][-1] == "left_team"
        assert CoachLink.objects.get().team_id is None
    page = sure(ada).get("/sharing/log/").content.decode()
    assert "left the team that they were in" in page


def test_a_coach_leaves_by_themselves_and_the_administrator_hands_over_first(noor, mira, tobias):
    team = make_team(noor, mira, tobias)
    assert browser_of(noor).post("/coach/team/leave/").url == "/coach/team/"
    assert team.members.count() == 3
    assert browser_of(mira).post("/coach/team/leave/").url == "/coach/"
    row = TeamMember.objects.get(owner=tobias)
    browser_of(noor).post(f"/coach/team/coaches/{row.pk}/appoint/")
    team.refresh_from_db()
    assert team.administrator_id == tobias.pk
    assert browser_of(noor).post("/coach/team/leave/").url == "/coach/"
    assert [one.name for one in team.members.all()] == ["Tobias"]


def test_the_form_of_the_team_refuses_what_cannot_stand_in_a_mail(noor):
    team = make_team(noor)
    good = {
        "name": "Pier",
        "text_version": "1",
        "sender": "Pier",
        "consent_text": "A",
        "notes_days": "30",
    }
    browser = browser_of(noor)
    for name, value in (
        ("sender", "a@b.org"),
        ("sender", "A\nBcc: x"),
        ("name", ""),
        ("name", "a\x00b"),
        ("name", "x" * 61),
        ("consent_text", "x" * 801),
        ("notes_days", "31"),
        ("text_version", "0"),
    ):
        page = browser.post("/coach/team/settings/", {**good, name: value})
        assert (name, page.status_code) == (name, 409 if name == "text_version" else 200)
        assert 'class="error-summary"' in page.content.decode()
    team.refresh_from_db()
    assert (team.name, team.text_version) == ("Harbour Street", 1)
    assert browser.post("/coach/team/settings/", good).status_code == 302
    team.refresh_from_db()
    assert (team.name, team.sender, team.text_version, team.notes_days) == ("Pier", "Pier", 2, 30)
    browser.post("/coach/team/settings/", {**good, "text_version": "2", "sender": "Quay"})
    team.refresh_from_db()
    assert (team.sender, team.text_version) == ("Quay", 2)


def test_the_number_in_the_policy_is_that_of_the_page():
    from journal.sharing.models.teams import FEWEST_COUNTED
    from journal.sharing.team_policies import FUNCTIONS

    assert f"count(l.id) >= {FEWEST_COUNTED}" in FUNCTIONS
    assert CoachInvitation.Direction.BY_TEAM == "by_team"
