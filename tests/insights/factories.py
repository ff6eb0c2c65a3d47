"""What figures are made of, told as strings: a letter a day for a promise, pairs for moments."""

from datetime import date, timedelta

from journal.decisions.models import DecisionReview
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises.models import Promise, WeekConfirmation
from tests.decisions.factories import make_decision, make_review
from tests.promises.factories import answer
from tests.reflections.compassion.factories import make_moment

STATUS = {"k": "kept", "s": "kept_small", "m": "missed", "x": "excused"}


def answer_days(promise: Promise, first: date, letters: str) -> None:
    """A dot says nothing of its day; a space is for the eye only."""
    days = enumerate(letters.replace(" ", ""))
    answer(promise, {first + timedelta(n): STATUS[one] for n, one in days if one != "."})


def confirm(promise: Promise, *weeks: date) -> None:
    with acting_as(promise.owner):
        for week in weeks:
            WeekConfirmation.objects.create(owner=promise.owner, promise=promise, week_start=week)


def ease(person: User, *pairs: tuple[int, int], days_ago: int = 1) -> None:
    for before, after in pairs:
        make_moment(person, intensity_before=before, intensity_after=after, days_ago=days_ago)


def look_back(person: User, sure: int, result: str, *, sound: bool, outcome: str = "good") -> None:
    decision = make_decision(person, confidence=sure)
    make_review(
        decision, prediction_result=result, process_sound_now=sound, outcome_quality=outcome
    )


def reviewed_on(person: User, day: date) -> None:
    """Everything looked back on so far, on another day."""
    with acting_as(person):
        DecisionReview.objects.filter(owner=person).update(reviewed_on=day)
