"""Four lessons, each come back as often as its answers say, and the times they were needed.

Two of them were made by mistakes (see mistakes.py) and are only moved back to their day.
"""

from typing import NamedTuple

from journal.lessons.models import Lesson, LessonReturn, LessonUse
from journal.operation.demo.story import Story

USEFUL, CAME_UP, FORGOT = LessonReturn.Answer.values
HELPED, PARTLY, NOT, LATE = LessonUse.Result.values


class Told(NamedTuple):
    began: int  # days ago
    if_situation: str
    then_action: str
    areas: list[str]
    answers: list[str]  # one for each return, in order
    uses: list[tuple[int, str, str]]  # days ago, result, note


ON_THE_SPOT = Told(
    73,
    "somebody asks me on the spot",
    "say that I will answer tomorrow at nine",
    ["work", "family"],
    [USEFUL, FORGOT, USEFUL, USEFUL],
    [
        (49, LATE, "Heard myself say yes. Remembered in the lift."),
        (34, PARTLY, "With Marit: later than I wanted, and still in time."),
        (21, HELPED, "Priya and the margin table. She said: ten is great."),
        (1, HELPED, "The quote waits until Friday."),
    ],
)
A_NUMBER = Told(
    31,
    "I am afraid of a number",
    "put twenty-five minutes aside and work it out",
    ["money"],
    [USEFUL, USEFUL],
    [(9, HELPED, "The trial until the summer, on one sheet of paper.")],
)
A_SHORT_NIGHT = Told(
    28,
    "I have slept badly and something wants an answer",
    "answer after the next proper night",
    ["work", "self"],
    [USEFUL, USEFUL],
    [],  # the one time was beside a decision (see decisions.py)
)
A_DATE = Told(
    13,
    "somebody asks for a date",
    "open the calendar before I open my mouth",
    ["work", "family"],
    [],  # it has come back, and waits for an answer
    [],
)
LESSONS = (ON_THE_SPOT, A_NUMBER, A_SHORT_NIGHT, A_DATE)


def tell(story: Story) -> None:
    learned = {lesson.if_situation: lesson for lesson in story.person.lessons.all()}
    for told in LESSONS:
        lesson = learned.get(told.if_situation) or Lesson.new_for(story.person)
        lesson.if_situation, lesson.then_action = told.if_situation, told.then_action
        lesson.areas, lesson.since_on = told.areas, story.ago(told.began)
        lesson.next_due = story.ago(told.began - 3)
        lesson.created_at = story.at(lesson.since_on)
        lesson.save()
        for answer in told.answers:
            if lesson.next_due and lesson.next_due < story.today:
                lesson.answer(lesson.next_due, answer)
        for days, result, note in told.uses:
            lesson.uses.create(
                owner=story.person, used_on=story.ago(days), result=result, note=note
            )
