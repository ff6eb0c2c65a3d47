"""What she gave some of her entries: a prompt they answer, a practice, a topic, how strong it was.

By how many days ago the entry was written. Also what two of them said before, and the one in the
trash.
"""

from datetime import timedelta
from typing import NamedTuple

from journal.operation.demo.story import Story
from journal.reflections.entries.models import Entry
from journal.reflections.entries.prompts.models import Prompt
from journal.reflections.practices import Practice

PROMISES, BOUNDARIES, COMPASSION = Practice.PROMISES, Practice.BOUNDARIES, Practice.COMPASSION
DECISIONS, MISTAKES = Practice.DECISIONS, Practice.MISTAKES


class Labels(NamedTuple):
    practice: str = ""
    topic: str = ""
    intensity: int | None = None
    prompt: str = ""


LABELS = {
    83: Labels(PROMISES),
    80: Labels(PROMISES, "Running", 4),
    74: Labels(BOUNDARIES, "Work", 6, "Where did you say yes, meaning no?"),
    68: Labels("", "Mum"),
    63: Labels(COMPASSION, "", 7, "What did the critic say, in what tone?"),
    55: Labels(PROMISES, "Running", 3, "What would you stop promising, with relief?"),
    52: Labels(PROMISES, "", None, "What size feels almost too easy?"),
    49: Labels(BOUNDARIES, "Work", 5),
    47: Labels(DECISIONS, "Four days", 6, "What do you know, and what assume?"),
    37: Labels(PROMISES, "", 2, "When did you return after a gap?"),
    34: Labels(BOUNDARIES, "Mum", 4),
    32: Labels(DECISIONS, "Four days", 3),
    29: Labels("", "Mum", 6),
    27: Labels("", "Mum", 8),
    24: Labels(PROMISES, "", None, "What made a kept day easier?"),
    21: Labels(BOUNDARIES, "Work", 3, "How would a calm no sound?"),
    15: Labels(COMPASSION, "Work", 7, "Which words would you offer someone loved?"),
    13: Labels(MISTAKES, "Ida", 5, "Which rule would have helped?"),
    8: Labels(DECISIONS, "Four days", 4),
    # Waiting for an answer: what Today then offers another view of.
    6: Labels(DECISIONS, "Four days", 4),
    5: Labels("", "Ida", 1),
    4: Labels(DECISIONS, "Four days", 5),
    2: Labels(DECISIONS, "Four days", 5),
    1: Labels(BOUNDARIES, "Work", 4),
}
# Days ago, and how the words went before she read them again.
EARLIER = {
    15: """\
He asked about the margin and I froze. Obviously. Everybody saw it.

On the way home I was already writing the speech about how I am not cut out for this.""",
    8: """\
Money is tighter than I guessed and I sleep better than I guessed.

I asked Henrik for a trial until the summer. He is going to think about it.""",
}
TRASHED = (16, 23, "I do not want to keep this one. It was only the headache talking.")
TRASHED_AGO = 9


def put_on(entry: Entry, days: int) -> None:
    """Before the entry is saved."""
    labels = LABELS.get(days, Labels())
    entry.practice, entry.intensity = labels.practice, labels.intensity
    entry.labelled = labels.topic
    if labels.prompt:
        entry.prompt = Prompt.objects.filter(text=labels.prompt).first()


def keep_earlier(entry: Entry, days: int) -> None:
    """The entry was written so, and changed half an hour later."""
    if days in EARLIER:
        blocks = EARLIER[days].split("\n\n")
        entry.earlier.create(
            owner=entry.owner,
            number=entry.version,
            title=entry.title,
            body="\n\n".join(block.replace("\n", " ") for block in blocks),
            saved_at=entry.written_at,
            created_at=entry.written_at + timedelta(minutes=30),
        )
        entry.save(update_fields=["title"])


def throw_away(story: Story) -> None:
    days, hour, body = TRASHED
    entry = Entry.new_for(story.person)
    entry.written_on, entry.body = story.ago(days), body
    entry.written_at = entry.created_at = story.at(entry.written_on, hour)
    entry.deleted_at = story.at(story.ago(TRASHED_AGO), 8)
    entry.save(force_insert=True)
