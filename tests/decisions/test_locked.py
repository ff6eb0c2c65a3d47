"""What was decided stays as it was, by whatever way somebody tries to change it."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from journal.decisions.models import Addendum, Decision, DecisionReview, Option, ValueInPlay
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.decisions.factories import make_decision, make_open, make_review, reread
from tests.decisions.page_states import make_full_decision
from tests.lessons.factories import make_lesson
from tests.people.factories import make_value
from tests.privacy.stored import bytes_of, changed, run

pytestmark = pytest.mark.django_db

LOCKED = {
    "question": b"\x01other",
    "area": "money",
    "deadline": "2027-01-01",
    "feelings": b"\x01other",
    "feeling_intensity": 3,
    "info_have": b"\x01other",
    "info_missing": None,
    "good_enough": None,
    "distance_note": None,
    "premortem": None,
    "cooling_off_until": "2027-01-01",
    "honest_yes": "no",
    "feeling_now": 1,
    "reasons": b"\x01other",
    "prediction": None,
    "prediction_on": None,
    "confidence": 99,
    "process_sound_then": False,
    "finished_at": None,
    "decided_on": "2020-01-01",
    "created_at": "2020-01-01",
    "step": "choice",
}


@contextmanager
def refused(match: str = "stays as it was"):
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        yield


def sql(statement: str, *parameters) -> int:
    return changed(statement, *parameters)


@pytest.mark.parametrize("column", LOCKED)
def test_raw_sql_as_the_person_changes_no_locked_column(ada, column):
    decision = make_full_decision(ada)
    before = run(f"select {column} from decisions_decision where id = %s", decision.pk)

    with acting_as(ada), refused():
        update = f"update decisions_decision set {column} = %s where id = %s"
        sql(update, LOCKED[column], decision.pk)

    after = run(f"select {column} from decisions_decision where id = %s", decision.pk)
    assert after == before


def test_every_column_is_locked_but_seven(ada):
    """A new column is locked until somebody says here that it may change."""
    columns = {field.column for field in Decision._meta.concrete_fields}
    elsewhere = {"id", "owner_id", "chosen_option_id", "hidden_lessons"}
    assert columns - set(LOCKED) - elsewhere == {
        "state",
        "dropped_on",
        "review_on",
        "deleted_at",
        "idle_answered_at",
        "updated_at",
        "version",
    }


def test_another_choice_is_refused(ada):
    decision = make_decision(ada)
    with acting_as(ada):
        other = decision.options.all()[1]
        with refused():
            decision.chosen_option = other
            decision.save()
        with refused():
            Decision.objects.filter(pk=decision.pk).update(chosen_option=other)
        with refused():
            sql("update decisions_decision set chosen_option_id = %s", other.pk)
        with refused():
            sql("update decisions_decision set hidden_lessons = array[%s]::uuid[]", other.pk)
    assert reread(decision).chosen_option_id != other.pk


def test_the_orm_changes_no_word_of_it(ada):
    decision = make_decision(ada)
    with acting_as(ada):
        for name, value in (("reasons", "Hindsight"), ("prediction", "Known"), ("confidence", 99)):
            with refused():
                setattr(decision, name, value)
                decision.save()
            decision.refresh_from_db()
        assert (decision.reasons, decision.prediction) == ("It lasts", "I pass by June")


def test_options_are_neither_added_nor_changed_nor_removed(ada):
    decision = make_decision(ada)
    with acting_as(ada):
        option = decision.options.all()[1]
        with refused():
            Option.objects.create(owner=ada, decision=decision, place=4, name="Travel")
        with refused():
            option.name = "Never mind"
            option.save()
        with refused():
            Option.objects.filter(pk=option.pk).update(value_fit=1)
        with refused():
            option.delete()
        with refused():
            sql("delete from decisions_option where id = %s", option.pk)
        with refused():
            sql("update decisions_option set deleted_at = now()")
    assert [one.name for one in Option.objects.order_by("place")] == ["Study", "Freelance", "Rest"]


def test_options_of_a_draft_do_not_move_into_what_is_decided(ada):
    decided, draft = make_decision(ada), make_open(ada, options=("Stay", "Go"))
    with acting_as(ada):
        with refused():
            move = "update decisions_option set decision_id = %s, place = 5 where decision_id = %s"
            sql(move, decided.pk, draft.pk)
        with refused():
            sql(move, draft.pk, decided.pk)


def test_values_in_play_are_locked_too(ada):
    decision = make_full_decision(ada)
    with acting_as(ada):
        value = decision.values_in_play.get()
        more = make_value(ada, "craft")
        with refused():
            ValueInPlay.objects.create(
                owner=ada, decision=decision, value=more, name="craft", place=2
            )
        with refused():
            value.delete()
        with refused():
            sql("update decisions_valueinplay set value_id = %s", more.pk)


def test_saving_it_unchanged_is_no_change(ada):
    decision = reread(make_full_decision(ada))
    before = bytes_of(decision, "reasons")
    with acting_as(ada):
        assert decision.question.startswith("How shall")  # opened
        decision.reasons = str(decision.reasons)  # the same words, as a form would give them
        decision.save()
    assert bytes_of(decision, "reasons") == before
    assert reread(decision).version == decision.version


def test_what_may_change_still_does(ada):
    decision = make_decision(ada)
    with acting_as(ada):
        decision.look_back_on(decision.review_on + timedelta(days=1))
        decision.drop()
        decision.take_up()
        decision.trash()
        decision.restore()
    assert (reread(decision).state, reread(decision).deleted_at) == ("decided", None)


def test_a_forged_form_changes_nothing(ada, ada_client):
    decision = make_decision(ada)
    with acting_as(ada):
        other = decision.options.all()[1]
    forged = {
        "choice": {"chosen_option": str(other.pk), "reasons": "Hindsight"},
        "ready": {"honest_yes": "yes", "process_sound_then": "no", "feeling_now": "0"},
        "prediction": {"prediction": "Known", "confidence": "99"},
        "options": {"name-1": "Only", "name-2": "These"},
        "weigh": {f"pros-{other.pk}": "Obvious"},
        "values": {},
        "check": {"do": "finish"},
    }
    before = run("select d::text, o::text from decisions_decision d, decisions_option o order by 2")
    for slug, answers in forged.items():
        address = f"/decisions/{decision.pk}/step/{slug}/"
        answer = ada_client.post(address, {"version": decision.version, **answers})
        assert answer.status_code in (302, 409)  # 409 where there is something to give back
    after = run("select d::text, o::text from decisions_decision d, decisions_option o order by 2")
    assert after == before


def test_a_review_before_the_decision_is_refused(ada):
    draft = make_open(ada)
    with acting_as(ada), refused("after it was made"):
        make_review(draft, finish=False)
    assert DecisionReview.objects.count() == 0


def test_nothing_but_one_of_its_own_options_can_be_chosen(ada):
    draft, other = make_open(ada), make_open(ada, "Another?")
    with acting_as(ada):
        strange = other.options.all()[0]
        with refused("chosen_among_its_options"):
            Decision.objects.filter(pk=draft.pk).update(chosen_option=strange)
            connection.check_constraints()


def test_a_decision_can_go_as_a_whole_and_takes_its_options_along(ada):
    decision = make_full_decision(ada)
    make_review(decision)
    with acting_as(ada):
        decision.delete()
    for model in (Decision, Option, ValueInPlay, Addendum, DecisionReview):
        assert model.objects.count() == 0, model


def test_purging_as_the_owner_of_the_tables_takes_everything(ada):
    decision = make_full_decision(ada)
    with acting_as(ada):
        decision.trash()
    Decision.objects.trashed().delete()
    connection.check_constraints()
    assert (Option.objects.count(), ValueInPlay.objects.count()) == (0, 0)


def test_deleting_the_account_takes_decisions_along(ada, eve):
    make_full_decision(ada)
    make_review(make_decision(ada))
    kept = make_decision(eve)
    User.objects.get(pk=ada.pk).delete()
    connection.check_constraints()
    assert [one.pk for one in Decision.objects.all()] == [kept.pk]


def test_a_value_that_is_purged_leaves_its_name(ada):
    decision = make_full_decision(ada)
    ada.values.get().delete()  # as the owner of the tables
    connection.check_constraints()
    with acting_as(ada):
        assert decision.values_now() == ["Calm quiet"]


def test_a_lesson_that_is_purged_leaves_the_review(ada):
    decision = make_decision(ada)
    make_review(decision, if_situation="I decide at night", then_action="sleep first")
    with acting_as(ada):
        lesson = decision.reviews.get().lesson
    make_lesson(ada)
    lesson.delete()
    connection.check_constraints()
    with acting_as(ada):
        assert decision.reviews.get().lesson_id is None
