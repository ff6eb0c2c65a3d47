"""What is agreed on: the client answers, says how it went, and sends that or keeps it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from journal.decisions.models import Decision
from journal.people import clock
from journal.privacy.rls import COACH, acting_as
from journal.promises.models import Promise
from journal.sharing.models import (
    AccessLogEntry,
    Agreement,
    AgreementOutcome,
    CoachLink,
    ConsentEvent,
)
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import link, make_session, propose, report, share
from tests.coaching.sql_queries import seen_by
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.page import form_ending, forms_in

pytestmark = pytest.mark.django_db


def path(row: Agreement) -> str:
    return f"/sharing/agreements/{row.pk}/"


def post(person, row, do, **fields):
    fields.setdefault("version", stored(row).version)
    return signed_in(person).post(path(row), {"do": do, **fields})


def stored(row: Agreement) -> Agreement:
    with acting_as(row.owner_id):
        return Agreement.objects.get(pk=row.pk)


def test_it_waits_on_today_and_on_her_page_without_a_word_on_today(ada, linked):
    row = propose(linked, "Say the zanzibar aloud", by_on=clock.today(ada))
    today = signed_in(ada).get("/today/").content.decode()
    assert path(row) in today
    assert "zanzibar" not in today
    assert path(row) in signed_in(ada).get("/sharing/").content.decode()
    assert "zanzibar" in signed_in(ada).get(f"/sharing/grants/{linked.pk}/agreements/").text
    with acting_as(ada):  # from whom she wants to hear nothing
        CoachLink.objects.update(muted_since=timezone.now())
    assert path(row) not in signed_in(ada).get("/today/").text


def test_she_takes_changes_or_declines_without_reasons_and_mira_sees_which(ada, mira, linked):
    session = make_session(linked, -7, closed=True)
    rows = [propose(linked, f"Thing {n}", session) for n in range(3)]
    day = clock.today(ada) + timedelta(days=4)

    post(ada, rows[0], "take")
    post(ada, rows[1], "change", text="My thing", sign="It is written", by_on=day.isoformat())
    said = signed_in(ada).post(
        path(rows[2]), {"do": "decline", "version": rows[2].version}, follow=True
    )

    assert "You don’t have to give a reason." in text_of(said)
    page = text_of(browser_of(mira).get(page_of(linked)))
    for words in ("Thing 0 Not reported yet", "My thing Not reported yet", "Thing 2 No, thank you"):
        assert words in page
    assert "It is written" in page
    assert [stored(row).state for row in rows] == ["taken", "changed", "declined"]


def test_an_answer_sent_twice_is_one_and_a_mind_can_be_changed(ada, linked):
    row = propose(linked)
    for do, state in (("take", "taken"), ("decline", "declined"), ("take", "taken")):
        version = stored(row).version
        for _ in range(2):
            assert post(ada, row, do, version=version).status_code == 302
        assert (stored(row).state, stored(row).version) == (state, version + 1)
    # What she agreed to has its words for good, unless she says no first.
    assert post(ada, row, "change", text="Something else").status_code == 409
    assert stored(row).text == row.text
    post(ada, row, "decline")
    assert post(ada, row, "change", text="Something else").status_code == 302
    assert post(ada, row, "take").status_code == 409
    assert (stored(row).state, stored(row).text) == ("changed", "Something else")


@pytest.mark.parametrize("do", ["take", "decline", "change"])
def test_her_answer_meets_what_mira_changed_meanwhile_and_nothing_is_lost(ada, mira, linked, do):
    row, seen = propose(linked, "Call Dad"), 1
    form = {"text": "Write to Dad", "version": seen}
    assert browser_of(mira).post(f"/coach/agreements/{row.pk}/", form).status_code == 302

    typed = {"text": "Visit Dad"} if do == "change" else {}
    late = post(ada, row, do, version=seen, **typed)

    assert late.status_code == 409
    assert "Write to Dad" in late.text
    assert ("Visit Dad" in late.text) == (do == "change")
    assert (stored(row).state, stored(row).text) == ("waiting", "Write to Dad")
    fields = form_ending(forms_in(late), path(row)).fields
    again = post(ada, row, do, version=fields["version"], **typed)
    assert again.status_code == 302
    assert stored(row).text == ("Visit Dad" if do == "change" else "Write to Dad")


def test_mira_changes_nothing_after_the_answer_and_gets_her_words_back(ada, mira, linked):
    row = propose(linked, "Call Dad")
    browser, page = browser_of(mira), f"/coach/agreements/{row.pk}/"
    post(ada, row, "take")

    for version in (1, stored(row).version):  # as the page had it, and as no page of hers says it
        late = browser.post(page, {"text": "Write to Dad", "version": version})
        assert late.status_code == 409
        assert "Write to Dad" in late.text
    browser.post(f"{page}withdraw/")

    assert (stored(row).text, stored(row).deleted_at) == ("Call Dad", None)


def test_what_mira_withdraws_is_gone_and_a_late_change_is_given_back(ada, mira, linked):
    row = propose(linked)
    browser_of(mira).post(f"/coach/agreements/{row.pk}/withdraw/")
    late = post(ada, row, "change", text="My own words")
    assert late.status_code == 409
    assert "My own words" in late.text
    assert signed_in(ada).get(path(row)).status_code == 404
    assert stored(row).state == "waiting"


def test_two_tabs_of_mira_do_not_overwrite_each_other(mira, linked):
    row = propose(linked, "Call Dad")
    browser, page = browser_of(mira), f"/coach/agreements/{row.pk}/"
    browser.post(page, {"text": "Write to Dad", "version": 1})
    with acting_as(linked.owner_id):
        assert not AccessLogEntry.objects.exists()  # so far she has read nothing of it
    late = browser.post(page, {"text": "Visit Dad", "version": 1})
    assert late.status_code == 409
    with acting_as(linked.owner_id):
        assert AccessLogEntry.objects.get().item_id == row.pk
    assert "Write to Dad" in late.text
    assert "Visit Dad" in late.text
    assert stored(row).text == "Write to Dad"


def test_how_it_went_stays_hers_until_she_sends_it_and_can_be_taken_back(ada, mira, linked):
    row = propose(linked, state="taken")
    fields = {"result": "partly", "words": "The zanzibar way"}
    page = page_of(linked)

    def mira_sees() -> tuple[bool, list[tuple]]:
        text = text_of(browser_of(mira).get(page))
        assert ("Not reported yet" in text) != ("Partly" in text)
        return "zanzibar" in text, seen_by(mira, "select result from sharing_outcome")

    nothing, all_of_it = (False, []), (True, [("partly",)])
    assert mira_sees() == nothing
    post(ada, row, "keep", **fields)
    assert mira_sees() == nothing
    post(ada, row, "share")
    assert mira_sees() == all_of_it
    post(ada, row, "unshare")
    assert mira_sees() == nothing
    post(ada, row, "send", **fields)
    assert mira_sees() == all_of_it
    receipt = signed_in(ada).get(f"/sharing/grants/{linked.pk}/receipt/").text
    assert "How an agreement went. Sent" in receipt
    assert "zanzibar" not in receipt
    signed_in(ada).post("/sharing/stop/")
    assert mira_sees() == nothing
    with acting_as(ada):
        events = ConsentEvent.objects.order_by("at").values_list("what", flat=True)
        assert list(events) == ["sent", "unsent", "sent", "stopped"]
        assert AgreementOutcome.objects.get().words == "The zanzibar way"


def test_an_outcome_sent_twice_is_one_and_another_tab_is_not_overwritten(ada, linked):
    row = propose(linked, state="taken")
    browser = signed_in(ada)
    form = form_ending(forms_in(browser.get(path(row))), path(row)).fields
    one = {"id": form["id"], "result": "done", "words": "Once"}
    for _ in range(2):
        assert browser.post(path(row), {**one, "do": "keep"}).status_code == 302
    late = browser.post(path(row), {**one, "words": "Otherwise", "do": "keep"})
    assert late.status_code == 409
    assert "Otherwise" in late.text
    assert "Once" in late.text
    with acting_as(ada):
        assert AgreementOutcome.objects.get().words == "Once"


def test_an_id_of_another_outcome_writes_nothing_there(ada, linked):
    one, other = propose(linked, state="taken"), propose(linked, state="taken")
    told = report(other, "Kept", shared=False)
    answer = post(ada, one, "keep", id=str(told.pk), result="done", words="Kept")
    assert answer.status_code == 409
    with acting_as(ada):
        assert AgreementOutcome.objects.get().agreement_id == other.pk


@pytest.mark.parametrize(
    ("do", "model", "field"),
    [
        ("promise", Promise, "statement"),
        ("decision", Decision, "question"),
    ],
)
def test_it_becomes_a_draft_of_her_own_which_mira_does_not_see(ada, mira, linked, do, model, field):
    row = propose(linked, "Leave Friday empty", state="taken")
    moved = post(ada, row, do)
    with acting_as(ada):
        draft = model.objects.get()
        assert (getattr(draft, field), draft.finished_at) == ("Leave Friday empty", None)
    assert signed_in(ada).get(moved.url).status_code == 200
    post(ada, row, do)
    assert "What followed Leave Friday empty" in text_of(signed_in(ada).get(path(row)))
    with acting_as(ada):
        assert model.objects.count() == 1  # a second tap leads to the same
    with acting_as(mira, role=COACH):
        assert not model.objects.exists()
    for page in (page_of(linked), page_of(linked, "brief/"), row.session.get_absolute_url()):
        assert "What followed" not in browser_of(mira).get(page).text


def test_after_the_link_nothing_is_seen_and_nothing_can_be_sent(ada, mira, linked):
    session = make_session(linked, -7, closed=True)
    row = propose(linked, "Call the zanzibar", session, state="taken")
    waits = propose(linked, "It waits", session)
    report(row, shared=True)
    tables = ("sharing_agreement", "sharing_coachsession", "sharing_outcome")
    assert [len(seen_by(mira, f"select id from {table}")) for table in tables] == [2, 1, 1]
    assert len(seen_by(mira, "select owner_id from privacy_datakey")) >= 1
    with acting_as(ada):
        linked.end()

    for table in tables:
        assert seen_by(mira, f"select id from {table}") == []
    keys = seen_by(mira, "select owner_id from privacy_datakey")
    assert (ada.pk,) not in keys
    assert "zanzibar" not in text_of(browser_of(mira).get(page_of(linked)))
    for address in (f"agreements/{row.pk}/", f"sessions/{session.pk}/"):
        assert browser_of(mira).get(f"/coach/{address}").status_code == 404
    for do in ("take", "change", "decline"):
        assert post(ada, waits, do, text="Mine").status_code == 409
    assert post(ada, row, "send", result="not", words="Zebra").status_code == 409
    assert post(ada, row, "unshare").status_code == 302
    assert post(ada, row, "share").status_code == 409
    assert path(waits) not in signed_in(ada).get("/today/").text
    board = signed_in(ada).get(f"/sharing/grants/{linked.pk}/agreements/")
    assert "Call the zanzibar" in board.text
    assert signed_in(ada).get(path(row)).status_code == 200


def test_nobody_else_reads_or_writes_any_of_it(ada, mira, eve, linked, client):
    other = link(ada, eve, "Ada", "Eve")  # another coach of hers
    row = propose(linked, state="taken")
    report(row, shared=True)
    propose(other, "With Eve", state="taken")
    assert seen_by(eve, "select place, link_id from sharing_agreement") == [(1, other.pk)]
    assert seen_by(eve, "select id from sharing_outcome") == []
    for person in (mira, eve):
        assert signed_in(person).get(path(row)).status_code == 404
        assert post(person, row, "take").status_code == 404
    for end in ("", "withdraw/"):
        assert browser_of(eve).post(f"/coach/agreements/{row.pk}/{end}").status_code == 404
    assert client.get(path(row)).status_code == 302
    with acting_as(eve):
        assert not Agreement.objects.exists()
    with acting_as(None):
        assert not AgreementOutcome.objects.exists()


def test_what_mira_opens_is_in_the_log_and_what_was_kept_is_not(ada, mira, linked):
    row = propose(linked, "Call Dad", state="taken")
    report(row, shared=False)
    browser_of(mira).get(page_of(linked))
    with acting_as(ada):
        found = AccessLogEntry.objects.values_list("kind", "item_id")
        assert list(found) == [("agreement", row.pk)]
    log = signed_in(ada).get("/sharing/log/").text
    assert "Call Dad" in log
    assert path(row) in log


def test_three_a_session_and_one_planned_session_a_link(linked):
    session = make_session(linked)
    for number in range(3):
        propose(linked, f"Thing {number}", session)
    with pytest.raises(IntegrityError, match="three_agreements_a_session"), transaction.atomic():
        propose(linked, "A fourth", session)
    with pytest.raises(IntegrityError, match="one_planned_session"), transaction.atomic():
        make_session(linked, 9)


def test_no_word_of_it_lies_open(linked):
    report(propose(linked, "The zanzibar", sign="zanzibar", state="taken"), "zanzibar", shared=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "select row_to_json(a)::text || row_to_json(o)::text"
            "  from sharing_agreement a join sharing_outcome o on o.agreement_id = a.id"
        )
        ((text,),) = cursor.fetchall()
    assert "zanzibar" not in text


def test_a_grant_beside_it_is_unchanged(ada, mira, linked):
    entry = make_entry(ada, "For Mira")
    share(linked, entry)
    propose(linked)
    assert seen_by(mira, "select id from entries_entry") == [(entry.pk,)]


def test_bad_input_comes_back_with_a_sentence(ada, linked):
    row, day = propose(linked), (timezone.now() - timedelta(days=9)).date().isoformat()
    for fields in (
        {"text": ""},
        {"text": "x" * 201},
        {"text": "a\x00b"},
        {"text": "ok", "by_on": day},
        {"text": "ok", "by_on": "0000-01-01"},
    ):
        answer = post(ada, row, "change", **fields)
        assert answer.status_code == 200
        assert "aria-invalid" in answer.text
    for do in ("", "nonsense", "share", "promise", "keep"):
        assert post(ada, row, do, version="x").status_code == 200
    assert post(ada, row, "take", version="x").status_code == 409
    assert stored(row).state == "waiting"
