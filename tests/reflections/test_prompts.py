"""Prompts: one for the day, another on asking, one's own among them, hidden ones left out."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.privacy.rls import acting_as
from journal.reflections.entries.prompts import selection
from journal.reflections.entries.prompts.models import HiddenPrompt, OwnPrompt, Prompt

DAY = date(2026, 11, 23)


def all_offered(person, day=DAY):
    first = selection.for_day(person, day)
    seen, prompt = [first], selection.another(person, day, first)
    while prompt != first:
        seen.append(prompt)
        prompt = selection.another(person, day, prompt)
    return seen


def test_there_are_twelve_for_each_practice(ada, as_ada):
    practices = Prompt.objects.values_list("practice", flat=True)

    assert {name: list(practices).count(name) for name in practices} == dict.fromkeys(
        ("promises", "boundaries", "compassion", "decisions", "mistakes"), 12
    )


def test_the_days_prompt_stays_and_the_next_day_has_its_own(ada, as_ada):
    week = [DAY + timedelta(days=n) for n in range(7)]

    once, again = ([selection.for_day(ada, day) for day in week] for _ in range(2))

    assert once == again
    assert len(set(once)) > 3


def test_two_people_are_asked_differently(ada, eve):
    days = [DAY + timedelta(days=n) for n in range(5)]
    with acting_as(ada):
        hers = [selection.for_day(ada, day) for day in days]
    with acting_as(eve):
        eves = [selection.for_day(eve, day) for day in days]

    assert hers != eves


def test_another_one_shows_every_prompt_before_any_twice(ada, as_ada):
    own = OwnPrompt.objects.create(owner=ada, text="What did the sea say?")

    seen = all_offered(ada)

    assert len(seen) == len(set(seen)) == 61
    assert own in seen


def test_hidden_ones_are_not_offered_and_the_others_stay_in_place(ada, as_ada):
    before = all_offered(ada)
    own = OwnPrompt.objects.create(owner=ada, text="What did the sea say?")
    own.hide_from(ada)
    HiddenPrompt.objects.create(owner=ada, prompt=before[0])
    HiddenPrompt.objects.create(owner=ada, prompt=before[5])

    assert all_offered(ada) == [*before[1:5], *before[6:]]


def test_whoever_hides_all_is_offered_none(ada, as_ada):
    for prompt in Prompt.objects.all():
        HiddenPrompt.objects.create(owner=ada, prompt=prompt)

    assert selection.for_day(ada, DAY) is None


def test_what_ada_hides_eve_is_still_offered(ada, eve):
    with acting_as(ada):
        for prompt in Prompt.objects.all()[:59]:
            HiddenPrompt.objects.create(owner=ada, prompt=prompt)
        assert len(all_offered(ada)) == 1
    with acting_as(eve):
        assert len(all_offered(eve)) == 60


def test_the_days_prompt_takes_one_statement(ada, as_ada):
    with CaptureQueriesContext(connection) as captured:
        assert selection.for_day(ada, DAY) is not None

    assert len(captured) == 1
