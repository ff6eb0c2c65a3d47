"""A team at the same time as a client's answer: one waits, and what comes after sees what was."""

import pytest
from django.db import transaction

from journal.privacy.rls import COACH, OWNER, acting_as
from journal.sharing import handovers, teams
from journal.sharing.models import CoachLink, ConsentEvent, Handover, Team, TeamMember
from tests.coaching.coach_client import browser_of, page_of
from tests.coaching.factories import made_coach, sure
from tests.coaching.interleaving import Other
from tests.coaching.team_factories import client_of_team, make_team, suggest_coach
from tests.factories import make_person

pytestmark = pytest.mark.django_db(transaction=True)

YES = {"do": "accept", "read": "on", "agree": "on", "name": "A. L.", "version": "1", "then": "keep"}


@pytest.fixture
def tobias(db):
    return make_person("tobias@example.org")


@pytest.fixture
def noor(db):
    return make_person("noor@example.org")


@pytest.fixture
def row(ada, mira, noor, tobias) -> Handover:
    """In noor's team, mira suggests tobias to ada."""
    make_team(noor, mira, tobias)
    return suggest_coach(client_of_team(ada, mira), tobias)


def linked(ada) -> dict[str, CoachLink]:
    with acting_as(ada):
        return {one.coach_name: one for one in CoachLink.objects.active()}


def changes_text(team: Team, noor, _tobias) -> None:
    teams.change(team, {"consent_text": "Sessions are recorded."}, noor.pk)


def leaves(team: Team, _noor, tobias) -> None:
    assert teams.remove(team, tobias.pk, tobias.pk)


def ends(team: Team, _noor, _tobias) -> None:
    teams.dissolve(team, None)


@pytest.mark.parametrize(("change", "status"), [(changes_text, 409), (leaves, 302), (ends, 302)])
def test_her_yes_waits_for_a_change_of_the_team_and_connects_nobody(
    ada, noor, tobias, row, change, status
):
    browser = sure(ada)
    with transaction.atomic(), acting_as(None, role=OWNER):
        change(Team.objects.get(), noor, tobias)
        yes = Other(lambda: browser.post(row.get_absolute_url(), YES)).until_it_waits()
    assert yes.done().status_code == status
    assert linked(ada).keys() == {"Mira"}


def test_who_leaves_waits_for_her_yes_and_takes_her_along_as_their_own_client(
    ada, tobias, row, noor
):
    browser = browser_of(tobias)
    with transaction.atomic(), acting_as(ada):
        made = handovers.accept(ada, row.pk, "A. L.", 1, ends=False)
        assert made
        left = Other(lambda: browser.post("/coach/team/leave/")).until_it_waits()
    assert left.done().status_code == 302
    own = linked(ada)["Tobias"]
    assert own.team_id is None
    with acting_as(ada):
        assert ConsentEvent.objects.filter(link=own, what=ConsentEvent.What.LEFT_TEAM).count() == 1


@pytest.mark.parametrize("first", ["withdraw", "accept"])
def test_her_yes_and_the_coachs_withdrawal_take_turns(ada, mira, row, first):
    path = f"/coach/handovers/{row.pk}/withdraw/"
    browser, hers = browser_of(mira), sure(ada)
    if first == "withdraw":
        with transaction.atomic(), acting_as(mira, role=COACH):
            assert handovers.withdraw(Handover.objects.only("id", "owner_id").get())
            other = Other(lambda: hers.post(row.get_absolute_url(), YES)).until_it_waits()
        assert other.done().status_code == 302
        assert linked(ada).keys() == {"Mira"}
        return
    with transaction.atomic(), acting_as(ada):
        assert handovers.accept(ada, row.pk, "A. L.", 1, ends=False)
        other = Other(lambda: browser.post(path)).until_it_waits()
    assert other.done().status_code == 302
    assert linked(ada).keys() == {"Mira", "Tobias"}
    with acting_as(ada):
        assert Handover.objects.get().state == Handover.State.TAKEN


def test_two_tabs_say_yes_once(ada, row):
    tabs = [sure(ada), sure(ada)]
    with transaction.atomic(), acting_as(ada):
        assert Handover.objects.select_for_update(of=("self",)).get()
        clicks = [
            Other(lambda tab=tab: tab.post(row.get_absolute_url(), YES)).until_it_waits()
            for tab in tabs
        ]
    assert {click.done().status_code for click in clicks} == {302}
    assert linked(ada).keys() == {"Mira", "Tobias"}


def test_two_tabs_of_the_coachs_suggest_once(ada, mira, noor, tobias):
    make_team(noor, mira, tobias)
    own = client_of_team(ada, mira)
    path, sent = (
        page_of(own, "another-coach/"),
        {"colleague": TeamMember.objects.get(owner=tobias).pk},
    )
    tabs = [browser_of(mira), browser_of(mira)]
    with transaction.atomic(), acting_as(mira):
        assert mira.clients.select_for_update().get()
        clicks = [Other(lambda tab=tab: tab.post(path, sent)).until_it_waits() for tab in tabs]
    assert [click.done().status_code for click in clicks] == [302, 302]
    with acting_as(ada):
        assert Handover.objects.count() == 1


def test_nobody_is_suggested_to_who_has_just_ended_it(ada, mira, noor, tobias):
    make_team(noor, mira, tobias)
    own = client_of_team(ada, mira)
    path, browser = page_of(own, "another-coach/"), browser_of(mira)
    colleague = TeamMember.objects.get(owner=tobias).pk
    with transaction.atomic(), acting_as(ada):
        own.end()
        click = Other(lambda: browser.post(path, {"colleague": colleague})).until_it_waits()
    assert click.done().status_code == 404
    with acting_as(ada):
        assert not Handover.objects.exists()


def test_who_was_let_go_meanwhile_changes_nothing(noor, mira, tobias):
    """The administrator's form waits until another administers the team."""
    team = make_team(noor, mira, tobias)
    browser, form = browser_of(noor), {"name": "Another", "text_version": "1"}
    with transaction.atomic(), acting_as(None, role=OWNER):
        assert teams.appoint(team, mira.pk, noor.pk)
        click = Other(lambda: browser.post("/coach/team/settings/", form)).until_it_waits()
    assert click.done().status_code == 404
    assert Team.objects.get().name == team.name


def test_a_text_saved_in_another_tab_is_not_lost(noor):
    team = make_team(noor)
    browser, form = browser_of(noor), {"name": "Pier", "text_version": "1", "consent_text": "Mine."}
    with transaction.atomic(), acting_as(None, role=OWNER):
        teams.change(team, {"consent_text": "The other tab's."}, noor.pk)
        click = Other(lambda: browser.post("/coach/team/settings/", form)).until_it_waits()
    page = click.done()
    assert page.status_code == 409
    assert b"Mine." in page.content
    assert b'name="text_version" value="2"' in page.content
    assert Team.objects.get().consent_text == "The other tab's."


def test_a_coach_joins_one_team_however_many_invite_at_once(noor, mira, tobias):
    first, second = make_team(noor), make_team(tobias, name="Market Square")
    made_coach(mira)

    def joins(team: Team) -> None:
        with transaction.atomic(), acting_as(None, role=OWNER):
            teams.add(team, mira, "Mira")

    with transaction.atomic(), acting_as(None, role=OWNER):
        teams.add(first, mira, "Mira")
        other = Other(lambda: joins(second)).until_it_waits()
    with pytest.raises(teams.InATeam):
        other.done()
    assert TeamMember.objects.filter(owner=mira).count() == 1
