"""Three mistakes: one at rest, one with something still to mend, one only begun.

The lesson of a mistake is made when it is finished; lessons.py moves it back to its day.
"""

from dataclasses import dataclass
from typing import Any

from journal.lessons import threads
from journal.operation.demo import lessons
from journal.operation.demo.story import Story
from journal.promises.models import Promise
from journal.reflections.mistakes.models import Mistake


@dataclass(frozen=True)
class Told:
    title: str
    on: int  # days ago
    words: dict[str, Any]
    lesson: lessons.Told | None = None  # none: a draft
    came_from: str = ""  # a promise, by its words
    repair_on: int | None = None
    repaired: int | None = None
    rested: tuple[int, int] | None = None  # days ago, how heavy it was then


SHORT_NIGHT = Told(
    "Sharp with Priya on five hours' sleep",
    on=28,
    came_from="The phone sleeps in the kitchen",
    lesson=lessons.A_SHORT_NIGHT,
    words={
        "what_happened": "I read on the phone until half past twelve. At nine Priya asked which "
        "of two drafts to send and I said, in front of Henrik, that she could surely see that "
        "for herself. She went quiet.",
        "intensity_before": 6,
        "conditions": "Mum's results were not in. Five hours' sleep. No breakfast.",
        "my_part": "The tone, and that others heard it. The phone in my hand at midnight.",
        "not_mine": "That the results took three days. That there were two drafts at all.",
        "repair": "Tell Priya that it was the night and not her drafts",
        "forgiveness_note": "I was frightened, and I bit. I said so the next day. That is enough.",
    },
    repair_on=27,
    repaired=27,
    rested=(22, 1),
)
RECITAL = Told(
    "Double-booked Ida's recital",
    on=13,
    lesson=lessons.A_DATE,
    words={
        "expected": "That I would simply know which afternoon it was.",
        "what_happened": "I agreed to Lund on the very afternoon of the recital, out of my head. "
        "I saw it in the evening, when Ida counted the days on the fridge.",
        "intensity_before": 7,
        "conditions": "Standing in a doorway. Three people waiting for me to say a day.",
        "my_part": "I did not look. The calendar was in my pocket.",
        "not_mine": "That the school moved it by a week in the autumn.",
        "repair": "Tell Ida that it nearly happened, and what I do differently",
    },
    repair_on=1,
)
TRIP = Told(
    "The form for the school trip",
    on=2,
    words={
        "expected": "To hand it in on Monday with the others.",
        "what_happened": "It was under the fruit bowl. Ida was the only one without hers and had "
        "to say so in class.",
        "intensity_before": 5,
    },
)


def tell(story: Story) -> None:
    for told in (SHORT_NIGHT, RECITAL, TRIP):
        make(story, told)


def make(story: Story, told: Told) -> Mistake:
    day = story.ago(told.on)
    mistake = Mistake.new_for(story.person, day, came_from=promise_named(story, told.came_from))
    for name, value in told.words.items():
        setattr(mistake, name, value)
    mistake.title, mistake.created_at = told.title, story.at(day, 21)
    mistake.step = "check" if told.lesson else "conditions"
    if told.repair_on is not None:
        mistake.repair_on = story.ago(told.repair_on)
    mistake.insert_once()
    if told.lesson:
        examine(story, mistake, told.lesson)
    if told.repaired is not None:
        mistake.repair_is_done(done=True)
        mistake.repair_done_at = story.at(story.ago(told.repaired), 9)
        mistake.save()
    if told.rested:
        days, mistake.intensity_after = told.rested
        mistake.rested_on = story.ago(days)
        mistake.rest()
    return mistake


def examine(story: Story, mistake: Mistake, lesson: lessons.Told) -> None:
    """On the day on which its lesson began."""
    mistake.if_situation, mistake.then_action = lesson.if_situation, lesson.then_action
    mistake.areas = lesson.areas
    mistake.finish()
    mistake.finished_at = story.at(story.ago(lesson.began), 21, 30)
    mistake.save()


def promise_named(story: Story, statement: str) -> threads.Tied | None:
    found = {promise.statement: promise for promise in story.person.promises.finished()}
    promise: Promise | None = found.get(statement)
    return threads.Tied(threads.KINDS["promise"], promise) if promise else None
