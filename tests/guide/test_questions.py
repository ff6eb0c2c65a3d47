"""The words of every question: as the practices were written down, prompt, hint and example."""

from html import escape

import pytest

from journal.boundaries.models import Boundary
from journal.boundaries.steps import FLOW as BOUNDARY
from journal.decisions.models import Decision
from journal.decisions.steps import FLOW as DECISION
from journal.promises.models import Promise
from journal.promises.steps import FLOW as PROMISE
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.compassion.steps import FLOW as MOMENT
from journal.reflections.mistakes.models import Mistake
from journal.reflections.mistakes.steps import FLOW as MISTAKE
from journal.today.onboarding.steps import STEPS as WELCOME
from tests.promises.factories import make_draft

PROMISES = """
○ What have you told yourself you would do? | Empty your head; choose one. | Walk; call Gran; sleep
● What will you do? | Visible and within your control. | Walk after lunch
○ Which value does it serve? | Yours, not someone’s expectation. | Health: energy for evenings
● How often? | Pick what a tired week allows. | Three times weekly
● What counts on your worst day? | Two minutes or less; it truly counts. | One lap outside
● If…, then I will… | Tie it to something that already happens. | \
If I finish lunch, then I put shoes on
○ What might get in the way, and then what? | Plan for the likely one. | If it rains, I climb stairs
○ How many spare days a month? | Slack planned early helps you continue. | 2
"""
# The example of the question about safety would be an answer to it, so there is none.
BOUNDARIES = """
● Where do you feel drained, rushed or resentful? | Past crossings are clues. | Work
● What is okay, and not okay? | Describe actions, not character. | No calls after 19:00
○ What does this protect? | Link a value if useful. | Dinner with my son
● If crossed, what will I do? | Yours to do, not a punishment. | Let it ring; answer at 9:00
● Could saying this put anyone at risk? | This answer is not stored. |
○ What could anyone present have seen? | One or two sentences. | Three calls after nine
○ How does it affect you? | Begin with “I”. | I can’t switch off
○ What exactly do you want, or refuse? | One clear sentence. | Please message instead
○ What improves if this works? | Honest, not persuasive. | Clearer answers
○ Which line will you repeat? Where can you bend? | Flex on how, not on what matters. | \
“I will answer at nine”
○ Who, when, how? | Calm beats perfect. | Sam, Tuesday, phone
"""
FULLY = """
● What set this off? | One moment, briefly. | Lost my thread in a meeting
● What did the harsh voice say? | In quotes: it is a thought. | “You always embarrass yourself”
● Name it; how strong, 0–10? | Naming is enough. | Ashamed, 7
○ What supports it? What does not? | Facts a stranger would accept. | \
I paused; two people thanked me
○ What would you tell a friend here? | Your own name can help. | “Ana, pausing is human”
○ Who else meets this? | Most difficulties are shared. | Anyone speaking in public
○ What is fair and believable? | Half-believable is fine. | I stumbled and still helped
○ One small kind act now? | Tea, air and rest count. | Walk round the block
○ How strong now, 0–10? | Any answer is useful. | 5
"""
DECISIONS = """
● What are you deciding? | Ask it openly, and pick an area. | How shall I use Fridays?
○ Which values are in play? | Up to three. | Family, craft
○ How do you feel, how strongly? | Tired and hungry count. | Excited, 8
● What could you do? At least two. | If these vanished, what then? | Study; freelance; rest
○ For each: gains, costs, consequences, undoable? | Then what happens next? | Less pay until May
○ What do you know? What is missing? | Name what would be enough. | Ask two who did it
○ Ten days, months, years on? Advising a friend? | Widen time, then perspective. | \
I’d value training
○ It went badly. Why? | Imagine it already happened. | Never protected the day
○ Wait before choosing? | Suggested 24 hours if feeling ≥7 or one-way. | Thursday 18:00
● What do you choose, and why? | Future you will read this. | Study, because…
○ What will happen, by when? How sure? | Checkable yes/no; 50% means unsure. | Passed by June, 70%
● When will you look back? | Default 30 days. | 1 June
"""
MISTAKES = """
● What did you expect? What happened? | Facts; leave out anything too much. | Meant to call; forgot
○ How heavy, 0–10? | Above 7, try a Break first. | 6
○ What made it likely? | Tiredness, tools, timing, pressure. | Long shift, no reminder
○ What was yours? | Specific and finite. | Relied on memory
○ What was not? | Fairness runs both ways. | The changed time
○ Is anything owed or mendable? | Only if safe and welcome. | Apologise Saturday
○ What can you set down, still owning your part? | Readiness may come later. | \
I can stop replaying it
● If…, then I will… | Usable by tired you. | If I promise a call, I set an alarm
● Where will you meet this next? | Choose areas. | Family
"""


def as_written(steps) -> list[str]:
    return [
        f"{'●' if step.required else '○'} {step.title} | {step.hint} | {step.example}".strip()
        for step in steps
    ]


@pytest.mark.parametrize(
    ("flow", "row", "written"),
    [
        (PROMISE, Promise(), PROMISES),
        (BOUNDARY, Boundary(), BOUNDARIES),
        (MOMENT, SelfCompassion(mode="full"), FULLY),
        (DECISION, Decision(), DECISIONS),
        (MISTAKE, Mistake(), MISTAKES),
    ],
    ids=["promises", "boundaries", "self-compassion", "decisions", "mistakes"],
)
def test_each_practice_asks_in_its_own_words(flow, row, written):
    assert as_written(flow.steps_of(row)) == written.strip().splitlines()


@pytest.mark.parametrize(
    ("mode", "asked"),
    [
        ("break", ["trigger", "feeling", "shared", "kind-action", "after"]),
        ("letter", ["trigger", "feeling", "letter", "after"]),
    ],
)
def test_a_break_and_a_letter_ask_less(mode, asked):
    assert [step.slug for step in MOMENT.steps_of(SelfCompassion(mode=mode))] == asked


def test_getting_started_asks_in_its_own_words():
    assert [(str(step.title), str(step.hint), str(step.example)) for step in WELCOME] == [
        (
            "What this is and is not",
            "Practice, not therapy or emergency help. Nothing is shared by default.",
            "",
        ),
        (
            "What matters to you, up to five?",
            "Choose or write your own.",
            "Honesty: say the awkward thing kindly",
        ),
        (
            "Five short statements",
            "A private snapshot, not a test. How true was each, over the past two weeks?",
            "",
        ),
        ("When may we nudge you?", "Off by default; discreet wording.", "20:30"),
        (
            "Where would you like to start?",
            "“Look around” is a fine answer. Everything stays open to you.",
            "",
        ),
    ]


@pytest.mark.django_db
def test_a_step_shows_its_question_its_hint_and_one_tap_away_its_example(ada, ada_client):
    draft = make_draft(ada, step="check")
    for step in PROMISE.steps_of(draft):
        page = ada_client.get(f"/promises/{draft.pk}/step/{step.slug}/").content.decode()
        assert f'<h1 tabindex="-1">{escape(str(step.title))}</h1>' in page
        assert f'<p class="meta">{escape(str(step.hint))}</p>' in page
        shown = page.split("<summary>An example</summary>")[1].split("</details>")[0]
        assert f"<span>{escape(str(step.example))}</span>" in shown
