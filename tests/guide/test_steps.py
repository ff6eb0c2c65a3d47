"""Which steps each practice has, in their order. A new step is added to its list here."""

import pytest

from journal.boundaries.models import Boundary
from journal.boundaries.steps import FLOW as BOUNDARY
from journal.decisions.models import Decision
from journal.decisions.steps import FLOW as DECISION
from journal.privacy.ownership import words_of
from journal.privacy.rls import acting_as
from journal.promises.models import Promise
from journal.promises.steps import FLOW as PROMISE
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.compassion.steps import FLOW as MOMENT
from journal.reflections.mistakes.models import Mistake
from journal.reflections.mistakes.steps import FLOW as MISTAKE
from tests.routes.rows import ROWS

# A step with ! has to be answered.
PROMISES = "list promise! why rhythm! smallest if-then obstacle spare-days"
BOUNDARIES = "area! limit! why my-action! safety! facts impact ask benefit if-pushed tell"
DECISIONS = (
    "question! values state options! weigh information distance premortem cool-off ready choice! "
    "prediction review-date!"
)
MISTAKES = "event! feeling conditions my-part not-mine repair forgive lesson! apply!"
FULL = "trigger! critic! feeling! evidence friend shared kinder kind-action after"
BREAK = "trigger! feeling! shared kinder kind-action after"
LETTER = "trigger! feeling! letter after"


@pytest.mark.parametrize(
    ("flow", "row", "steps"),
    [
        (PROMISE, Promise(), PROMISES),
        (BOUNDARY, Boundary(), BOUNDARIES),
        (DECISION, Decision(), DECISIONS),
        (MISTAKE, Mistake(), MISTAKES),
        (MOMENT, SelfCompassion(mode="full"), FULL),
        (MOMENT, SelfCompassion(mode="break"), BREAK),
        (MOMENT, SelfCompassion(mode="letter"), LETTER),
    ],
    ids=[
        "promises",
        "boundaries",
        "decisions",
        "mistakes",
        "self-compassion, full",
        "self-compassion, break",
        "self-compassion, letter",
    ],
)
def test_a_practice_asks_these_steps_in_this_order(flow, row, steps):
    found = [f"{step.slug}{'!' if step.required else ''}" for step in flow.steps_of(row)]
    assert found == steps.split()


@pytest.mark.parametrize(
    ("flow", "kind"),
    [
        (PROMISE, "promises"),
        (BOUNDARY, "boundaries"),
        (MISTAKE, "mistakes"),  # a decision is locked once made
        (MOMENT, "self-compassion"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_all_words_that_a_practice_asks_for_stand_on_the_page_of_the_row(
    ada, ada_client, flow, kind
):
    row = ROWS[kind](ada)
    forms = [step.form for step in flow.steps_of(row) if hasattr(step.form, "_meta")]
    asked = {field for form in forms for field in form._meta.fields or ()}
    words = [field.name for field in words_of(type(row)) if field.name in asked]
    with acting_as(ada):
        for name in words:
            setattr(row, name, f"Word of {name}")
        row.save()

    page = ada_client.get(row.get_absolute_url()).content.decode()

    assert words
    assert [name for name in words if f"Word of {name}" not in page] == []


def test_each_step_has_a_question_and_a_short_name():
    moments = [MOMENT.steps_of(SelfCompassion(mode=mode)) for mode in ("full", "letter")]
    flows = [PROMISE.steps, DECISION.steps, MISTAKE.steps_of(Mistake())]
    flows += [BOUNDARY.steps_of(Boundary()), *moments]
    bare = [step.slug for steps in flows for step in steps if not (step.title and step.name)]
    assert not bare, f"{bare}: each step has a question, and a name in two words."
