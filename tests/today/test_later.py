"""What can wait: one fold, in one order; the buttons of each row are on its own page."""

import re
from datetime import date

import pytest

from journal.privacy.rls import acting_as
from journal.reflections.entries.prompts.models import Prompt
from tests.boundaries import factories as boundaries
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.factories import link, suggest
from tests.decisions.factories import make_open
from tests.factories import make_entry
from tests.lessons.factories import make_due
from tests.promises.factories import make_draft
from tests.reflections.factories import make_own_prompt
from tests.reflections.rumination.factories import keep_writing
from tests.today.factories import make_daily_check
from tests.today.test_today import (
    TODAY,
    _frozen_clock,  # noqa: F401
    ago,
    page,
)


def rows_of(client, path: str = "/today/") -> list[str]:
    """The addresses of the rows."""
    fold = page(client, path).partition('<details class="later">')[2].partition("</details>")[0]
    return re.findall(r'class="go-row" href="([^"]+)"', fold)


def summary_of(client) -> str:
    fold = page(client).partition('<details class="later">')[2]
    return re.sub("<[^>]+>", "", fold.partition("</summary>")[0]).strip()


def test_what_has_a_day_comes_first_then_the_coach_the_lesson_the_rest_and_a_prompt(
    ada, mira, ada_client
):
    said = make_boundary(ada, tell_on=ago(1))
    older = make_boundary(ada, "No lending", tell_on=ago(4))
    suggestion = suggest(link(ada, mira), text="What went well?", by_on=date(2026, 11, 21))
    make_due(ada)
    draft = make_draft(ada, "Call Gran")
    make_entry(ada, "Evening")

    found = rows_of(ada_client)

    dated, others = found[: found.index(f"/sharing/suggestions/{suggestion.pk}/")], found
    assert f"/boundaries/{older.pk}/tell/" in dated
    assert dated.index(f"/boundaries/{older.pk}/tell/") < dated.index(
        f"/boundaries/{said.pk}/tell/"
    )
    assert others[len(dated) :][1:3] == [
        "/lessons/#todays-lesson",
        f"/promises/{draft.pk}/step/why/",
    ]
    assert others[-2].startswith("/journal/write/?prompt=")
    assert others[-1] == "/journal/"


def test_the_summary_counts_the_rows_and_names_the_first(ada, ada_client):
    make_boundary(ada, tell_on=ago(20), limit="No calls after nine")

    assert summary_of(ada_client) == f"Later ({len(rows_of(ada_client))})No calls after nine"


def test_a_day_before_has_no_fold(ada, ada_client):
    make_boundary(ada, tell_on=ago(1))

    assert 'class="later"' not in page(ada_client, "/today/?day=2026-11-18")


def test_earlier_entries_show_none_of_their_words(ada, ada_client):
    make_entry(ada, "Quokka in the garden", title="Quagga")

    found = page(ada_client)

    assert "Earlier entries" in found
    assert "Quokka" not in found
    assert "Quagga" not in found


def test_each_practice_is_asked_what_waits(ada, ada_client):
    draft = boundaries.make_draft(ada, "No lending")
    question = make_open(ada, "Four days?")

    found = rows_of(ada_client)

    assert f"/boundaries/{draft.pk}/step/why/" in found
    assert any(one.startswith(f"/decisions/{question.pk}/step/") for one in found)


def test_a_lesson_that_was_answered_waits_no_longer(ada, ada_client):
    lesson = make_due(ada)
    assert "/lessons/#todays-lesson" in rows_of(ada_client)
    assert 'id="todays-lesson"' in page(ada_client, "/lessons/")

    ada_client.post(f"/lessons/{lesson.pk}/return/", {"answer": "useful", "returned_on": TODAY})

    assert "/lessons/#todays-lesson" not in rows_of(ada_client)


def test_what_keeps_coming_back_leads_to_its_card(ada, ada_client):
    keep_writing(ada, "Work", 5, 5, 5)

    assert "/practices/#offer" in rows_of(ada_client)
    assert 'id="offer"' in page(ada_client, "/practices/")


# --- a prompt


def test_one_of_her_own_prompts_is_offered_in_her_words(ada, ada_client):
    own = make_own_prompt(ada, "What did the sea say?", practice="compassion")
    with acting_as(ada):
        for prompt in Prompt.objects.all():
            prompt.hide_from(ada)

    assert '<b class="own-words">What did the sea say?</b>' in page(ada_client)
    assert f"/journal/write/?prompt={own.pk}" in rows_of(ada_client)
    with acting_as(ada):
        own.hide_from(ada)
    assert not [one for one in rows_of(ada_client) if "prompt=" in one]


def test_the_old_address_of_another_prompt_leads_to_where_there_is_one(ada_client):
    assert ada_client.post("/today/prompt/", {"prompt": "3"}).url == "/journal/prompts/another/"


# --- what visited


def test_five_days_of_a_harsh_voice_are_one_row(ada, ada_client):
    for days in range(5):
        make_daily_check(ada, ago(days), visit="critic")

    found = page(ada_client)

    assert "On 5 days, the last on Thursday 19 November" in found
    assert rows_of(ada_client).count("/self-compassion/new/?mode=break") == 1


def test_dismissing_it_dismisses_all_of_its_kind_and_keeps_what_was_said(ada, ada_client):
    checks = [make_daily_check(ada, ago(days), visit="critic") for days in (1, 3)]
    make_daily_check(ada, ago(2), visit="boundary")
    assert "On 2 days, the last on Wednesday 18 November" in page(ada_client, "/practices/")

    dismissed = ada_client.post(f"/today/visits/{checks[0].pk}/let-go/")

    assert dismissed.url == "/practices/"
    found = page(ada_client, "/practices/")
    assert "A harsh voice visited" not in found
    assert "A line was crossed" in found
    with acting_as(ada):
        assert {one.visit for one in ada.daily_checks.all()} == {"critic", "boundary"}


def test_eve_dismisses_nothing_of_adas(ada, eve_client):
    check = make_daily_check(ada, visit="critic")

    assert eve_client.post(f"/today/visits/{check.pk}/let-go/").status_code == 404
    with acting_as(ada):
        assert ada.daily_checks.get(pk=check.pk).visit_let_go_at is None


def test_what_was_long_ago_waits_no_longer(ada, ada_client):
    make_daily_check(ada, ago(15), visit="boundary")

    assert "A line was crossed" not in page(ada_client, "/practices/")


def test_saying_it_anew_lets_it_wait_again(ada, ada_client):
    check = make_daily_check(ada, visit="critic")
    ada_client.post(f"/today/visits/{check.pk}/let-go/")

    make_daily_check(ada, visit="boundary")

    assert "A line was crossed" in page(ada_client, "/practices/")


def test_a_crossed_line_leads_to_the_look_around_whatever_boundaries_there_are(ada, ada_client):
    make_daily_check(ada, visit="boundary")
    assert "/boundaries/#crossed" in rows_of(ada_client)

    make_boundary(ada)
    assert "/boundaries/#crossed" in rows_of(ada_client)


@pytest.mark.parametrize(("crossed", "waits"), [(ago(2), True), (ago(1), False)])
def test_a_crossed_line_that_was_written_down_waits_no_longer(ada, ada_client, crossed, waits):
    make_daily_check(ada, ago(1), visit="boundary")
    make_daily_check(ada, ago(2), visit="critic")

    make_crossing(make_boundary(ada), occurred_on=crossed)

    found = page(ada_client, "/practices/")
    assert ("A line was crossed" in found) is waits
    assert "A harsh voice visited" in found
