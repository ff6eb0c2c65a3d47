"""What the database shows a coach: what was shared with them, while it is, and nothing else.

All of it is asked as the coach's role, without a filter, as a view that forgot everything would.
"""

import pytest
from django.db import models, transaction
from django.utils import timezone

from journal.boundaries.models import Crossing
from journal.decisions.models import Decision, DecisionReview, Option
from journal.privacy.keys import SealBroken, data_key
from journal.privacy.models import DataKey
from journal.privacy.rls import COACH, acting_as
from journal.reflections.compassion.models import SelfCompassion
from journal.reflections.entries.models import Entry
from journal.sharing import consent
from journal.sharing.models import CoachLink, SharedMeasure, ShareGrant, Withheld
from journal.sharing.shareable import KINDS
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.factories import link, made_coach, share, share_practice
from tests.coaching.sql_queries import as_owner, ids, seen, taken_back
from tests.decisions.factories import make_decision, make_open, make_review
from tests.factories import make_entry
from tests.lessons.factories import make_lesson
from tests.promises.factories import make_promise
from tests.reflections.compassion.factories import make_moment
from tests.reflections.mistakes_factories import make_mistake

pytestmark = pytest.mark.django_db


def one_of_each(person) -> dict[str, models.Model]:
    boundary = make_boundary(person)
    return {
        "promise": make_promise(person),
        "boundary": boundary,
        "crossing": make_crossing(boundary),
        "self_compassion": make_moment(person),
        "decision": make_decision(person),
        "mistake": make_mistake(person),
        "lesson": make_lesson(person),
        "entry": make_entry(person, "Only mine."),
    }


def test_without_a_link_and_with_a_link_alone_nothing_is_seen_not_even_the_key(ada, mira):
    one_of_each(ada)
    made_coach(mira)
    assert seen(mira) == seen(mira, DataKey, CoachLink, ShareGrant) == []

    row = link(ada, mira)

    assert seen(mira) == seen(mira, DataKey, ShareGrant) == []
    assert seen(mira, CoachLink) == ids(row)


@pytest.mark.parametrize("name", KINDS)
def test_a_shared_item_is_seen_and_nothing_beside_it(ada, mira, eve, name):
    rows, others = one_of_each(ada), one_of_each(ada)
    one_of_each(eve)
    share(link(ada, mira), rows[name])
    link(eve, mira)

    assert seen(mira) == ids(rows[name])
    assert others[name] != rows[name]
    with acting_as(mira, role=COACH):
        row = KINDS[name].table.objects.get()
        assert KINDS[name].title(row) == title_for(ada, rows[name], name)
        assert {key.owner_id for key in DataKey.objects.all()} == {ada.pk, mira.pk}


def title_for(person, row, name: str) -> str:
    with acting_as(person):
        title = KINDS[name].title(type(row).objects.get(pk=row.pk))
    assert title
    return title


def test_drafts_trash_and_what_was_unsafe_are_never_seen(ada, mira):
    row = link(ada, mira)
    draft, boundary = make_open(ada), make_boundary(ada)
    unsafe = make_crossing(boundary, result="unsafe_to_act")
    gone = make_decision(ada)
    with acting_as(ada):
        gone.trash()
    for one in (draft, unsafe, gone):
        share(row, one)
    for practice in ("decisions", "boundaries"):
        share_practice(row, practice)

    assert seen(mira, Decision, Crossing) == []
    assert seen(mira, Option) == []


def test_a_whole_practice_is_seen_with_its_parts_and_nothing_of_another(ada, mira):
    rows = one_of_each(ada)
    letter = make_moment(ada, mode="letter", letter_body="Dear me")
    share_practice(link(ada, mira), "self_compassion")
    assert seen(mira) == ids(rows["self_compassion"])
    assert str(letter.pk) not in seen(mira, SelfCompassion)

    with acting_as(ada):
        own = ada.coachlinks.get()
    share(own, letter)
    assert seen(mira) == ids(rows["self_compassion"], letter)

    share_practice(own, "decisions")
    decision = rows["decision"]
    make_review(decision)
    with acting_as(mira, role=COACH):
        names = [option.name for option in Option.objects.all()]
        reviewed = DecisionReview.objects.get().outcome_quality
    with acting_as(ada):
        assert sorted(names) == sorted(option.name for option in decision.options.all())
        assert reviewed == decision.reviews.get().outcome_quality


def test_from_now_on_leaves_out_what_was_there_before(ada, mira):
    before = make_decision(ada)
    own = link(ada, mira)
    share_practice(own, "decisions", past="from_now")
    after = make_decision(ada)
    as_owner(
        "update decisions_decision set finished_at = now() + interval '1 hour' where id = %s",
        after.pk,
    )

    assert seen(mira, Decision) == ids(after)
    assert str(before.pk) not in seen(mira, Option)


def test_counts_open_no_row(ada, mira):
    one_of_each(ada)
    grant = share_practice(link(ada, mira), "decisions", detail="counts")
    with acting_as(ada):
        SharedMeasure.objects.create(
            owner=ada, grant=grant, slug="process", as_of=timezone.localdate(), text='{"said": []}'
        )

    assert seen(mira) == []
    with acting_as(mira, role=COACH):
        assert SharedMeasure.objects.get().content == {"said": []}


# --- what ends it


def expired(grant: ShareGrant) -> None:
    as_owner(
        "update sharing_sharegrant set starts_at = now() - interval '2 days',"
        " expires_at = now() - interval '1 day' where id = %s",
        grant.pk,
    )


def stopped(grant: ShareGrant) -> None:
    with acting_as(grant.owner_id):
        consent.stop(grant.owner)


def ended_by_client(grant: ShareGrant) -> None:
    with acting_as(grant.owner_id):
        assert grant.link.end()


def ended_by_coach(grant: ShareGrant) -> None:
    with acting_as(grant.link.coach_id):
        assert grant.link.end()


def switched_off(grant: ShareGrant) -> None:
    as_owner("update people_user set is_active = false where id = %s", grant.link.coach_id)


def no_coach_any_more(grant: ShareGrant) -> None:
    as_owner("update people_user set coaches_since = null where id = %s", grant.link.coach_id)


def client_switched_off(grant: ShareGrant) -> None:
    as_owner("update people_user set is_active = false where id = %s", grant.owner_id)


def client_is_leaving(grant: ShareGrant) -> None:
    as_owner("update people_user set deletion_due_at = now() where id = %s", grant.owner_id)


ENDS = [expired, taken_back, stopped, ended_by_client, ended_by_coach, switched_off]
ENDS += [no_coach_any_more, client_switched_off, client_is_leaving]


@pytest.mark.parametrize("end", ENDS)
def test_when_it_ends_the_row_the_key_and_the_figures_are_gone(ada, mira, end):
    decision = make_decision(ada)
    grant = share(link(ada, mira), decision)
    with acting_as(ada):
        SharedMeasure.objects.create(
            owner=ada, grant=grant, slug="process", as_of=timezone.localdate(), text="{}"
        )
    everything = (Decision, Option, DataKey, SharedMeasure, ShareGrant)
    assert seen(mira, Decision) == ids(decision)

    end(grant)

    assert seen(mira, *everything) == []
    # Not even with the sealed bytes in hand, from a page of yesterday.
    with acting_as(mira, role=COACH), pytest.raises(SealBroken):
        data_key(ada.pk)


def test_removing_takes_back_and_bringing_back_does_not_share_again(ada, mira):
    decision, sibling = make_decision(ada), make_decision(ada)
    own = link(ada, mira)
    share(own, decision)
    share_practice(own, "decisions")
    assert seen(mira, Decision) == ids(decision, sibling)

    with acting_as(ada):
        decision.trash()
        decision.restore()

    assert seen(mira, Decision) == ids(sibling)
    with acting_as(ada):
        grants = own.grants.filter(revoked_at=None)
        assert [(grant.scope, grant.about) for grant in grants] == [("practice", "decisions")]
        assert ada.consentevents.filter(what="revoked").count() == 1


def test_another_coach_sees_nothing_of_it(ada, mira, eve):
    share(link(ada, mira), make_decision(ada))
    made_coach(eve)
    assert seen(eve) == []
    link(ada, eve)
    assert seen(eve) == seen(eve, DataKey) == []


def test_a_coach_sees_nothing_of_their_own_journal_here(ada, mira):
    make_decision(mira)
    make_entry(mira, "Mine alone.")
    link(ada, mira)

    assert seen(mira) == []


def test_two_who_coach_each_other_see_what_each_was_shown(ada, mira):
    hers, his = make_decision(ada), make_decision(mira)
    share(link(ada, mira), hers)
    share(link(mira, ada), his)

    assert seen(mira, Decision) == ids(hers)
    assert seen(ada, Decision) == ids(his)


def test_nothing_is_read_by_a_link_that_is_not_held(ada, mira, monkeypatch):
    share(link(ada, mira), make_entry(ada, "For Mira."))
    assert len(seen(mira, Entry)) == 1
    monkeypatch.setattr("journal.privacy.rls.ON_ROLE_ENTERED", {})

    with transaction.atomic():
        as_owner("select set_config('selftrust.links', '', true)")
        assert seen(mira, Entry) == seen(mira, ShareGrant) == []


def test_what_is_held_for_one_coach_is_nothing_to_another(ada, mira, eve):
    own = link(ada, mira)
    share(own, make_decision(ada))
    made_coach(eve)

    with acting_as(mira, role=COACH):
        with acting_as(eve, role=COACH):
            assert Decision.objects.count() == CoachLink.objects.count() == 0
        # Hers are not held any more, and are not taken for the other's.
        assert Decision.objects.count() == 0


@pytest.mark.parametrize("about", ["entry", "decision"])
def test_naming_what_is_somebody_elses_opens_nothing(ada, mira, eve, about):
    rows, others = one_of_each(ada), one_of_each(ada)
    share(link(ada, mira), rows[about])
    hers = link(eve, mira)
    with acting_as(eve):
        consent.share(hers, [consent.ShareRequest("item", about, others[about].pk)], 30)

    assert seen(mira) == ids(rows[about])


def test_keeping_out_what_is_somebody_elses_hides_nothing(ada, mira, eve):
    decision = make_decision(ada)
    share_practice(link(ada, mira), "decisions")
    share(link(eve, mira), make_decision(eve))
    with acting_as(eve):
        Withheld.objects.create(owner=eve, kind="decision", item_id=decision.pk)

    assert str(decision.pk) in seen(mira, Decision)


def test_from_now_on_said_again_after_it_ran_out_begins_anew(ada, mira):
    own = link(ada, mira)
    first = share_practice(own, "decisions", past="from_now")
    prolonged = share_practice(own, "decisions", past="from_now")
    assert prolonged.from_at == first.from_at

    expired(prolonged)
    between = make_decision(ada)
    anew = share_practice(own, "decisions", past="from_now")

    assert anew.from_at > first.from_at
    assert str(between.pk) not in seen(mira, Decision)
