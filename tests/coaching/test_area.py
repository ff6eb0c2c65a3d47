"""Mira looks after her clients: the roster, one of them, the brief, notes, suggestions."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from journal.coaching.models import CoachNote
from journal.people import clock
from journal.privacy.rls import acting_as
from journal.sharing import consent
from journal.sharing.models import AccessLogEntry, Brief, Client, Comment, Suggestion
from tests.boundaries.factories import make_boundary
from tests.coaching.coach_client import browser_of, client_of, page_of, text_of
from tests.coaching.factories import link, made_coach, share, share_practice
from tests.factories import make_entry, make_person
from tests.promises.factories import answer, make_promise

pytestmark = pytest.mark.django_db


def test_an_empty_roster_says_that_this_is_how_it_begins(mira):
    page = text_of(browser_of(made_coach(mira)).get("/coach/"))

    assert "No clients yet" in page
    assert "No activity here means nothing either way." in page


def test_the_roster_says_what_is_shared_and_until_when(ada, mira, eve):
    shared, nothing = link(ada, mira, "Ada B."), link(eve, mira, "Eve C.")
    share(shared, make_entry(ada, "For Mira."), days=7)
    share(shared, make_entry(ada, "This too."), days=90)
    share_practice(shared, "decisions")

    page = text_of(browser_of(mira).get("/coach/"))

    assert re.search(r"Ada B. Something new Connected [\w ]+ 2 new 2 chosen items, Decisions", page)
    assert "In 7 days" in page
    assert "Open brief – Ada B." in page
    assert re.search(r"Eve C. Connected [\w ]+ Not booked Nothing yet, which is common", page)
    assert client_of(nothing).get_absolute_url()


def test_since_the_last_session_new_things_are_counted(ada, mira):
    one = link(ada, mira, "Ada B.")
    today = clock.today(mira)
    with acting_as(mira):
        Client.objects.filter(link_id=one.pk).update(last_session_on=today - timedelta(days=2))
    old = make_promise(ada, "An old one")
    with acting_as(ada):
        old.finished_at = timezone.now() - timedelta(days=5)
        old.save(update_fields=["finished_at"])
    make_promise(ada, "A new one")
    share_practice(one, "promises")

    page = text_of(browser_of(mira).get("/coach/"))

    assert "1 new" in page


def test_a_long_roster_has_pages(mira, monkeypatch):
    monkeypatch.setattr("journal.coaching.roster.PAGE", 2)
    for number in range(3):
        one = link(make_person(f"client{number}@example.org"), mira, f"Client {number}")
        if number == 2:
            with acting_as(mira):
                Client.objects.filter(link_id=one.pk).update(next_session_at=timezone.now())
    browser = browser_of(mira)

    first, second = text_of(browser.get("/coach/")), text_of(browser.get("/coach/?page=2"))

    assert first.index("Client 2") < first.index("Client 0") < first.index("More clients")
    assert "Client 1" not in first
    assert "Client 1" in second
    assert "Client 0" not in second
    for rubbish in ("0", "-1", "x", "9999", "²"):
        assert "Client 2" in text_of(browser.get("/coach/", {"page": rubbish}))


def test_the_clients_page_shows_what_is_shared_and_notes_that_it_was_opened(ada, mira):
    one = link(ada, mira, "Ada B.")
    entry, _sibling = make_entry(ada, "For Mira."), make_entry(ada, "Only mine.")
    share(one, entry)

    page = text_of(browser_of(mira).get(page_of(one)))

    assert "For Mira." in page
    assert "Only mine." not in page
    assert "Promises: not shared" in page
    with acting_as(ada):
        assert [opened.item_id for opened in AccessLogEntry.objects.all()] == [entry.pk]


def test_a_client_who_shares_nothing_is_a_usual_way_to_begin(ada, mira):
    one = link(ada, mira, "Ada B.")
    make_entry(ada, "Only mine.")
    mira_browser = browser_of(mira)

    assert "Nothing is shared at the moment." in text_of(mira_browser.get(page_of(one)))
    assert "Nothing is shared for this session" in text_of(mira_browser.get(page_of(one, "brief/")))


def test_the_brief_begins_with_what_ada_wants(ada, mira):
    one = link(ada, mira, "Ada B.")
    today = clock.today(ada)
    with acting_as(ada):
        brief = Brief.objects.create(
            owner=ada,
            link=one,
            wanted="To say no out loud.",
            since_on=today - timedelta(days=7),
            written_on=today,
        )
        consent.share(one, [consent.ShareRequest("item", "brief", brief.pk)], 30)
    promise = make_promise(ada, "Walk after lunch", starts_on=today - timedelta(days=3))
    answer(promise, {today - timedelta(days=1): "kept", today - timedelta(days=2): "missed"})
    share_practice(one, "promises")
    boundary = make_boundary(ada, "No calls after 19:00")
    with acting_as(ada):
        wish = consent.ShareRequest("item", "boundary", boundary.pk)
        consent.share(one, [wish], 30, bring=True)

    answered = browser_of(mira).get(page_of(one, "brief/"))
    page = text_of(answered)

    assert "What Ada B. wants from this session To say no out loud." in page
    assert "For this session No calls after 19:00" in page
    assert page.index("No calls after 19:00") < page.index("Walk after lunch")
    assert "Ada B. kept 1 and missed 1." in page
    assert "Confidential. Printed by mira@example.org." in page
    with acting_as(ada):
        opened = {(row.kind, row.item_id) for row in AccessLogEntry.objects.all()}
    assert opened == {
        ("brief", brief.pk),
        ("promise", promise.pk),
        ("boundary", boundary.pk),
    }


def test_sessions_get_their_dates(ada, mira):
    one = link(ada, mira, "Ada B.")
    mira_browser = browser_of(mira)
    when = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT10:00")

    sent = mira_browser.post(page_of(one, "sessions/"), {"next_session_at": when})

    assert sent.url == page_of(one)
    assert client_of(one).next_session_at.strftime("%Y-%m-%dT%H:%M") == when
    past = {"next_session_at": "2020-01-01T10:00"}
    refused = mira_browser.post(page_of(one, "sessions/"), past)
    assert "That day has passed." in text_of(refused)


def test_notes_are_kept_changed_removed_and_brought_back(ada, mira):
    one = link(ada, mira, "Ada B.")
    mira_browser = browser_of(mira)

    for _twice in range(2):
        sent = mira_browser.post(
            page_of(one, "notes/"),
            {"body": "Begin with the pause.", "id": "018f0000-0000-7000-8000-000000000001"},
        )
        assert sent.url == page_of(one)
    with acting_as(mira):
        (note,) = CoachNote.objects.all()
    address = f"/coach/notes/{note.pk}/"
    assert "Begin with the pause." in text_of(mira_browser.get(page_of(one)))

    mira_browser.post(address, {"body": "Begin slowly.", "version": 1})
    stale = mira_browser.post(address, {"body": "Begin loudly.", "version": 1})
    assert stale.status_code == 409
    assert "Begin slowly." in text_of(stale)
    assert "Begin loudly." in text_of(stale)

    removed = mira_browser.post(f"{address}delete/", follow=True)
    assert "Begin slowly." not in text_of(removed)
    assert f'action="{address}restore/"' in removed.content.decode()
    assert "Begin slowly." in text_of(mira_browser.post(f"{address}restore/", follow=True))


def test_an_ended_client_is_a_name_and_notes_with_the_day_they_go(ada, mira, settings):
    settings.COACH_NOTES_DAYS = 100
    one = link(ada, mira, "Ada B.")
    share(one, make_entry(ada, "For Mira."))
    mira_browser = browser_of(mira)
    mira_browser.post(page_of(one, "notes/"), {"body": "Begin with the pause."})
    with acting_as(ada):
        one.end()

    page = text_of(mira_browser.get(page_of(one)))

    assert "Begin with the pause." in page
    assert "For Mira." not in page
    gone_on = timezone.localdate() + timedelta(days=100)
    assert f"Your notes will be deleted on {gone_on.day} {gone_on:%B %Y}." in page
    assert mira_browser.get(page_of(one, "brief/")).status_code == 404
    assert mira_browser.get(page_of(one, "suggest/")).status_code == 404
    assert "Ended" in text_of(mira_browser.get("/coach/"))


def test_a_comment_is_adas_and_is_made_once(ada, mira):
    one = link(ada, mira, "Ada B.")
    entry = make_entry(ada, "For Mira.")
    share(one, entry)
    mira_browser, address = browser_of(mira), f"/coach/shared/entry/{entry.pk}/"

    for _twice in range(2):
        fields = {"body": "I read it twice.", "id": "018f0000-0000-7000-8000-000000000002"}
        assert mira_browser.post(address, fields).url == address

    assert "I read it twice." in text_of(mira_browser.get(address))
    with acting_as(ada):
        (comment,) = Comment.objects.all()
        assert (comment.owner_id, comment.link_id, comment.body) == (
            ada.pk,
            one.pk,
            "I read it twice.",
        )
    too_long = mira_browser.post(address, {"body": "x" * 2001})
    assert "2000 characters" in text_of(too_long)


def test_a_comment_is_refused_with_its_words(ada, mira):
    one = link(ada, mira, "Ada B.")
    entry = make_entry(ada, "For Mira.")
    grant = share(one, entry)
    mira_browser, address = browser_of(mira), f"/coach/shared/entry/{entry.pk}/"
    words = {"body": "I read it twice."}

    with acting_as(ada):
        one.mute(muted=True)
    muted = mira_browser.post(address, words)
    assert muted.status_code == 409
    assert "Ada B. has muted comments." in text_of(muted)
    assert "I read it twice." in text_of(muted)

    with acting_as(ada):
        one.mute(muted=False)
        consent.take_back(one, [grant])
    revoked = mira_browser.post(address, words)
    assert revoked.status_code == 409
    assert "This is not shared with you" in text_of(revoked)
    assert "I read it twice." in text_of(revoked)

    with acting_as(ada):
        one.end()
    ended = mira_browser.post(address, words)
    assert ended.status_code == 409
    assert text_of(ended) == text_of(revoked)
    with acting_as(ada):
        assert not Comment.objects.exists()


def test_a_suggestion_is_looked_at_first_and_then_sent_once(ada, mira):
    one = link(ada, mira, "Ada B.")
    mira_browser, address = browser_of(mira), page_of(one, "suggest/")
    fields = {
        "what": "promise",
        "promise": "Pause before one yes",
        "note": "If you feel like it.",
        "id": "018f0000-0000-7000-8000-000000000003",
    }

    preview = text_of(mira_browser.post(address, {**fields, "do": "look"}))
    assert "This is what Ada B. sees" in preview
    assert "Pause before one yes If you feel like it." in preview
    with acting_as(ada):
        assert not Suggestion.objects.exists()

    for _twice in range(2):
        assert mira_browser.post(address, fields).url == page_of(one)
    with acting_as(ada):
        (made,) = Suggestion.objects.all()
        said = (made.owner_id, made.link_id, made.what, made.text, made.note, made.state)
    assert said == (
        ada.pk,
        one.pk,
        "promise",
        "Pause before one yes",
        "If you feel like it.",
        "waiting",
    )
    page = text_of(mira_browser.get(page_of(one)))
    assert "A small promise to consider" in page
    assert "Waiting" in page
    assert "Pause before one yes" not in page


def test_a_prompt_comes_from_the_library_or_from_ours(ada, mira):
    one = link(ada, mira, "Ada B.")
    mira_browser, address = browser_of(mira), page_of(one, "suggest/")
    mira_browser.post("/coach/library/", {"text": "Whose yes was it?"})
    with acting_as(mira):
        (own,) = mira.libraryprompts.live()

    mira_browser.post(address, {"what": "prompt", "prompt": f"own-{own.pk}"})
    mira_browser.post(address, {"what": "practice", "practice": "boundaries"})
    refused = mira_browser.post(address, {"what": "prompt", "prompt": "own-nothing"})

    assert "not one of the available choices" in text_of(refused)
    with acting_as(ada):
        made = [(row.what, row.text, row.practice) for row in Suggestion.objects.order_by("id")]
    assert made == [("prompt", "Whose yes was it?", ""), ("practice", "", "boundaries")]
