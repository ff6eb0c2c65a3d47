"""Eight promises: four that go on, one paused, one completed, one let go, one only begun.

A promise can only be made for today or later, so each is made as a person would and then moved
back to the day it began, together with its revisions and pauses.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from journal.operation.demo.story import Story
from journal.promises.models import (
    CheckIn,
    Promise,
    PromisePause,
    PromiseRevision,
    WeekConfirmation,
)
from journal.promises.occurrences import Plan, Terms, due_days, weeks

KEPT, SMALL, MISSED, EXCUSED = CheckIn.Status.values
ILL = range(37, 41)  # days ago: a fever in the sixth week


@dataclass(frozen=True)
class Told:
    """A promise from its first day on. `odds` are for kept, kept small and missed, in percent, at
    the beginning and at the end; what is left of a hundred stays unrecorded."""

    statement: str
    began: int  # days ago
    terms: dict[str, Any]
    value: str = ""
    odds: tuple[tuple[int, int, int], tuple[int, int, int]] = ((60, 15, 20), (80, 12, 6))
    revised: tuple[int, str, dict[str, Any]] | None = None  # days ago, what changed, new terms
    until: int = -1  # days ago: answers stop here
    open_today: bool = False
    sure: dict[int, tuple[str, str]] = field(default_factory=dict)  # days ago: answer and note
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)


WALK = Told(
    "Walk after lunch, no phone",
    began=83,
    value="health",
    terms={
        "cadence": "daily",
        "smallest_version": "Once round the block",
        "cue": "I put my lunch box in the sink",
        "action": "I put my shoes on",
        "why": "The afternoon is two different afternoons.",
        "obstacle": "it pours",
        "coping_response": "I take the stairs to the top and back",
    },
    odds=((45, 15, 32), (64, 16, 14)),
    revised=(
        52,
        "At weekends there is no lunch box, so there was never a cue.",
        {"cadence": "weekdays", "weekdays": [0, 1, 2, 3, 4]},
    ),
    open_today=True,
    notes={
        MISSED: (
            "The Lund call ran over and then I was eating at my desk again.",
            "I had the shoes on. Then the phone rang and I stood there with one lace tied.",
            "No reason. I did not want to.",
        ),
        SMALL: ("Round the block in the rain. Counts.", "Four minutes. It did change the hour."),
    },
)
PORTUGUESE = Told(
    "Ten minutes of Portuguese before I open email",
    began=83,
    value="craft",
    terms={
        "cadence": "weekdays",
        "weekdays": [0, 1, 2, 3, 4],
        "smallest_version": "One page",
        "cue": "the kettle goes on at work",
        "action": "I open the book, not the laptop",
        "why": "It is the one thing in the day that nobody asked me for.",
        "reserve_per_month": 3,
    },
    odds=((62, 14, 18), (74, 11, 11)),
    notes={
        MISSED: ("Opened email 'just to check the room number'.",),
        SMALL: ("One page, standing.", "Half asleep, one page, one new word: saudade."),
        KEPT: ("Understood a whole song on the way home.",),
    },
)
PHONE = Told(
    "The phone sleeps in the kitchen",
    began=60,
    value="calm",
    terms={
        "cadence": "daily",
        "smallest_version": "Face down, across the room",
        "cue": "I brush my teeth",
        "action": "I plug it in beside the bread bin",
        "obstacle": "I am waiting to hear from Mum",
        "coping_response": "I turn the sound up instead",
    },
    odds=((52, 24, 20), (66, 17, 13)),
    open_today=True,
    sure={29: (MISSED, "Read about other people's kitchens until half past twelve.")},
    notes={
        SMALL: ("Across the room, face down. Slept anyway.",),
    },
)
MUM = Told(
    "Call Mum",
    began=76,
    value="family",
    terms={
        "cadence": "weekdays",
        "weekdays": [6],
        "smallest_version": "A voice message",
        "cue": "Ida is in the bath on Sunday",
        "action": "I sit on the stairs and call",
    },
    odds=((60, 30, 10), (75, 20, 5)),
    notes={KEPT: ("Forty minutes, and we both laughed about the boiler.",)},
)
SWIM = Told(
    "Swim",
    began=69,
    value="health",
    terms={
        "cadence": "times_per_week",
        "times_per_week": 2,
        "smallest_version": "Ten lengths",
        "cue": "I pack Ida's school bag",
        "action": "I put my towel in mine",
    },
    notes={SMALL: ("Ten lengths and a long shower.",)},
)
DRAW = Told(
    "Draw for twenty minutes on Saturdays",
    began=71,
    value="craft",
    terms={
        "cadence": "weekdays",
        "weekdays": [5],
        "smallest_version": "One cup, in pencil",
        "cue": "the breakfast things are cleared",
        "action": "I take the pad out of the drawer",
    },
    until=17,
    odds=((60, 30, 10), (50, 20, 25)),
    notes={KEPT: ("Drew the pear before anyone ate it.",)},
)
RUN = Told(
    "Run before work",
    began=80,
    terms={
        "cadence": "weekdays",
        "weekdays": [0, 2, 4],
        "smallest_version": "To the gate and back",
        "cue": "the alarm goes at six",
        "action": "I put my feet on the floor",
    },
    until=52,
    odds=((25, 25, 45), (10, 15, 70)),
    notes={MISSED: ("Dark, wet, no.", "I am promising this for someone I used to be.")},
)
DENTIST = Told(
    "Book the dentist",
    began=30,
    terms={
        "cadence": "once",
        "smallest_version": "Find the number",
        "cue": "I come back from lunch",
        "action": "I ring before I sit down",
    },
)


def tell(story: Story) -> None:
    for told in (WALK, PORTUGUESE, PHONE, MUM):
        answer_days(story, told, make(story, told))
    swim(story)
    draw(story)
    run(story)
    dentist(story)
    begun = Promise.new_for(story.person)
    begun.statement, begun.step = "Look at the bank account on Fridays", "rhythm"
    begun.save(force_insert=True)


def make(story: Story, told: Told) -> Promise:
    began = story.ago(told.began)
    promise = Promise.new_for(story.person)
    promise.statement, promise.value = told.statement, story.values.get(told.value)
    for name, value in told.terms.items():
        setattr(promise, name, value)
    promise.created_at = story.at(began, 8)
    promise.save(force_insert=True)
    promise.finish()
    promise.starts_on, promise.finished_at = began, story.at(began, 8)
    first = promise.revisions.get()
    first.effective_on = began
    first.save()
    if told.revised:
        days, reason, terms = told.revised
        for name, value in terms.items():
            setattr(promise, name, value)
        now = {name: getattr(promise, name) for name in Promise.RENEGOTIABLE}
        PromiseRevision.objects.create(
            owner=story.person,
            promise=promise,
            effective_on=story.ago(days),
            reason=reason,
            **now,
        )
    promise.save()
    return promise


def plan_of(promise: Promise) -> Plan:
    terms = tuple(
        Terms(
            one.effective_on,
            one.cadence,
            frozenset(one.weekdays),
            one.times_per_week or 0,
            one.due_on,
        )
        for one in promise.revisions.order_by("effective_on")
    )
    assert promise.starts_on  # noqa: S101 - it was made
    return Plan(starts_on=promise.starts_on, terms=terms, week_starts_on=promise.week_starts_on)


def answer_days(story: Story, told: Told, promise: Promise) -> None:
    last = story.ago(told.until + 1 if told.until >= 0 else int(told.open_today))
    notes = {status: list(texts) for status, texts in told.notes.items()}
    rows = []
    for day in due_days(plan_of(promise), story.ago(told.began), last):
        status = drawn(story, told, day)
        if status:
            rows.append(answer(story, promise, day, status, notes))
            _status, sure = told.sure.get((story.today - day).days, ("", ""))
            rows[-1].note = sure or rows[-1].note
    CheckIn.objects.bulk_create(rows)


def drawn(story: Story, told: Told, day: date) -> str:
    """An answer by chance, the odds moving from those of the beginning to those of the end."""
    days_ago = (story.today - day).days
    if days_ago in ILL:
        return EXCUSED
    share = (told.began - days_ago) / told.began
    at, upto = story.chance.uniform(0, 100), 0.0
    if days_ago in told.sure:
        return told.sure[days_ago][0]
    for status, first, last in zip((KEPT, SMALL, MISSED), *told.odds, strict=True):
        upto += first + (last - first) * share
        if at < upto:
            return status
    return "" if days_ago > 3 else KEPT


def answer(
    story: Story, promise: Promise, day: date, status: str, notes: dict[str, list[str]]
) -> CheckIn:
    ill = (story.today - day).days in ILL
    left = notes.get(status, [])
    note = left.pop(0) if left and story.chance.random() < 0.5 else ""
    excuse = "" if status != EXCUSED else "ill" if ill else "travel"
    return CheckIn(
        owner=story.person,
        promise=promise,
        due_on=day,
        status=status,
        excuse=excuse,
        note=note,
        created_at=story.at(day, 21),
    )


def swim(story: Story) -> None:
    """By the week: days that were kept, and weeks that were looked at and confirmed."""
    promise = make(story, SWIM)
    notes = {status: list(texts) for status, texts in SWIM.notes.items()}
    for number, week in enumerate(weeks(plan_of(promise), story.ago(SWIM.began), story.today)):
        kept = (2, 1, 2, 1, 0, 1, 2, 2, 2, 2, 2)[number % 11]
        for day in (week.days[1], week.days[-2])[:kept] if len(week.days) > 3 else ():
            if day <= story.today:
                status = SMALL if number % 4 == 1 else KEPT
                answer(story, promise, day, status, notes).save(force_insert=True)
        if week.ends_on < story.today - timedelta(days=7):
            WeekConfirmation.objects.create(
                owner=story.person, promise=promise, week_start=week.starts_on
            )


def draw(story: Story) -> None:
    promise = make(story, DRAW)
    answer_days(story, DRAW, promise)
    PromisePause.objects.create(owner=story.person, promise=promise, from_on=story.ago(DRAW.until))
    promise.state = Promise.State.PAUSED
    promise.pause_reason = (
        "Ida's rehearsals take the Saturdays until the recital. I want this back, not now."
    )
    promise.resume_on = story.today + timedelta(days=12)
    promise.save()


def run(story: Story) -> None:
    promise = make(story, RUN)
    answer_days(story, RUN, promise)
    promise.state, promise.retire_reason = Promise.State.RETIRED, Promise.RetireReason.NOT_MINE
    promise.ended_on = story.ago(RUN.until)
    promise.save()


def dentist(story: Story) -> None:
    """Made for today, as it must be, and then moved back to the day on which it was kept."""
    day = story.ago(24)
    promise = make(story, replace(DENTIST, terms={**DENTIST.terms, "due_on": story.today}))
    promise.due_on = day
    promise.save()
    promise.revisions.update(due_on=day)
    promise.record(day, KEPT, note="Three minutes, after putting it off since March.")
