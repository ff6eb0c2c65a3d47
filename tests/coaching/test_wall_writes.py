"""What a coach cannot write, and what neither side can undo, asked of the database itself."""

import pytest
from django.db import ProgrammingError, models, transaction

from journal.coaching.models import CoachNote, LibraryPrompt
from journal.privacy.rls import COACH, acting_as
from journal.sharing import consent
from journal.sharing.models import AccessLogEntry, Client, CoachLink, Comment
from tests.coaching.factories import link, made_coach, share
from tests.coaching.sql_queries import as_owner, seen, taken_back
from tests.decisions.factories import make_decision
from tests.factories import make_person

pytestmark = pytest.mark.django_db


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

    refused(mira, "update sharing_sharegrant set expires_at = expires_at + interval '9 days'")
    refused(mira, "insert into sharing_sharegrant select * from sharing_sharegrant")
    refused(mira, "delete from sharing_sharegrant where id = %s", grant.pk)
    refused(mira, "update sharing_coachlink set ended_at = null")
    refused(mira, "update decisions_decision set owner_id = %s", mira.pk)
    refused(mira, "delete from decisions_decision")
    refused(mira, "update sharing_comment set body = null")
    refused(mira, "delete from sharing_comment")
    refused(mira, "select * from sharing_accesslogentry")
    refused(mira, "delete from sharing_accesslogentry")
    refused(mira, "select * from sharing_consentevent")
    refused(mira, "select text from sharing_suggestion")
    refused(mira, "select name from sharing_clientprogram")
    refused(mira, "select purpose from sharing_clientprogram")
    refused(mira, "update sharing_clientprogram set started_on = now()")
    refused(mira, "insert into sharing_clientprogram (id) values (gen_random_uuid())")
    refused(mira, "insert into privacy_datakey select * from privacy_datakey")
    refused(mira, "select coaching_end(%s)", own.pk)
    refused(mira, "select * from people_user")
    refused(mira, "select note from promises_checkin")
    refused(mira, "select * from entries_earlierversion")
    refused(mira, "select * from decisions_earlierreview")
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
            as_owner("update sharing_comment set body = null")


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
    items = [(ada.pk, "decision", row.pk) for row in (decision, decision, other)]

    for _page in range(2):
        with acting_as(mira, role=COACH):
            AccessLogEntry.log(items)

    with acting_as(ada):
        assert [(one.kind, one.item_id) for one in ada.access_log.all()] == [
            ("decision", decision.pk)
        ]
        taken_back(own.grants.get())
    with acting_as(mira, role=COACH):
        AccessLogEntry.log([(ada.pk, "decision", other.pk)])
    assert AccessLogEntry.objects.count() == 1


def test_nobody_writes_into_the_log_of_anothers_link(ada, mira, eve):
    decision = make_decision(ada)
    own = link(ada, mira)
    share(own, decision)
    made_coach(eve)

    with acting_as(eve, role=COACH):
        AccessLogEntry.log([(ada.pk, "decision", decision.pk)])

    assert not AccessLogEntry.objects.exists()


def test_consent_is_only_added_to(ada, mira):
    share(link(ada, mira), make_decision(ada))

    for statement in (
        "update sharing_consentevent set what = ''",
        "delete from sharing_accesslogentry",
    ):
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
            as_owner("update sharing_coachlink set ended_at = null, ended_by = ''")
        with pytest.raises(CoachLink.DoesNotExist):
            consent.share(own, [consent.ShareRequest("practice", "decisions")], 30)
    with acting_as(mira):
        assert Client.objects.get().ended_at is not None


def test_nobody_ends_the_link_of_others(ada, mira, eve):
    own = link(ada, mira)
    with acting_as(eve):
        assert not own.end()
    with acting_as(ada):
        assert ada.coachlinks.active().count() == 1
