"""What comes after a mistake was examined: rest, repair, its lesson, and what waits."""

from datetime import timedelta

from journal.people import clock
from journal.privacy.rls import acting_as
from journal.reflections.mistakes import queries, steps
from tests.flow_client import post
from tests.page import compact
from tests.reflections.mistakes_factories import (
    make_draft,
    make_full_mistake,
    make_mistake,
    put_at_rest,
    reread,
)
from tests.reflections.mistakes_flow_client import step_of, walk
from tests.reflections.test_mistakes import (
    lessons_of,
)


def test_put_at_rest_and_opened_again(ada, ada_client):
    mistake = make_mistake(ada, intensity_before=6)
    address = mistake.get_absolute_url()

    answer = post_rest(ada_client, address, intensity_after="3")
    assert answer.url == address
    rested = reread(mistake)
    assert (rested.state, rested.rested_on) == ("at_rest", clock.today(ada))
    page = compact(ada_client.get(address))
    assert "6 before, 3 after." in page
    assert f'action="{address}rest/undo/"' in page
    ada_client.post(f"{address}rest/undo/")
    opened = reread(mistake)
    assert (opened.state, opened.rested_on, opened.intensity_after) == ("examined", None, None)


def post_rest(client, address: str, **fields):
    version = hidden_version(compact(client.get(f"{address}rest/")))
    return client.post(f"{address}rest/", {"version": version, **fields})


def hidden_version(page: str) -> str:
    return page.split('name="version" value="')[1].split('"')[0]


def test_how_heavy_it_is_in_the_end_is_not_asked_twice_nor_needed(ada, ada_client):
    mistake = make_mistake(ada)
    address = mistake.get_absolute_url()

    assert post_rest(ada_client, address, intensity_after="11").status_code == 200
    assert reread(mistake).state == "examined"
    assert post_rest(ada_client, address).url == address
    assert (reread(mistake).state, reread(mistake).intensity_after) == ("at_rest", None)


def test_a_page_that_is_out_of_date_puts_nothing_at_rest(ada, ada_client):
    mistake = make_mistake(ada)
    address = f"{mistake.get_absolute_url()}rest/"

    answer = ada_client.post(address, {"version": mistake.version - 1, "intensity_after": "2"})

    assert answer.status_code == 409
    assert reread(mistake).state == "examined"


def test_a_repair_is_ticked_and_the_tick_taken_back(ada, ada_client):
    mistake = make_full_mistake(ada)
    address = mistake.get_absolute_url()

    ada_client.post(f"{address}repair/")
    assert reread(mistake).repair_done_at
    assert f"{address}repair/undo/" in compact(ada_client.get(address))
    ada_client.post(f"{address}repair/undo/")
    assert reread(mistake).repair_done_at is None
    nothing = make_mistake(ada, "Nothing to mend").get_absolute_url()
    assert ada_client.post(f"{nothing}repair/").status_code == 404


def test_a_repair_named_anew_is_not_mended_yet(ada, ada_client):
    mistake = make_full_mistake(ada)
    ada_client.post(f"{mistake.get_absolute_url()}repair/")

    post(ada_client, step_of(mistake, "repair"), repair="Write to her")
    assert (reread(mistake).repair_done_at, reread(mistake).repair_on) == (None, None)
    post(ada_client, step_of(mistake, "repair"), repair="")
    assert reread(mistake).repair == ""


def test_an_answer_can_still_be_changed_but_not_the_lesson(ada, ada_client):
    mistake = make_full_mistake(ada)

    answer = post(ada_client, step_of(mistake, "forgive"), forgiveness_note="Ready now")
    assert answer.url == mistake.get_absolute_url()
    assert reread(mistake).forgiveness_note == "Ready now"
    for slug in ("lesson", "apply"):
        assert ada_client.get(step_of(mistake, slug)).status_code == 404
    assert post(ada_client, step_of(mistake, "event"), what_happened="").status_code == 200


def test_the_lesson_lives_on_without_its_mistake(ada, ada_client):
    mistake = walk(ada, ada_client)
    (lesson,) = lessons_of(ada)

    ada_client.post(f"{mistake.get_absolute_url()}delete/")
    assert [row.pk for row in lessons_of(ada)] == [lesson.pk]
    page = compact(ada_client.get(f"/lessons/{lesson.pk}/"))
    assert "set an alarm" in page
    assert "Forgot the call" not in page
    with acting_as(ada):
        reread(mistake).delete()  # as after 30 days
    assert ada_client.get(f"/lessons/{lesson.pk}/").status_code == 200
    assert [row.pk for row in lessons_of(ada)] == [lesson.pk]


def test_without_its_lesson_the_mistake_shows_what_was_written_then(ada, ada_client):
    mistake = walk(ada, ada_client)
    with acting_as(ada):
        ada.lessons.get().trash()

    page = compact(ada_client.get(mistake.get_absolute_url()))

    assert "The lesson as you wrote it at the time" in page
    assert "set an alarm" in page


def test_an_entry_can_be_begun_from_it(ada, ada_client):
    mistake = make_mistake(ada)
    assert '"/journal/write/?practice=mistakes"' in (
        compact(ada_client.get(mistake.get_absolute_url()))
    )

    page = compact(ada_client.get("/journal/write/?practice=mistakes", follow=True))
    assert 'name="practice" value="mistakes" checked' in page
    page = compact(ada_client.get("/journal/write/?practice=the+moon", follow=True))
    assert 'name="practice" value="" checked' in page


def test_what_waits_is_drafts_and_repairs_due(ada):
    today = clock.today(ada)
    draft = make_draft(ada)
    due = make_mistake(ada, "Late", repair="Tell Ida", repair_on=today)
    make_mistake(ada, "Later", repair="Tell Tom", repair_on=today + timedelta(days=1))
    make_mistake(ada, "No day", repair="Tell Kim")
    put_at_rest(make_mistake(ada, "Rests", repair="Tell Ann", repair_on=today))
    done = make_mistake(ada, "Done", repair="Tell Bo", repair_on=today)
    with acting_as(ada):
        done.repair_is_done(done=True)

        found = queries.waiting(ada, today)

    assert [(one.title, one.address) for one in found] == [
        ("Tell Ida", due.get_absolute_url()),
        (steps.FLOW.name, step_of(draft, "my-part")),
    ]
