"""A comment is answered: both see what is new, and nothing of it outlives the client's say."""

from collections.abc import Callable

import pytest
from django.db import ProgrammingError, connection, transaction

from journal.privacy.rls import COACH, acting_as
from journal.sharing import consent
from journal.sharing.models import AccessLogEntry, CoachLink, Comment, Reply
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import comment, link, reply, share
from tests.coaching.sql_queries import as_owner
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.page import compact, form_ending, forms_in
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db
ON_TODAY = "A comment from your coach"


@pytest.fixture
def entry(ada):
    return make_entry(ada, "The zanzibar entry")


@pytest.fixture
def own(ada, mira, entry) -> CoachLink:
    made = link(ada, mira)
    share(made, entry)
    return made


def path(own: CoachLink, entry) -> str:
    return f"/sharing/items/entry/{entry.pk}/comments/{own.pk}/"


def read_by(coach, statement: str) -> list[tuple]:
    with acting_as(coach, role=COACH), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_from_the_first_comment_to_the_second(ada, mira, own, entry):
    """What is new is said until a page has shown it, and to its reader alone."""
    adas, miras = signed_in(ada), browser_of(mira)
    address, item = path(own, entry), f"/coach/shared/entry/{entry.pk}/"
    assert adas.get(address).status_code == 404  # nobody has said anything
    miras.post(item, {"body": "What did you do with it?"})

    today = compact(adas.get("/today/"))
    assert ON_TODAY in today
    assert f'href="{address}"' in today
    assert "What did you do" not in today
    assert "zanzibar" not in today
    assert "New" in text_of(adas.get(f"/sharing/grants/{own.pk}/agreements/"))
    first, second = (text_of(adas.get(address)) for _device in "12")
    assert ("New" in first, "New" in second) == (True, False)
    assert ON_TODAY not in compact(adas.get("/today/"))

    form = form_ending(forms_in(adas.get(address)), address).fields
    for _twice in range(2):
        assert adas.post(address, {**form, "body": "Nothing, and it was good."}).url == address
    assert "Nothing, and it was good." in text_of(adas.get(entry.get_absolute_url()))
    with acting_as(ada):
        assert Reply.objects.get().seen_at is None

    client = page_of(own)
    assert "1 reply" in text_of(miras.get("/coach/"))
    first, second = (text_of(miras.get(client)) for _device in "12")
    assert "Nothing, and it was good." in first
    assert ("New" in first, "New" in second) == (True, False)
    assert "1 reply" not in text_of(miras.get("/coach/"))
    answer = form_ending(forms_in(miras.get(client)), item).fields
    assert miras.post(item, {**answer, "body": "Both can be kept."}).url == item
    assert "Both can be kept." in text_of(miras.get(item))
    assert ON_TODAY in compact(adas.get("/today/"))
    assert "Both can be kept." in text_of(adas.get(entry.get_absolute_url()))
    assert ON_TODAY not in compact(adas.get("/today/"))  # that page showed it, too


def muted(own: CoachLink) -> None:
    own.mute(muted=True)


def taken_back(own: CoachLink) -> None:
    consent.take_back(own, list(own.grants.all()))


def ended(own: CoachLink) -> None:
    own.end()


def removed(own: CoachLink) -> None:
    own.owner.entries.get().trash()


WHY: list[tuple[Callable[[CoachLink], None], str]] = [
    (muted, "Comments are off"),
    (taken_back, "can’t see this any more"),
    (ended, "The link has ended"),
    (removed, "can’t see this any more"),
]


def test_no_reply_is_taken_that_nobody_would_read_and_all_stays_readable(ada, mira, own, entry):
    comment(own, entry, "A comment of mira's")
    reply(own, entry, "A reply of ada's")
    address, item, miras = path(own, entry), f"/coach/shared/entry/{entry.pk}/", browser_of(mira)
    for way, why in WHY:
        with transaction.atomic():
            with acting_as(ada):
                way(CoachLink.objects.get())
            late = signed_in(ada).post(address, {"body": "Too late, zebra"})
            assert late.status_code == 409, way
            assert why in text_of(late)
            page = text_of(signed_in(ada).get(address))
            assert "A comment of mira's" in page
            assert "A reply of ada's" in page
            assert "Too late, zebra" in late.text
            assert "Send reply" not in page
            if way is muted:
                shown = text_of(miras.get(item))
                assert "Ada has muted comments." in shown
                assert "Send reply" not in shown
                assert ON_TODAY not in compact(signed_in(ada).get("/today/"))
            else:
                for table in ("sharing_comment", "sharing_reply"):
                    assert read_by(mira, f"select body from {table}") == []
                assert miras.post(item, {"body": "Too late"}).status_code == 409
                assert "A reply of ada's" not in text_of(miras.get(page_of(own)))
            with acting_as(ada):
                assert (Comment.objects.count(), Reply.objects.count()) == (1, 1)
            transaction.set_rollback(True)


def test_it_is_between_the_two_of_them(ada, mira, eve, own, entry):
    """Also where another coach sees the same entry."""
    other = link(ada, eve, coach_name="Eve")
    share(other, entry)
    comment(own, entry, "Mira's word")
    reply(own, entry, "Ada's word")
    address = path(own, entry)

    for table in ("sharing_comment", "sharing_reply"):
        assert len(read_by(mira, f"select body from {table}")) == 1
        assert read_by(eve, f"select body from {table}") == []
    for page in (f"/coach/shared/entry/{entry.pk}/", page_of(other)):
        shown = text_of(browser_of(eve).get(page))
        assert "Mira's word" not in shown
        assert "Ada's word" not in shown
    for stranger in (eve, mira):
        assert signed_in(stranger).get(address).status_code == 404
        assert signed_in(stranger).post(address, {"body": "Mine"}).status_code == 404
    assert signed_in(ada).get(path(other, entry)).status_code == 404
    assert signed_in(ada).get(address.replace("/entry/", "/promise/")).status_code == 404


def test_neither_side_writes_for_the_other(ada, mira, own, entry):
    comment(own, entry)
    reply(own, entry)
    columns = "id, owner_id, link_id, kind, item_id, body, created_at, updated_at, version"
    copy = f"select gen_random_uuid(), {columns[4:]} from"
    for person, role, statement in (
        (ada, {}, f"insert into sharing_comment ({columns}) {copy} sharing_comment"),
        (ada, {}, "update sharing_reply set body = null"),
        (ada, {}, "update sharing_comment set body = null"),
        (mira, {"role": COACH}, f"insert into sharing_reply ({columns}) {copy} sharing_reply"),
        (mira, {"role": COACH}, "update sharing_reply set seen_at = now()"),
        (mira, {"role": COACH}, "delete from sharing_reply"),
        (mira, {"role": COACH}, "select seen_at from sharing_comment"),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(person, **role):
            as_owner(statement)


def test_a_reply_can_be_deleted_and_restored_and_the_coach_does_not_see_it_meanwhile(
    ada, mira, own, entry
):
    said, adas = reply(own, entry, "Ada's word"), signed_in(ada)
    item = f"/coach/shared/entry/{entry.pk}/"
    adas.post(f"/sharing/comments/{said.pk}/remove/")
    assert "Ada's word" not in text_of(browser_of(mira).get(item))
    adas.post(f"/sharing/comments/{said.pk}/restore/")
    assert "Ada's word" in text_of(browser_of(mira).get(item))


def test_what_the_coach_read_of_it_is_in_the_log_as_the_item(ada, mira, own, entry):
    reply(own, entry)
    browser_of(mira).get(page_of(own))
    with acting_as(ada):
        assert set(AccessLogEntry.objects.values_list("kind", "item_id")) == {("entry", entry.pk)}


def test_no_word_of_it_lies_open(own, entry):
    reply(own, entry, "zanzibar")
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(r)::text from sharing_reply r")
        assert "zanzibar" not in cursor.fetchone()[0]


def test_bad_input_comes_back_with_a_sentence(ada, own, entry):
    comment(own, entry)
    for words in ("", " ", "a\x00b", "x" * 2001, "x" * 1_000_000):
        answer = signed_in(ada).post(path(own, entry), {"body": words})
        assert answer.status_code == 200
        assert "aria-invalid" in answer.text
    with acting_as(ada):
        assert not Reply.objects.exists()


def test_today_asks_the_same_with_many_comments_and_a_page_marks_them_at_once(ada, own, entry):
    browser = signed_in(ada)
    browser.get("/today/")
    before = len(statements_of(browser, "/today/"))
    for n in range(9):
        comment(own, entry, f"Comment {n}")
    assert len(statements_of(browser, "/today/")) == before
    assert compact(browser.get("/today/")).count(ON_TODAY) == 1
    new, seen = (len(statements_of(browser, path(own, entry))) for _time in "12")
    assert new == seen + 1
