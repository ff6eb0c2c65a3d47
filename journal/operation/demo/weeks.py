"""How she looked back on most of her weeks: one was skipped, one closed by itself. The week that
is open is left for whoever looks.
"""

from datetime import timedelta
from typing import Any

from journal.operation.demo.story import Story
from journal.reflections.week import calendar
from journal.reflections.week.models import WeeklyReflection

SKIPPED, CLOSED = {"skipped": True}, {"closed": True}
# How many weeks before the one that is open, and what she wrote.
TOLD: dict[int, dict[str, Any]] = {
    10: {
        "sentence_of_week": "Loud, and mostly other people’s.",
        "easier": "Fewer things at once. I meant all of them on Monday and none by Thursday.",
        "next_choice": "keep",
    },
    9: {
        "sentence_of_week": "Slow start, quiet end.",
        "kept_days": "The book lay on the table already.",
        "rely_on": "I do answer, if I let myself wait first.",
        "next_choice": "keep",
    },
    8: CLOSED | {"sentence_of_week": "Too tired for this on Sunday."},
    7: {
        "sentence_of_week": "I put something down that was not mine any more.",
        "kept_days": "Walking with somebody. Shoes by the door.",
        "lesson_helped": "Asking for a date before I say yes.",
        "next_choice": "rest",
    },
    6: SKIPPED,
    5: {
        "sentence_of_week": "Came back without starting over.",
        "easier": "The small version, named the evening before.",
        "kinder_words": "One miss is one miss.",
        "next_choice": "keep",
    },
    4: {
        "sentence_of_week": "Heavy, and I let it be heavy.",
        "protected": "Sunday. Nobody got the Sunday.",
        "rely_on": "I ring back.",
        "next_choice": "rest",
    },
    3: {
        "sentence_of_week": "Said no once, out loud, and nothing fell over.",
        "kept_days": "Mornings, before anyone wants anything.",
        "protected": "The evening after the late shift.",
        "process": "Slept on it. Asked one person who had done it.",
        "next_choice": "keep",
    },
    2: {
        "sentence_of_week": "Crowded, decent.",
        "kept_days": "The phone in the other room.",
        "kinder_words": "Freezing for ten seconds is not the same as not knowing.",
        "next_choice": "keep",
    },
    1: {
        "sentence_of_week": "Both hard days had the same hour in them.",
        "kept_days": "Kept the mornings when the book was already on the table.",
        "easier": "Eat before the supplier calls, not after.",
        "rely_on": "I come back.",
        "next_choice": "keep",
    },
}


def tell(story: Story) -> None:
    newest = calendar.open_week(story.person, story.today)
    for ago, told in TOLD.items():
        start = newest - timedelta(weeks=ago)
        if start < story.ago(83):  # she had not begun by then
            continue
        row = WeeklyReflection.of(story.person, start)
        evening = story.at(calendar.end_of(start), 19, 40)
        for name, text in told.items():
            if name not in (*SKIPPED, *CLOSED):
                setattr(row, name, text)
        row.created_at = evening
        if "skipped" in told:
            row.skip()
        else:
            row.insert_once()
            row.frozen_at = evening
            row.step = "next" if "closed" in told else "check"
            row.finished_at = None if "closed" in told else evening + timedelta(minutes=15)
            row.save()
