"""Another coach of the team: the present coach picks the client, and the client decides."""

import pytest

from journal.privacy.rls import acting_as
from journal.sharing import consent, teams
from journal.sharing.models import Client, CoachLink, ConsentEvent, Handover, ShareGrant, TeamMember
from tests.coaching.coach_client import browser_of, client_of, page_of, text_of
from tests.coaching.factories import link, made_coach, share, sure
from tests.coaching.team_factories import client_of_team, make_team, suggest_coach
from tests.conftest import signed_in
from tests.factories import make_entry, make_person

pytestmark = pytest.mark.django_db

YES = {"do": "accept", "read": "on", "agree": "on", "name": "A. L.", "version": "1", "then": "keep"}


@pytest.fixture
def tobias(db):
    return make_person("tobias@example.org")


@pytest.fixture
def noor(db):
    """Who administers the team."""
    return make_person("noor@example.org")


@pytest.fixture
def one(ada, mira, noor, tobias) -> CoachLink:
    """Of ada to mira, who shares an entry, in a team with tobias."""
    make_team(noor, mira, tobias)
    made = client_of_team(ada, mira)
    share(made, make_entry(ada, "A quokka"))
    return made


def links(ada) -> dict[str, CoachLink]:
    with acting_as(ada):
        return {row.coach_name: row for row in CoachLink.objects.all()}


def test_from_the_administrators_wish_to_the_clients_yes(ada, mira, noor, tobias, one):
    row, other = (TeamMember.objects.get(owner=who) for who in (mira, tobias))
    asked = browser_of(noor).post(f"/coach/team/coaches/{row.pk}/ask/", {"colleague": other.pk})
    assert asked.status_code == 302
    assert "You’re asked to suggest Tobias" in text_of(browser_of(mira).get("/coach/team/"))
    browser_of(mira).post("/coach/team/asked/")
    assert "You’re asked" not in text_of(browser_of(mira).get("/coach/team/"))

    form = page_of(one, "another-coach/")
    page = text_of(browser_of(mira).get(form))
    assert "Noor" in page
    assert "Tobias" in page
    assert browser_of(mira).post(form, {}).status_code == 200
    assert browser_of(mira).post(form, {"colleague": other.pk}).url == page_of(one)
    assert browser_of(mira).post(form, {"colleague": other.pk}).url == page_of(one)  # sent twice
    with acting_as(ada):
        suggested = Handover.objects.get()
        path = suggested.get_absolute_url()
    assert "Your coach suggests another coach" in signed_in(ada).get("/today/").content.decode()
    assert "Tobias is suggested" in text_of(signed_in(ada).get("/sharing/"))
    for who in (tobias, noor):
        assert "Ada" not in text_of(browser_of(who).get("/coach/"))

    page = text_of(sure(ada).get(path))
    assert "Mira suggests Tobias as your coach" in page
    assert "You decide what Tobias sees." in page
    assert "Harbour Street" in page
    made = links(ada)
    assert list(made) == ["Mira"]

    answer = sure(ada).post(path, {**YES, "then": "end"})

    made = links(ada)
    assert answer.url == made["Tobias"].get_absolute_url()
    assert made["Mira"].ended_by == "client"
    assert made["Tobias"].ended_at is None
    with acting_as(ada):
        assert list(ShareGrant.objects.in_force()) == []
        assert Handover.objects.get().state == "taken"
        assert ConsentEvent.objects.filter(link=made["Tobias"]).get().detail == "1"
    assert client_of(made["Tobias"]).name == "A. L."
    assert "quokka" not in browser_of(tobias).get(page_of(made["Tobias"])).content.decode()


def test_she_may_keep_both_and_what_she_shares_stays_where_it_is(ada, mira, tobias, one):
    path = suggest_coach(one, tobias).get_absolute_url()
    assert sure(ada).post(path, YES).status_code == 302
    with acting_as(ada):
        assert [grant.link_id for grant in ShareGrant.objects.in_force()] == [one.pk]
        assert CoachLink.objects.active().count() == 2
    assert "Connected" in text_of(browser_of(mira).get(page_of(one)))
    assert sure(ada).post(path, YES).status_code == 409
    assert "You said yes to this." in text_of(sure(ada).get(path))


@pytest.mark.parametrize("left_out", ["read", "agree", "name", "then", "version"])
def test_every_answer_is_needed(ada, tobias, one, left_out):
    path = suggest_coach(one, tobias).get_absolute_url()
    answer = sure(ada).post(path, {**YES, left_out: ""})
    assert answer.status_code == (409 if left_out == "version" else 200)
    assert 'class="error-summary"' in answer.content.decode()
    assert list(links(ada)) == ["Mira"]


def test_she_says_no_without_a_reason_or_password_and_may_change_her_mind(ada, mira, tobias, one):
    path = suggest_coach(one, tobias).get_absolute_url()
    assert signed_in(ada).post(path, YES).status_code == 403
    assert signed_in(ada).post(path, {"do": "decline"}).url == "/sharing/"
    assert "No, thank you" in text_of(browser_of(mira).get(page_of(one)))
    assert list(links(ada)) == ["Mira"]
    assert sure(ada).post(path, YES).status_code == 302


def test_what_is_not_possible_any_more_changes_nothing(ada, mira, noor, tobias, one):
    row = suggest_coach(one, tobias)
    path, team = row.get_absolute_url(), teams.team_of(noor.pk)

    def refused() -> bool:
        answer = sure(ada).post(path, YES)
        return answer.status_code in (404, 409) and len(links(ada)) == 1

    teams.remove(team, tobias.pk, noor.pk)
    assert refused()
    assert "isn’t possible any more" in text_of(sure(ada).get(path))
    teams.add(team, tobias, "Tobias")
    teams.remove(team, mira.pk, noor.pk)
    assert refused()
    teams.add(team, mira, "Mira")
    browser_of(mira).post(f"/coach/handovers/{row.pk}/withdraw/")
    assert refused()
    again = suggest_coach(one, tobias)
    path = again.get_absolute_url()
    with acting_as(ada):
        one.end()
    assert refused()


def test_only_her_own_coach_suggests_and_only_a_colleague(ada, mira, noor, tobias, eve, one):
    make_team(eve, name="Other")
    stranger, other = (TeamMember.objects.get(owner=who) for who in (eve, tobias))
    form = page_of(one, "another-coach/")
    for who in (tobias, noor, eve):
        assert browser_of(who).post(form, {"colleague": other.pk}).status_code == 404
    for pk in (stranger.pk, TeamMember.objects.get(owner=mira).pk, "x", "\x00"):
        assert browser_of(mira).post(form, {"colleague": pk}).status_code == 200
    with acting_as(ada):
        assert not Handover.objects.exists()
        one.mute(muted=True)
    assert browser_of(mira).post(form, {"colleague": other.pk}).status_code == 409
    with acting_as(ada):
        one.mute(muted=False)
    row = suggest_coach(one, tobias)
    again = TeamMember.objects.get(owner=noor)
    assert browser_of(mira).post(form, {"colleague": again.pk}).status_code == 409
    for who in (tobias, noor, eve):
        assert browser_of(who).post(f"/coach/handovers/{row.pk}/withdraw/").status_code == 404
        assert sure(who).get(row.get_absolute_url()).status_code == 404
    assert sure(mira).post(row.get_absolute_url(), YES).status_code == 404


def test_nobody_becomes_their_own_coach(ada, noor, mira, one):
    """Ada coaches in the team herself."""
    teams.add(teams.team_of(noor.pk), made_coach(ada), "Ada")
    path = suggest_coach(one, ada).get_absolute_url()
    assert sure(ada).post(path, YES).status_code == 409
    assert list(links(ada)) == ["Mira"]


def test_who_is_a_client_of_both_already_keeps_the_link_there_is(ada, mira, tobias, one):
    there = link(ada, tobias, coach_name="T.")
    path = suggest_coach(one, tobias).get_absolute_url()
    assert sure(ada).post(path, YES).url == there.get_absolute_url()
    assert len(links(ada)) == 2
    with acting_as(tobias):
        assert Client.objects.count() == 1


def test_stopping_all_sharing_and_deleting_her_account_take_it_along(ada, mira, tobias, one):
    from journal.account_deletion import deletion

    suggest_coach(one, tobias)
    with acting_as(ada):
        consent.stop(ada)
    deletion.delete(ada)
    assert not Handover.objects.exists()
