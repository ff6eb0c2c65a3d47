"""No word of a decision lies open: not in a table, a session or a log; and it is only hers."""

import pytest

from journal.decisions.models import Addendum, Decision, DecisionReview, Option, ValueInPlay
from journal.privacy.rls import COACH, acting_as
from tests.decisions.factories import make_due, make_open
from tests.decisions.flow_client import ANSWERS, look_back, post, walk
from tests.decisions.page_states import make_full_decision
from tests.people.factories import make_value
from tests.privacy.stored import run
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db

CANARY = "zanzibarquokka"
TABLES = "select tablename from pg_tables where schemaname = 'public'"
MODELS = (Decision, Option, ValueInPlay, Addendum, DecisionReview)


def word(where: str) -> str:
    return f"{CANARY} {where}"


def test_every_word_is_sealed_where_it_is_stored(ada, ada_client, caplog):
    caplog.set_level("DEBUG", "journal")
    value = make_value(ada, word("value"))
    weighing = make_open(ada, word("weighed"), options=[word("a"), word("b")], step="weigh")
    with acting_as(ada):
        pk = weighing.options.all()[0].pk
    weighed = {f"{name}-{pk}": word(name) for name in ("pros", "cons", "consequences")}
    weigh = f"/decisions/{weighing.pk}/step/weigh/"
    assert post(ada_client, weigh, **weighed).status_code == 302
    assert ada_client.post(weigh, {"version": "1", f"pros-{pk}": word("stale")}).status_code == 409
    decision = walk(
        ada,
        ada_client,
        question={"question": word("question"), "area": "work"},
        values={"values": str(value.pk)},
        state={"feelings": word("feelings")},
        options={"name-1": word("one"), "name-2": word("two")},
        information={n: word(n) for n in ("info_have", "info_missing", "good_enough")},
        distance={"distance_note": word("distance")},
        premortem={"premortem": word("premortem")},
        choice={"chosen_option": word("one"), "reasons": word("reasons")},
        prediction={
            **{name: ANSWERS[name] for name in ("prediction_on", "confidence")},
            "prediction": word("prediction"),
        },
    )
    page = decision.get_absolute_url()
    added = ada_client.post(f"{page}thoughts/new/", {"thought": word("later")})
    assert added.status_code == 302
    look_back(
        ada_client,
        decision,
        outcome={"outcome_quality": "poor", "outcome": word("outcome"), "luck": word("luck")},
        lesson={
            "learned": word("learned"),
            "if_situation": word("if"),
            "then_action": word("then"),
        },
    )

    assert ada_client.get(page).content.decode().count(CANARY) >= 15
    for (table,) in run(TABLES):
        rows = "\n".join(row[0] for row in run(f'select t::text from "{table}" t'))
        assert CANARY not in rows, table
        assert CANARY.encode().hex() not in rows, table
    assert CANARY not in caplog.text


def test_only_ada_meets_her_rows(ada, eve):
    decision = make_full_decision(ada)
    look = {"process_sound_now": True, "prediction_result": "yes", "outcome_quality": "good"}
    with acting_as(ada):
        DecisionReview.objects.create(owner=ada, decision=decision, **look)
        assert [model.objects.count() for model in MODELS] == [1, 2, 1, 1, 1]
    with acting_as(eve):
        assert [model.objects.count() for model in MODELS] == [0, 0, 0, 0, 0]
    with acting_as(eve, role=COACH):
        assert [model.objects.count() for model in MODELS] == [0, 0, 0, 0, 0]


def test_a_decisions_page_takes_the_same_statements_with_one_later_thought_and_with_thirty(
    ada, ada_client
):
    decision = make_due(ada)
    add = {"owner": ada, "decision": decision, "written_on": decision.decided_on}
    counts = []
    for more in (1, 29):
        with acting_as(ada):
            for n in range(more):
                Addendum.objects.create(thought=f"Later {n}", **add)
        counts.append(len(statements_of(ada_client, decision.get_absolute_url())))
    assert counts == [9, 9]
