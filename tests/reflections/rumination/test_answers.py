"""What each answer to a suggestion does, who may give it, and how it is taken back."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.entries.models.tag import Tag
from journal.reflections.rumination.models import RuminationAnswer
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.page import compact
from tests.privacy.stored import run
from tests.reflections.mistakes_factories import make_mistake
from tests.reflections.rumination.factories import keep_blaming, keep_writing, set_aside
from tests.reflections.rumination.test_offer import HEADING, NOW, TODAY, text_of

CANARY = "zanzibarquokka"


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def work(ada) -> Tag:
    return keep_writing(ada, "Work", 5, 5, 5)


def answer(client, about, do: str):
    kind = "tag" if isinstance(about, Tag) else "mistake"
    return client.post(f"/journal/returning/{kind}/{about.pk}/answer/", {"do": do})


def answers_of(person) -> list[tuple]:
    columns = ("tag_id", "mistake_id", "answered_on", "set_aside_until", "let_lie_on")
    with acting_as(person):
        return list(person.ruminationanswers.order_by("id").values_list(*columns))


def undo(client) -> None:
    """The button in the message that Today shows now."""
    page = compact(client.get("/today/"))
    address = page.split('class="toast" role="status"')[1].split('action="')[1].split('"')[0]
    assert client.post(address).status_code == 302


def test_an_observers_view_asks_with_her_own_name_under_the_same_label(ada, ada_client, work):
    ada.called = "Ada"
    ada.save(update_fields=["called"])

    answered = answer(ada_client, work, "observer")

    assert answered.url == f"/journal/write/?prompt=observer&tag={work.pk}"
    assert "What would someone who knows Ada well see here?" in text_of(ada_client, answered.url)
    page = compact(ada_client.get(answered.url, follow=True))
    assert 'name="tags" value="Work"' in page
    assert answers_of(ada) == [(work.pk, None, TODAY, None, None)]
    assert HEADING not in text_of(ada_client)


def test_without_a_name_it_says_you(ada_client, work):
    found = text_of(ada_client, answer(ada_client, work, "observer").url)

    assert "What would someone who knows you well see here?" in found


def test_one_next_action_asks_for_it(ada, ada_client, work):
    found = text_of(ada_client, answer(ada_client, work, "next").url)

    assert "What’s one small thing you could do next?" in found
    assert answers_of(ada) == [(work.pk, None, TODAY, None, None)]


def test_what_is_written_to_the_question_is_an_entry_like_any_other(ada, ada_client, work):
    page = {"prompt": "observer", "tags": "Work", "body": "She would see somebody tired."}
    refused = ada_client.post("/journal/write/", {**page, "written_on": "2999-01-01"})
    assert "knows you well see here?" in compact(refused)  # the question stays

    saved = ada_client.post("/journal/write/", {**page, "written_on": TODAY.isoformat()})

    assert saved.status_code == 302
    with acting_as(ada):
        entry = ada.entries.get(intensity=None)
        assert (entry.body, entry.tags) == ("She would see somebody tired.", [work])
        assert (entry.prompt_id, entry.own_prompt_id) == (None, None)


def test_of_a_mistake_the_questions_open_in_its_practice(ada, ada_client):
    mistake = keep_blaming(ada, (7, 7), (8, 8))

    answered = answer(ada_client, mistake, "next")

    assert answered.url == "/journal/write/?prompt=next&practice=mistakes"
    page = compact(ada_client.get(answered.url, follow=True))
    assert 'name="practice" value="mistakes" checked>' in page
    assert answers_of(ada) == [(None, mistake.pk, TODAY, None, None)]


def test_set_aside_is_for_two_weeks_and_can_be_taken_back(ada, ada_client, work):
    answer(ada_client, work, "aside")

    assert answers_of(ada) == [(work.pk, None, TODAY, date(2026, 12, 3), None)]
    assert "Set aside until Thursday 3 December." in text_of(ada_client)
    answer(ada_client, work, "aside")
    undo(ada_client)
    assert answers_of(ada) == []
    assert HEADING in text_of(ada_client)


def test_not_now_hides_it_for_a_week_and_can_be_taken_back(ada, ada_client, work):
    answer(ada_client, work, "not-now")

    assert answers_of(ada) == [(work.pk, None, TODAY, None, None)]
    found = text_of(ada_client)
    assert "We won’t suggest this for a week." in found
    assert HEADING not in found
    answer(ada_client, work, "not-now")
    undo(ada_client)
    assert HEADING in text_of(ada_client)


def test_never_is_a_preference_that_the_settings_turn_on_again(ada, ada_client, work):
    answer(ada_client, work, "never")

    ada.refresh_from_db()
    assert ada.no_offers_since.isoformat() == "2026-11-19T19:00:00+00:00"
    assert HEADING not in text_of(ada_client)
    settings = compact(ada_client.get("/settings/"))
    assert 'action="/settings/suggestions/on/"' in settings

    back = ada_client.post("/settings/suggestions/on/", {"next": "/settings/"})

    assert back.url == "/settings/"
    assert 'action="/settings/suggestions/off/"' in compact(ada_client.get("/settings/"))
    assert HEADING in text_of(ada_client)


def test_never_is_taken_back_with_one_tap(ada, ada_client, work):
    answer(ada_client, work, "never")
    undo(ada_client)

    assert User.objects.get(pk=ada.pk).no_offers_since is None


def test_nobody_who_wants_no_suggestions_hears_of_what_was_set_aside(ada, ada_client, work):
    set_aside(ada, work, back_in=0)
    ada_client.post("/settings/suggestions/off/")

    assert "You set this aside" not in text_of(ada_client)


def test_two_taps_are_one_answer_and_the_last_one_stands(ada, ada_client, work):
    answer(ada_client, work, "aside")
    answer(ada_client, work, "aside")
    answer(ada_client, work, "not-now")

    assert answers_of(ada) == [(work.pk, None, TODAY, None, None)]


@pytest.mark.parametrize("do", ["", "everything", "NEVER", "a\0b"])
def test_a_button_that_is_not_there_stores_nothing(ada, ada_client, work, do):
    assert answer(ada_client, work, do).url == "/practices/"
    assert answers_of(ada) == []
    assert User.objects.get(pk=ada.pk).no_offers_since is None


def test_what_is_back_is_let_lie_and_taken_up_again(ada, ada_client, work):
    back = set_aside(ada, work, back_in=0)
    address = f"/journal/returning/answers/{back.pk}/let-lie/"

    assert ada_client.post(address).url == "/practices/"
    assert "You set this aside" not in text_of(ada_client)
    ada_client.post(address)
    undo(ada_client)

    assert "You set this aside" in text_of(ada_client)


def test_what_is_not_back_yet_cannot_be_let_lie(ada, ada_client, work):
    aside = set_aside(ada, work, back_in=3)

    response = ada_client.post(f"/journal/returning/answers/{aside.pk}/let-lie/")

    assert response.status_code == 404


def test_eve_and_nobody_answer_nothing_of_adas(ada, eve, client, work):
    mistake = make_mistake(ada)
    mine = set_aside(ada, work, back_in=0)
    stranger = signed_in(eve)
    paths = [
        f"/journal/returning/tag/{work.pk}/answer/",
        f"/journal/returning/mistake/{mistake.pk}/answer/",
    ]
    paths += [f"/journal/returning/answers/{mine.pk}/{what}/" for what in ("undo", "let-lie")]

    for path in paths:
        assert stranger.post(path, {"do": "aside"}).status_code == 404, path
        assert client.post(path, {"do": "aside"}).status_code == 302, path

    assert answers_of(eve) == []
    assert [one[0] for one in answers_of(ada)] == [work.pk]


def answer_about(tag: Tag, person: User) -> None:
    RuminationAnswer.objects.create(owner=person, tag=tag, answered_on=TODAY)
    connection.check_constraints()


def test_behind_the_wall_eve_has_none_of_them_and_ties_none_to_adas_rows(ada, eve, work):
    mine = set_aside(ada, work, back_in=0)

    with acting_as(eve):
        assert RuminationAnswer.objects.count() == 0
        assert RuminationAnswer.objects.filter(pk=mine.pk).update(let_lie_on=TODAY) == 0
    with pytest.raises(IntegrityError, match="tag_id_same_owner"), acting_as(eve):
        answer_about(work, eve)
    with acting_as(None):
        assert RuminationAnswer.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("mistake_id = '{}'", "rumination_answer_about_one"),
        ("set_aside_until = answered_on", "rumination_set_aside_for_later"),
        ("let_lie_on = set_aside_until - 1", "rumination_let_lie_once_back"),
        ("let_lie_on = answered_on, set_aside_until = null", "rumination_let_lie_once_back"),
    ],
)
def test_the_database_refuses_what_no_button_would_send(ada, work, change, constraint):
    mistake = make_mistake(ada)
    set_aside(ada, work, back_in=0)

    statement = f"update rumination_ruminationanswer set {change.format(mistake.pk)}"
    with acting_as(ada):
        cursor = connection.cursor()
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            cursor.execute(statement)


def test_it_holds_no_word_only_days_and_ids(ada, ada_client):
    about = keep_writing(ada, CANARY, 5, 5, 5)
    answer(ada_client, about, "aside")

    (row,) = run("select a::text from rumination_ruminationanswer a")
    assert CANARY not in row[0]
    assert str(about.pk) in row[0]


def test_a_week_stays_a_week_when_the_tag_is_gone(ada, ada_client, work):
    answer(ada_client, work, "not-now")
    with acting_as(ada):
        for entry in ada.entries.all():
            entry.tagged = ["Dad"]
            entry.save()
        assert not ada.tags.filter(pk=work.pk).exists()

    assert answers_of(ada) == [(None, None, TODAY, None, None)]
    assert HEADING not in text_of(ada_client)


def test_the_seal_holds_under_the_question_with_her_name(ada, ada_client, caplog):
    caplog.set_level("DEBUG", "journal")
    ada.called = CANARY
    ada.save(update_fields=["called"])
    about = keep_writing(ada, CANARY, 5, 5, 5)
    make_entry(ada, CANARY)

    address = answer(ada_client, about, "observer").url

    assert CANARY not in address
    assert CANARY in compact(ada_client.get(address, follow=True))
    assert CANARY not in caplog.text
