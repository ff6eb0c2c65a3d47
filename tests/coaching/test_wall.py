"""What the database shows a coach: what was shared with them, while it is, and nothing else.

All of it is asked as the coach's role, without a filter, as a view that forgot everything would.
"""

import pytest
from django.db import ProgrammingError, connection, models, transaction
from django.utils import timezone

from journal.boundaries.models import Crossing
from journal.coaching import consent
from journal.coaching.kinds import KINDS
from journal.coaching.models import (
    Client,
    CoachLink,
    CoachNote,
    Comment,
    LibraryPrompt,
    Opening,
    SharedFigure,
    ShareGrant,
)
from journal.decisions.models import Decision, DecisionReview, Option
from journal.privacy.keys import SealBroken, data_key
from journal.privacy.models import DataKey
from journal.privacy.wall import COACH, acting_as
from journal.reflections.models import Entry, SelfCompassion
from tests.boundaries.making import make_boundary, make_crossing
from tests.coaching.making import link, made_coach, share, share_practice
from tests.decisions.making import make_decision, make_open, make_review
from tests.lessons.making import make_lesson
from tests.makers import make_entry, make_person
from tests.promises.making import make_promise
from tests.reflections.compassion.making import make_moment
from tests.reflections.mistakes_making import make_mistake

pytestmark = pytest.mark.django_db


def seen(coach, *models_: type[models.Model]) -> list[str]:
    """The ids of all that the coach can read, of these tables or of all that can be shared. Their
    own data key is left out."""
    wanted = models_ or [kind.table for kind in KINDS.values()]
    with acting_as(coach, role=COACH):
        rows = [row for model in wanted for row in model.objects.all()]
    return sorted(str(row.pk) for row in rows if row.pk != coach.pk)


def ids(*rows: models.Model) -> list[str]:
    return sorted(str(row.pk) for row in rows)


def as_owner(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


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
    for one in (draft, unsafe, gone):
        share(row, one)
    for practice in ("decisions", "boundaries"):
        share_practice(row, practice)
    with acting_as(ada):
        gone.trash()

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
        "update decisions_decision set finished_at = now() + interval '1 second' where id = %s",
        after.pk,
    )

    assert seen(mira, Decision) == ids(after)
    assert str(before.pk) not in seen(mira, Option)


def test_counts_open_no_row(ada, mira):
    one_of_each(ada)
    grant = share_practice(link(ada, mira), "decisions", detail="counts")
    with acting_as(ada):
        SharedFigure.objects.create(
            owner=ada, grant=grant, slug="process", as_of=timezone.localdate(), text='{"said": []}'
        )

    assert seen(mira) == []
    with acting_as(mira, role=COACH):
        assert SharedFigure.objects.get().content == {"said": []}


# --- what ends it


def expired(grant: ShareGrant) -> None:
    as_owner(
        "update coaching_sharegrant set starts_at = now() - interval '2 days',"
        " expires_at = now() - interval '1 day' where id = %s",
        grant.pk,
    )


def revoked(grant: ShareGrant) -> None:
    with acting_as(grant.owner_id):
        consent.take_back(grant.link, [grant])


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


ENDS = [expired, revoked, stopped, ended_by_client, ended_by_coach, switched_off]
ENDS += [no_coach_any_more, client_switched_off, client_is_leaving]


@pytest.mark.parametrize("end", ENDS)
def test_when_it_ends_the_row_the_key_and_the_figures_are_gone(ada, mira, end):
    decision = make_decision(ada)
    grant = share(link(ada, mira), decision)
    with acting_as(ada):
        SharedFigure.objects.create(
            owner=ada, grant=grant, slug="process", as_of=timezone.localdate(), text="{}"
        )
    everything = (Decision, Option, DataKey, SharedFigure, ShareGrant)
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
    monkeypatch.setattr("journal.privacy.wall.FIRST", {})

    with transaction.atomic():
        as_owner("select set_config('selftrust.links', '', true)")
        assert seen(mira, Entry) == seen(mira, ShareGrant) == []


# --- what a coach cannot write


def refused(coach, statement: str, *values: object) -> None:
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|row-level security"),
        acting_as(coach, role=COACH),
    ):
        as_owner(statement, *values)


def test_a_coach_changes_no_grant_no_link_and_no_row(ada, mira):
    decision = make_decision(ada)
    own = link(ada, mira)
    grant = share(own, decision)

    refused(mira, "update coaching_sharegrant set expires_at = expires_at + interval '9 days'")
    refused(mira, "insert into coaching_sharegrant select * from coaching_sharegrant")
    refused(mira, "delete from coaching_sharegrant where id = %s", grant.pk)
    refused(mira, "update coaching_coachlink set ended_at = null")
    refused(mira, "update decisions_decision set owner_id = %s", mira.pk)
    refused(mira, "delete from decisions_decision")
    refused(mira, "update coaching_comment set body = null")
    refused(mira, "delete from coaching_comment")
    refused(mira, "select * from coaching_opening")
    refused(mira, "delete from coaching_opening")
    refused(mira, "select * from coaching_consentevent")
    refused(mira, "select text from coaching_suggestion")
    refused(mira, "insert into privacy_datakey select * from privacy_datakey")
    refused(mira, "select coaching_end(%s)", own.pk)
    refused(mira, "select * from people_user")
    refused(mira, "select * from reflections_earlierversion")
    refused(mira, "select * from promises_promiserevision")
    refused(mira, "select * from boundaries_telling")


def comment(own: CoachLink, kind: str, row: models.Model, **fields: object) -> None:
    given = {"owner_id": own.owner_id, "link": own, "kind": kind, "item_id": row.pk, **fields}
    with acting_as(own.coach_id, role=COACH):
        Comment(**{"body": "Well asked.", **given}).save(force_insert=True)


def no_comment(own: CoachLink, kind: str, row: models.Model, **fields: object) -> None:
    with pytest.raises(ProgrammingError, match=r"row-level security|permission denied"):
        comment(own, kind, row, **fields)


def test_a_comment_is_the_clients_and_stays_when_the_link_ends(ada, mira, eve):
    decision = make_decision(ada)
    own = link(ada, mira)
    no_comment(own, "decision", decision)
    share(own, decision)
    comment(own, "decision", decision)
    no_comment(own, "decision", make_decision(ada))
    no_comment(own, "entry", decision)
    no_comment(own, "decision", make_decision(eve), owner_id=eve.pk)
    assert len(seen(mira, Comment)) == 1

    with acting_as(ada):
        own.mute(muted=True)
    no_comment(own, "decision", decision)
    with acting_as(ada):
        own.mute(muted=False)
        own.end()
    no_comment(own, "decision", decision)

    assert seen(mira, Comment) == []
    with acting_as(ada):
        assert [one.body for one in ada.comments.all()] == ["Well asked."]
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            as_owner("update coaching_comment set body = null")


def test_notes_and_clients_are_one_coachs_alone(ada, mira, eve):
    link(ada, mira)
    with acting_as(mira):
        client = Client.objects.get()
        CoachNote.objects.create(owner=mira, client=client, body="Start with the pause.")
    made_coach(eve)
    link(ada, eve, name="Ada E.")

    assert len(seen(mira, CoachNote)) == 1
    assert seen(eve, CoachNote) == []
    assert len(seen(eve, Client)) == 1
    with acting_as(ada):
        assert not CoachNote.objects.exists()
        assert not Client.objects.exists()
    refused(
        eve,
        "insert into coaching_libraryprompt (id, owner_id, created_at, updated_at, version)"
        " values (gen_random_uuid(), %s, now(), now(), 1)",
        mira.pk,
    )
    refused(
        eve,
        "insert into privacy_datakey (owner_id, wrapped, master, made_at)"
        " values (%s, 'x', '', now())",
        make_person("new@example.org").pk,
    )


def test_a_coachs_first_sentence_may_be_written_here(mira):
    made_coach(mira)
    with acting_as(mira, role=COACH):
        LibraryPrompt.objects.create(owner=mira, text="Whose yes was it?")
        assert [one.text for one in LibraryPrompt.objects.all()] == ["Whose yes was it?"]


def test_the_log_has_one_line_an_hour_and_only_what_could_be_opened(ada, mira):
    decision, other = make_decision(ada), make_decision(ada)
    own = link(ada, mira)
    share(own, decision)
    items = [("decision", decision.pk), ("decision", decision.pk), ("decision", other.pk)]

    for _page in range(2):
        with acting_as(mira, role=COACH):
            Opening.note(own.pk, items)

    with acting_as(ada):
        assert [(one.kind, one.item_id) for one in ada.openings.all()] == [
            ("decision", decision.pk)
        ]
        revoked(own.grants.get())
    with acting_as(mira, role=COACH):
        Opening.note(own.pk, [("decision", other.pk)])
    assert Opening.objects.count() == 1


def test_consent_is_only_added_to(ada, mira):
    share(link(ada, mira), make_decision(ada))

    for statement in ("update coaching_consentevent set what = ''", "delete from coaching_opening"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            acting_as(ada),
        ):
            as_owner(statement)


def test_a_link_that_ended_is_not_opened_again(ada, mira):
    own = link(ada, mira)
    with acting_as(ada):
        assert own.end()
        assert not own.end()
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            as_owner("update coaching_coachlink set ended_at = null, ended_by = ''")
        with pytest.raises(CoachLink.DoesNotExist):
            consent.share(own, [consent.Wish("practice", "decisions")], 30)
    with acting_as(mira):
        assert Client.objects.get().ended_at is not None


def test_nobody_ends_the_link_of_others(ada, mira, eve):
    own = link(ada, mira)
    with acting_as(eve):
        assert not own.end()
    with acting_as(ada):
        assert ada.coachlinks.active().count() == 1
