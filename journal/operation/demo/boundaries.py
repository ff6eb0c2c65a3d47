"""Three boundaries: one that grew teeth, one that took a single call, one still to be said.

Like promises they are made as a person would, and then moved back to the day they were made.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from journal.boundaries.models import REVIEW_AFTER, Boundary, Channel, Crossing, Telling
from journal.lessons import threads
from journal.operation.demo.story import Story

Clear, Result = Crossing.Clear, Crossing.Result


@dataclass(frozen=True)
class Told:
    limit: str
    began: int  # days ago
    words: dict[str, Any]
    value: str = ""
    tellings: tuple[tuple[int, str, str, str], ...] = ()  # days ago, to whom, how, what they said
    crossings: tuple[tuple[int, dict[str, Any]], ...] = ()


EVENINGS = Told(
    "No new work after five",
    began=76,
    value="family",
    words={
        "area": "work",
        "my_action": "I say when I can, and close the laptop",
        "why": "Ida gets the evening, and I get to be somebody who means it.",
        "facts": "Three times this month something came in after five for the same night.",
        "impact": "I was short at bedtime about a toothbrush.",
        "ask": "Ask me before four, or it is tomorrow at nine.",
        "benefit": "You get it done properly, once.",
        "repeat_line": "I can have it at ten tomorrow.",
        "flex": "A real emergency, and you ring me.",
        "person_label": "Priya",
        "communication": "planned",
    },
    tellings=(
        (49, "Henrik", Channel.IN_PERSON, "Said: fair enough. Asked nothing."),
        (48, "Priya", Channel.IN_PERSON, "Said she had no idea it was my evening."),
    ),
    crossings=(
        (
            74,
            {
                "what_happened": "Slides, just quickly. I had said yes before she had finished.",
                "was_clear": Clear.NO,
                "response": "Did them until ten.",
                "result": Result.NOT_HELD,
            },
        ),
        (
            21,
            {
                "what_happened": "The margin table, by tonight.",
                "was_clear": Clear.YES,
                "response": "Not tonight. I can have it at ten tomorrow.",
                "result": Result.HELD,
            },
        ),
        (
            1,
            {
                "what_happened": "The quote, tonight. I felt the yes come up.",
                "was_clear": Clear.YES,
                "response": "It can wait until Friday.",
                "result": Result.HELD,
                "follow_up": "Tell her that it was good to be asked, not told",
                "follow_up_on": 0,
            },
        ),
    ),
)
COMPLAINTS = Told(
    "Ten minutes about Mum, then something else",
    began=40,
    value="calm",
    words={
        "area": "family",
        "my_action": "I say that I have to go, and go",
        "why": "I cannot mend it, and afterwards I lie awake.",
        "ask": "I care, and I have ten minutes.",
        "repeat_line": "I have to go now. I'll ring on Sunday.",
        "person_label": "Marit",
        "communication": "planned",
    },
    tellings=((36, "Marit", Channel.CALL, "A pause, and then: all right, nurse."),),
    crossings=(
        (
            34,
            {
                "what_happened": "Rang to complain. Ten minutes came and went.",
                "was_clear": Clear.PARTLY,
                "response": "Said I had to go at about fifteen, and went.",
                "result": Result.HELD_LATER,
            },
        ),
        (
            10,
            {
                "what_happened": "She cried, so it was half an hour. Then the boiler again.",
                "was_clear": Clear.YES,
                "response": "Listened to the crying. Went when it was the boiler.",
                "result": Result.PARTLY,
            },
        ),
    ),
)
PICKING_UP = Told(
    "Two days' notice for picking up other people's children",
    began=4,
    value="health",
    words={
        "area": "friends",
        "my_action": "I say no to the same-day ones",
        "ask": "Please ask me by the evening two days before.",
        "repeat_line": "Today I can't. Thursday I could.",
        "person_label": "The rehearsal parents",
        "communication": "planned",
        "tell_channel": Channel.MESSAGE,
        "tell_on": -2,
    },
)


def tell(story: Story) -> None:
    lessons = {lesson.if_situation: lesson for lesson in story.person.lessons.all()}
    asked = lessons["somebody asks me on the spot"]
    evenings = make(story, EVENINGS)
    first = evenings.crossings.get(occurred_on=story.ago(74))
    threads.tie(story.person, first, asked)  # what she learned that evening
    marit = make(story, COMPLAINTS)
    threads.tie(story.person, asked, marit)
    make(story, PICKING_UP)


def make(story: Story, told: Told) -> Boundary:
    began = story.ago(told.began)
    boundary = Boundary(owner=story.person, value=story.values.get(told.value), step="check")
    for name, value in told.words.items():
        setattr(boundary, name, story.ago(value) if name == "tell_on" else value)
    boundary.limit = told.limit
    boundary.created_at = story.at(began, 21)
    boundary.save(force_insert=True)
    boundary.finish()
    boundary.finished_at, boundary.review_on = boundary.created_at, began + REVIEW_AFTER
    boundary.save()
    for days, told_to, channel, reaction in told.tellings:
        Telling.objects.create(
            owner=story.person,
            boundary=boundary,
            told_to=told_to,
            told_on=story.ago(days),
            channel=channel,
            reaction=reaction,
            script_snapshot="\n".join(boundary.spoken),
            created_at=story.at(story.ago(days), 18),
        )
        boundary.tell(told_to)
    for days, given in told.crossings:
        if "follow_up_on" in given:
            given = {**given, "follow_up_on": story.ago(given["follow_up_on"])}
        Crossing.objects.create(
            owner=story.person,
            boundary=boundary,
            occurred_on=story.ago(days),
            created_at=story.at(story.ago(days), 20) + timedelta(minutes=15),
            **given,
        )
    return boundary
