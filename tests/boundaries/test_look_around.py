"""The look around: areas, how they feel, what crossed a line, and the line of a check-in."""

from datetime import timedelta

from journal.boundaries import areas, queries
from journal.people import clock
from journal.privacy.rls import acting_as
from tests.boundaries.factories import make_boundary, make_crossing, say_feeling
from tests.flow_client import hidden
from tests.markup import parse
from tests.today.factories import make_daily_check


def look(person):
    with acting_as(person):
        return areas.look_around(person, queries.boundary_rows(person), clock.today(person))


def feelings(person) -> dict[str, str]:
    with acting_as(person):
        return dict(person.area_feelings.values_list("area", "feeling"))


def test_one_tap_says_how_an_area_feels_and_another_takes_it_back(ada, ada_client, eve):
    say_feeling(eve, "work", "room")

    answer = ada_client.post("/boundaries/areas/work/", {"feeling": "worn"})
    assert answer.url == "/boundaries/#area-work"
    assert feelings(ada) == {"work": "worn"}
    assert feelings(eve) == {"work": "room"}
    page = ada_client.get("/boundaries/").content.decode()
    assert 'href="/boundaries/new/?area=work"' in page
    ada_client.post("/boundaries/areas/work/", {"feeling": "room"})
    assert (
        'href="/boundaries/new/?area=work"' not in ada_client.get("/boundaries/").content.decode()
    )
    ada_client.post("/boundaries/areas/work/", {"feeling": ""})
    assert feelings(ada) == {"work": ""}


def test_nonsense_changes_nothing(ada, ada_client):
    for area, feeling in (
        ("work", "great"),
        ("mars", "room"),
        ("work", "\0"),
        ("work", "x" * 9999),
    ):
        answer = ada_client.post(f"/boundaries/areas/{area}/", {"feeling": feeling})
        assert answer.status_code == 404
    assert feelings(ada) == {}


def test_an_area_shows_what_crossed_a_line_and_what_is_in_place(ada):
    boundary = make_boundary(ada, "No calls after seven", area="family")
    today = clock.today(ada)
    make_crossing(boundary, "Rang at ten")
    make_crossing(boundary, "Long ago", occurred_on=today - timedelta(weeks=12))
    make_crossing(boundary, "Frightened me", result="unsafe_to_act")
    say_feeling(ada, "study", "left_out")

    around = look(ada)

    cards = {card.area.value: card for card in around.cards}
    assert (cards["family"].crossed, cards["family"].limits) == (1, ["No calls after seven"])
    assert [one.what_happened for one in around.crossings] == ["Rang at ten"]
    assert [card.area for card in around.left_out] == ["study"]
    assert "other" not in cards
    assert "study" not in cards
    assert not around.is_first


def test_begin_here_chooses_the_area(ada, ada_client):
    page = ada_client.get("/boundaries/new/?area=money", follow=True).content.decode()

    document, _errors = parse(page)
    (chosen,) = [one["value"] for one in document.all("input") if "checked" in one.attrs]
    assert chosen == "money"
    assert ada_client.get("/boundaries/new/?area=mars", follow=True).status_code == 200


def test_a_line_of_the_check_in_leads_here_with_its_words(ada, ada_client):
    boundary, today = make_boundary(ada), clock.today(ada)
    day = today - timedelta(days=2)
    make_daily_check(ada, day, visit="boundary", visit_words="Rang at ten, twice")

    practices = ada_client.get("/practices/").content.decode()
    page = ada_client.get("/boundaries/").content.decode()
    address = f"/boundaries/{boundary.pk}/crossings/new/?on={day.isoformat()}"

    assert 'href="/boundaries/#crossed"' in practices
    assert "Rang at ten, twice" in page
    assert address in page
    form = ada_client.get(address, follow=True).content.decode()
    assert f'value="{day.isoformat()}"' in form
    assert "Rang at ten, twice</textarea>" in form
    sent = hidden(form[form.index('<form class="stack"') :].replace("<form", '<form id="step"', 1))
    sent |= {"what_happened": "Rang", "result": "held", "occurred_on": day.isoformat()}
    assert ada_client.post(address, sent).status_code == 302
    assert look(ada).noted is None


def test_a_dismissed_line_or_an_old_one_is_not_asked_about(ada):
    make_daily_check(ada, clock.today(ada) - timedelta(days=15), visit="boundary")
    assert look(ada).noted is None
    check = make_daily_check(ada, clock.today(ada), visit="boundary")
    assert look(ada).noted is not None
    with acting_as(ada):
        check.dismiss_visits()
    assert look(ada).noted is None


def test_a_day_to_come_or_no_day_is_not_suggested_for_a_crossing(ada, ada_client):
    boundary, today = make_boundary(ada), clock.today(ada)
    for on in ("2999-01-01", "0000-01-01", "soon", "%00"):
        address = f"/boundaries/{boundary.pk}/crossings/new/?on={on}"
        assert (
            f'value="{today.isoformat()}"' in ada_client.get(address, follow=True).content.decode()
        )
