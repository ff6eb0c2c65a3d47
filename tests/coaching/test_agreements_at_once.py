"""Client and coach at the same time, on two connections: one waits, and nothing is lost."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from journal.privacy.rls import COACH, acting_as
from journal.sharing import agreements, consent
from journal.sharing.models import Agreement, AgreementOutcome, CoachSession
from tests.coaching.coach_client import browser_of, client_of
from tests.coaching.factories import link, make_session, propose, report
from tests.coaching.interleaving import Other
from tests.conftest import signed_in
from tests.page import form_ending, forms_in

pytestmark = pytest.mark.django_db(transaction=True)
SOON = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT10:00")


@pytest.mark.parametrize("way", ["taken back", "stopped", "ended"])
def test_who_reads_first_has_finished_before_it_is_taken_back(ada, mira, way):
    own = link(ada, mira)
    row = propose(own, state="taken")
    report(row, shared=True)

    def take_back() -> None:
        with acting_as(ada):
            if way == "taken back":
                own.lock()
                agreements.share_outcome(AgreementOutcome.objects.get(), shared=False)
            elif way == "stopped":
                consent.stop(ada)
            else:
                own.end()

    with acting_as(mira, role=COACH):
        assert AgreementOutcome.objects.exists()
        other = Other(take_back).until_it_waits()
        assert AgreementOutcome.objects.get().words == "To the plumber first"
    other.done()
    with acting_as(mira, role=COACH):
        assert not AgreementOutcome.objects.exists()


def test_her_answer_and_a_change_of_the_coachs_come_one_after_the_other(ada, mira):
    row = propose(link(ada, mira), "Call Dad")
    browser, path = browser_of(mira), f"/coach/agreements/{row.pk}/"
    sent = {"text": "Write to Dad", "version": 1}
    with transaction.atomic(), acting_as(ada):
        own = Agreement.objects.select_related("link").get()
        own.link.lock()
        agreements.answer(own, "taken")
        other = Other(lambda: browser.post(path, sent)).until_it_waits()
    late = other.done()
    assert late.status_code == 409
    assert "Write to Dad" in late.text
    with acting_as(ada):
        assert Agreement.objects.get().text == "Call Dad"


def test_two_clicks_at_once_close_a_session_once(ada, mira):
    own = link(ada, mira)
    row = make_session(own, 0)
    path, browser = f"/coach/sessions/{row.pk}/", browser_of(mira)
    form = form_ending(forms_in(browser.get(path)), path).fields
    sent = {**form, "do": "send", "a1-text": "Call Dad", "next_session_at": SOON}
    with transaction.atomic(), acting_as(mira):
        client = mira.clients.select_for_update().get(pk=client_of(own).pk)
        assert client
        both = [Other(lambda: browser_of(mira).post(path, sent)).until_it_waits() for _ in "12"]
    assert [one.done().status_code for one in both] == [302, 302]
    with acting_as(ada):
        assert [one.text for one in Agreement.objects.all()] == ["Call Dad"]
        assert CoachSession.objects.filter(closed_at=None).count() == 1
        assert CoachSession.objects.count() == 2


@pytest.mark.parametrize("way", ["ended", "muted"])
def test_every_write_of_hers_waits_for_the_client_and_sends_nothing_after(ada, mira, way):
    """What is sent while the client ends the link, or turns messages off; the notes are saved."""
    browser, found = browser_of(mira), {}
    for name in ("send", "autosave", "change", "withdraw"):
        own = link(ada, mira, f"Ada {name}")
        row = make_session(own, 0)
        there = propose(own, "Call Dad", make_session(own, -7, closed=True))
        paths = {"change": f"/coach/agreements/{there.pk}/"}
        paths["withdraw"] = f"{paths['change']}withdraw/"
        paths["send"] = f"/coach/sessions/{row.pk}/"
        paths["autosave"] = f"{paths['send']}autosave/"
        sent = {"client": str(client_of(own).pk), "body": "Heard", "text": "Mine", "version": "1"}
        sent |= {"do": "send", "a1-text": "Call Mum", "next_session_at": SOON}
        with transaction.atomic(), acting_as(ada):
            own.lock()
            own.end() if way == "ended" else own.mute(muted=True)
            other = Other(lambda path=paths[name], sent=sent: browser.post(path, sent))
            other.until_it_waits()
        answer = other.done()
        with acting_as(ada):
            texts = [one.text for one in Agreement.objects.live().filter(link=own)]
            closed = CoachSession.objects.get(pk=row.pk).closed_at
            own.end()
        with acting_as(mira):
            notes = [one.body for one in mira.coachnotes.filter(session_id=row.pk)]
        assert "Call Mum" not in texts
        assert closed is None
        found[name] = (answer.status_code, texts, notes)
    kept = ["Call Dad"]
    changed = (404, kept, []) if way == "ended" else (302, ["Mine"], [])
    withdrawn = (404, kept, []) if way == "ended" else (302, [], [])
    assert found == {
        "send": (409, kept, ["Heard"]),
        "autosave": (200, kept, ["Heard"]),
        "change": changed,
        "withdraw": withdrawn,
    }


def test_two_tabs_that_save_at_once_make_one_row_of_notes(ada, mira):
    own = link(ada, mira)
    path = f"/coach/sessions/{make_session(own, 0).pk}/autosave/"
    with transaction.atomic(), acting_as(mira):
        assert mira.clients.select_for_update().get(pk=client_of(own).pk)
        both = [
            Other(lambda body=body: browser_of(mira).post(path, {"body": body})).until_it_waits()
            for body in ("One", "Two")
        ]
    assert sorted(one.done().status_code for one in both) == [200, 409]
    with acting_as(mira):
        assert mira.coachnotes.count() == 1


def test_a_date_and_the_end_of_the_link_leave_no_open_session_in_sight(ada, mira):
    own = link(ada, mira)
    page = f"/coach/clients/{client_of(own).pk}/sessions/"
    browser = browser_of(mira)
    with transaction.atomic(), acting_as(ada):
        own.end()
        other = Other(lambda: browser.post(page, {"next_session_at": SOON}))
        other.until_it_waits()
    assert other.done().status_code == 404
    with acting_as(ada):
        assert not CoachSession.objects.exists()
    board = signed_in(ada).get(f"/sharing/grants/{own.pk}/agreements/")
    assert board.status_code == 200
