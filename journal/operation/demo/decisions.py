"""Four decisions: one looked back on, one ready for it, one lately made, one cooling off.

A decision is locked once it is made, so each stands undecided with its options and values first;
then everything is decided in one save, as of its day.
"""

from dataclasses import dataclass, field
from typing import Any

from journal.decisions.models import Decision, DecisionReview, in_a_day
from journal.decisions.parts import Option, ValueInPlay
from journal.lessons.models import LessonUse
from journal.lessons.uses import use_beside
from journal.operation.demo import lessons
from journal.operation.demo.story import Story

EASY, COSTLY, ONE_WAY = Option.Reversibility.values


@dataclass(frozen=True)
class Told:
    question: str
    began: int  # days ago
    words: dict[str, Any]
    options: tuple[dict[str, Any], ...]  # the first is the chosen one
    values: tuple[str, ...] = ()
    decided: int | None = None  # days ago; none: it cools off
    review: int = 0  # days ago to look back; negative lies ahead
    after: dict[str, Any] = field(default_factory=dict)  # said when it is decided


CAR = Told(
    "Mend the old car, or take the loan?",
    began=69,
    decided=66,
    review=36,
    values=("calm", "family"),
    words={
        "area": "money",
        "feelings": "Cornered, and a little angry at the car",
        "feeling_intensity": 4,
        "info_have": "The garage says 6,000 for the brakes. The loan is 1,900 a month.",
        "info_missing": "What else is about to go.",
        "good_enough": "It is safe, and we do not lie awake about it.",
        "distance_note": "In a year I will not remember which car. I will remember the payments.",
        "premortem": "It was the brakes first, and then something every month until the spring.",
    },
    options=(
        {
            "name": "Mend it and drive it another year",
            "pros": "No debt. We know all its noises.",
            "cons": "It is fourteen years old.",
            "value_fit": 8,
            "reversibility": EASY,
        },
        {
            "name": "The loan for a newer one",
            "pros": "Two quiet years.",
            "cons": "Four days a week would be off the table.",
            "value_fit": 4,
            "reversibility": COSTLY,
        },
        {"name": "Sell it and see how far the bus goes", "value_fit": 5, "reversibility": COSTLY},
    ),
    after={
        "reasons": "The loan decides other things for us, and this does not.",
        "prediction": "It gets through its inspection for under 6,000 kroner.",
        "confidence": 70,
        "process_sound_then": True,
    },
)
SATURDAYS = Told(
    "What gives way to the rehearsals?",
    began=20,
    decided=19,
    review=0,
    values=("family", "craft"),
    words={
        "area": "time",
        "feelings": "Torn",
        "feeling_intensity": 5,
        "info_have": "Every Saturday until the recital, and I drive two of the children.",
    },
    options=(
        {
            "name": "The drawing waits until it is over",
            "pros": "One thing, with my whole head.",
            "cons": "It may not come back by itself.",
            "value_fit": 7,
            "reversibility": EASY,
        },
        {
            "name": "Draw in the car park",
            "cons": "Cold, and nothing done properly.",
            "value_fit": 3,
        },
    ),
    after={
        "reasons": "I would rather have it wait properly than limp along.",
        "prediction": "I take the pad out again on the first free Saturday.",
        "confidence": 60,
        "process_sound_then": True,
    },
)
FOUR_DAYS = Told(
    "Do I ask Henrik for four days?",
    began=47,
    decided=9,
    review=-12,
    values=("family", "honesty", "craft"),
    words={
        "area": "work",
        "feelings": "Wanting it, and afraid of wanting it",
        "feeling_intensity": 6,
        "info_have": "About an eighth less after tax. The car waits another year.",
        "info_missing": "Whether I would keep the day free.",
        "good_enough": "A way back, and a date on which we look at it together.",
        "distance_note": "Ida is nine. In four years she will not want me home.",
        "premortem": "The day filled up with everyone else's washing.",
    },
    options=(
        {
            "name": "Ask for a trial until the summer",
            "pros": "A real try, with a way back.",
            "cons": "I have to say it out loud.",
            "consequences": "If it is yes, I find out whether I keep the day.",
            "value_fit": 9,
            "reversibility": EASY,
        },
        {
            "name": "Ask for four days, for good",
            "pros": "Then it is settled.",
            "cons": "I do not know enough yet.",
            "value_fit": 6,
            "reversibility": COSTLY,
        },
        {
            "name": "Stay as it is",
            "cons": "I would ask myself again every Sunday.",
            "value_fit": 3,
            "reversibility": EASY,
        },
    ),
    after={
        "reasons": "The smallest step that is a real answer. The sum says that it is possible.",
        "prediction": "Henrik says yes to a trial within three weeks.",
        "confidence": 65,
        "process_sound_then": True,
    },
)
PARENTS = Told(
    "Do I become the orchestra parents' treasurer?",
    began=0,
    values=("family", "calm"),
    words={
        "area": "family",
        "feelings": "Flattered, and already tired",
        "feeling_intensity": 7,
        "info_have": "Two evenings a month. They asked me in front of the others.",
        "info_missing": "What the last one says about it.",
    },
    options=(
        {"name": "Yes, for one year", "pros": "I could do it well.", "value_fit": 4},
        {"name": "No, and say so kindly", "pros": "The evenings stay evenings.", "value_fit": 8},
        {"name": "Look after the music stands instead", "value_fit": 7, "reversibility": EASY},
    ),
)


def tell(story: Story) -> None:
    car = make(story, CAR)
    look_back_on(story, car, days=34)
    four_days = make(story, FOUR_DAYS)
    make(story, SATURDAYS)
    make(story, PARENTS)
    learned = {lesson.if_situation: lesson for lesson in story.person.lessons.all()}
    use = use_beside(story.person, learned[lessons.A_SHORT_NIGHT.if_situation], four_days)
    use.used_on, use.result = story.ago(9), LessonUse.Result.HELPED
    use.note = "Wanted to write to Henrik at midnight. Slept, and asked him the day after."
    use.save()


def make(story: Story, told: Told) -> Decision:
    decision = Decision.new_for(story.person)
    for name, value in told.words.items():
        setattr(decision, name, value)
    decision.question, decision.step = told.question, "choice"
    decision.created_at = story.at(story.ago(told.began), 20 if told.began else 7)
    decision.insert_once()
    options = [
        Option.objects.create(owner=story.person, decision=decision, place=place, **given)
        for place, given in enumerate(told.options, 1)
    ]
    for place, name in enumerate(told.values, 1):
        value = story.values[name]
        ValueInPlay.objects.create(
            owner=story.person, decision=decision, value=value, place=place, name=value.name
        )
    if told.decided is None:
        decision.cooling_off_until = in_a_day()
        decision.deadline = story.ago(-6)
        decision.state = decision.open_state()
        decision.save()
    else:
        decide(story, told, decision, options[0])
    return decision


def decide(story: Story, told: Told, decision: Decision, chosen: Option) -> None:
    """What `finish` does, on a day that is over."""
    assert told.decided is not None  # noqa: S101 - asked before
    for name, value in told.after.items():
        setattr(decision, name, value)
    day = story.ago(told.decided)
    decision.chosen_option, decision.state = chosen, Decision.State.DECIDED
    decision.decided_on, decision.finished_at = day, story.at(day, 20, 30)
    decision.review_on = story.ago(told.review)
    decision.clean_fields(exclude={"owner"})
    decision.validate_constraints()
    decision.save()


def look_back_on(story: Story, decision: Decision, days: int) -> None:
    """A sound process, and bad luck."""
    review = DecisionReview(
        owner=story.person,
        decision=decision,
        process_sound_now=True,
        prediction_result=DecisionReview.PredictionResult.NO,
        outcome_quality=DecisionReview.OutcomeQuality.POOR,
        outcome="It passed, and then the exhaust came off on the way to Lund: 9,400 in all.",
        luck="The exhaust. It was on nobody's list, and the garage had looked.",
        learned="You asked two people and slept on it. I would decide it the same way again.",
        created_at=story.at(story.ago(days), 20),
    )
    review.insert_once()
    review.finish()
    review.reviewed_on, review.finished_at = story.ago(days), story.at(story.ago(days), 20, 15)
    review.save()
