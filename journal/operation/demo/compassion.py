"""Seven hard moments in the three modes. Most grew lighter, one stayed, and one grew stronger.

And what she says of the kindness starters, a few of which fit.
"""

from dataclasses import dataclass
from typing import Any

from journal.lessons import threads
from journal.operation.demo.story import Story
from journal.people import clock
from journal.reflections.compassion.models import KindnessStarter, SelfCompassion, StarterMark

BREAK, FULL, LETTER = SelfCompassion.Mode.values
Feeling, Mark = SelfCompassion.Feeling, StarterMark.Mark


@dataclass(frozen=True)
class Told:
    days: int  # ago
    hour: int
    mode: str
    trigger: str
    feeling: str
    before: int
    after: int | None
    words: dict[str, Any]
    kind_action_done: int | None = None  # days ago


TOOTHBRUSH = Told(
    *(74, 22, BREAK, "I was short with Ida about a toothbrush, because of slides I said yes to."),
    *(Feeling.GUILTY, 7, 5),
    {
        "critical_thought": "She gets what is left of you.",
        "kinder_thought": "It was not the toothbrush. I can say sorry in the morning.",
        "kind_action": "Say sorry to Ida at breakfast, in one sentence",
    },
    kind_action_done=73,
)
MOMENTS = (
    Told(
        *(63, 21, FULL, "Found the four old notebooks, each begun and left."),
        *(Feeling.ASHAMED, 7, 4),
        {
            "critical_thought": "You start things. That is all you do, you start.",
            "evidence_for": "Four notebooks. Eleven pages in the fullest one.",
            "evidence_against": "The plan, the tax, a jumper with both sleeves, all this month.",
            "friend_words": "Nora, you stopped opening them because they were lists of what you "
            "had not done. I would have stopped too.",
            "common_humanity": "Every house I know has a drawer like this.",
            "kinder_thought": "I start things, and some of them I finish. Both are true.",
        },
    ),
    Told(
        *(55, 22, LETTER, "Let the running go after all these years."),
        *(Feeling.SAD, 5, 3),
        {
            "letter_body": "Dear Nora,\n\nyou ran because you were lonely, and it got you out of "
            "the door, and that was good of you. You do not owe her the alarm at six. She wanted "
            "you to be all right, and mostly you are.\n\nThe bag can stay where you put it "
            "down.\n\nYours, from the kitchen",
            "kinder_thought": "I may stop without having been wrong to begin.",
        },
    ),
    Told(
        *(29, 23, BREAK, "Mum's results are not in, and I read about kitchens."),
        *(Feeling.ANXIOUS, 6, 8),
        {"critical_thought": "Who looks at tiles on a night like this?", "felt_worse": True},
    ),
    Told(
        *(15, 19, FULL, "He asked about the margin and I froze."),
        *(Feeling.ASHAMED, 8, 5),
        {
            "critical_thought": "You are not cut out for this.",
            "evidence_for": "I did not have the number.",
            "evidence_against": "I said that I would find it, and I found it by four.",
            "friend_words": "Priya, nobody carries that table in her head.",
            "common_humanity": "Anyone who is asked for a number in front of eight people.",
            "kinder_thought": "Freezing for a breath is not being unfit for the work.",
            "kind_action": "Walk home over the bridge, the long way",
        },
        kind_action_done=15,
    ),
    Told(
        *(8, 22, LETTER, "Asked Henrik, and now I wait."),
        *(Feeling.ANXIOUS, 5, 5),
        {
            "letter_body": "Dear Nora,\n\nyou said it in one sentence and then you were quiet. "
            "That was the whole of your part. His part takes as long as it takes.\n\nDo not "
            "rehearse the no. Go to bed.",
        },
    ),
    Told(
        *(1, 23, BREAK, "Lay awake after telling Priya that the quote could wait."),
        *(Feeling.GUILTY, 4, 2),
        {
            "kinder_thought": "I can say no and still like her, and she me.",
            "kind_action": "Tea in the good cup before anyone is up",
        },
    ),
)
MARKS = (
    (Mark.LITTLE, "My effort counts, even small."),
    (Mark.LITTLE, "Rest is part of keeping my word."),
    (Mark.NO, "Basic kindness needs no earning."),
    (Mark.FITS, "I can own only my part."),
    (Mark.FITS, "I may say no and still care."),
    (Mark.FITS, "I can come back from here."),
)


def tell(story: Story) -> None:
    toothbrush = make(story, TOOTHBRUSH)
    crossing = story.person.crossings.get(occurred_on=story.ago(TOOTHBRUSH.days))
    threads.tie(story.person, crossing, toothbrush)
    for told in MOMENTS:
        make(story, told)
    starters = {starter.text: starter.pk for starter in KindnessStarter.objects.all()}
    for mark, text in MARKS:
        StarterMark.put(story.person, starters[text], mark)


def make(story: Story, told: Told) -> SelfCompassion:
    day = story.ago(told.days)
    moment = SelfCompassion.new_for(story.person, told.mode)
    moment.occurred_on, moment.occurred_zone = day, str(clock.zone_of(story.person))
    moment.occurred_at = moment.created_at = story.at(day, told.hour)
    moment.trigger, moment.feeling = told.trigger, told.feeling
    moment.intensity_before, moment.intensity_after = told.before, told.after
    for name, value in told.words.items():
        setattr(moment, name, value)
    moment.insert_once()
    moment.finish()
    moment.finished_at = story.at(day, told.hour, 15)
    if told.kind_action_done is not None:
        moment.do_kind_action()
        moment.kind_action_done_at = story.at(story.ago(told.kind_action_done), 23)
    moment.save()
    return moment
