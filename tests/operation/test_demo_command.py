"""`manage.py demo`: on any day, again, and never over an account that is not the example's."""

from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from journal.operation.example.person import COACH_EMAIL, EMAIL, Taken, make_example_person
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises.models import Promise
from journal.sharing.models import CoachLink
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.privacy.stored import run

PASSWORD = "an example for the tests"


def stored(person) -> list[object]:
    """All that a person reads of the example, without ids and dates."""
    with acting_as(person):
        promises = list(person.promises.order_by("created_at", "id"))
        return [
            sorted((p.statement, p.state, p.cadence) for p in promises),
            sorted(
                (c.promise.statement, (clock.today(person) - c.due_on).days, c.status, c.note)
                for c in person.checkins.select_related("promise")
            ),
            [(e.title, e.body) for e in person.entries.newest_first()],
            [r.answers for r in person.ratings.newest_first()],
            [(v.name, v.meaning) for v in person.values.active()],
            [
                (b.limit, c.what_happened, c.result)
                for b in person.boundaries.order_by("created_at")
                for c in b.crossings.order_by("occurred_on")
            ],
            [(d.trust, d.visit, d.credit) for d in person.daily_checks.order_by("date")],
            [(m.title, m.state, m.repair) for m in person.mistakes.newest_first()],
            [
                (d.question, d.state, d.confidence, [o.name for o in d.options.all()])
                for d in person.decisions.order_by("id")
            ],
            [(m.trigger, m.change_text) for m in person.selfcompassions.newest_first()],
        ]


def test_the_command_says_how_to_sign_in_and_in_production_it_has_to_be_meant(db, client, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="demo --in-production"):
        call_command("demo")
    assert not User.objects.exists()

    said = StringIO()
    call_command("demo", "--in-production", "--language", "de", stdout=said)
    settings.PRODUCTION = False
    assert User.objects.filter(example_since__isnull=False).count() == 2
    assert User.objects.count() == 2

    lines = [line.strip() for line in said.getvalue().splitlines() if line[:4] == "    "]
    email, password, coach = lines
    assert (email, coach) == (EMAIL, COACH_EMAIL)
    for login in (email, coach):
        answer = client.post("/accounts/login/", {"login": login, "password": password})
        assert answer.url == "/today/"
        if login == email:
            written_in_german(client)
        client.logout()


def written_in_german(client) -> None:
    """Her pages, whatever the browser's language, what she wrote, and what her coach did."""
    english = {"HTTP_ACCEPT_LANGUAGE": "en"}
    today = client.get("/today/", **english).content.decode()
    assert '<html lang="de"' in today
    assert "Das Handy schläft in der Küche" in today
    found = client.post("/search/", {"q": "Heizung"}, follow=True, **english).content.decode()
    assert "Mama und die" in found  # then the word found, marked
    with acting_as(User.objects.get(email=EMAIL)):
        link = CoachLink.objects.get()
        assert link.comments.get().body.startswith("Die letzte Zeile")
        assert link.programs.get().name == "Ein kleines Versprechen"
        assert "Wo hast du Ja gesagt und Nein gemeint?" in {
            one.text for one in link.suggestions.all()
        }


@pytest.mark.parametrize("day", ["2026-11-23", "2027-01-03", "2028-03-01"])
def test_any_day_will_do(db, day):
    """The first and the last of a week, and also over a new year and a leap day."""
    with time_machine.travel(f"{day}T18:00:00Z", tick=False):
        person = make_example_person(PASSWORD).person
        with acting_as(person):
            assert person.promises.filter(state=Promise.State.ACTIVE).count() == 5
            assert person.checkins.count() > 150
        client = signed_in(person)
        rooms = ("promises", "journal", "rating", "decisions", "self-compassion", "mistakes")
        for room in ("today", *rooms):
            assert client.get(f"/{room}/").status_code == 200


def test_again_it_is_the_same_person_made_anew(db):
    first = make_example_person()
    before = stored(first.person)
    make_entry(first.person, "Written while trying it out")

    second = make_example_person()

    assert stored(second.person) == before
    assert User.objects.filter(email=EMAIL).count() == 1
    assert second.password != first.password
    left = run("select count(*) from entries_entry where owner_id = %s", first.person.pk)
    assert left == [(0,)]


def test_an_account_that_is_not_the_examples_is_left_alone(db):
    someone = User.objects.create_user(EMAIL, PASSWORD)
    make_entry(someone, "Mine")

    with pytest.raises(Taken):
        make_example_person()
    with pytest.raises(CommandError, match="left alone"):
        call_command("demo")
    with acting_as(someone):
        assert someone.entries.get().body == "Mine"
