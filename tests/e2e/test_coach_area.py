"""Mira prepares a session on her phone from what ada shares, until ada stops it on hers."""

import re

import pytest
from playwright.sync_api import expect

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing.models import Comment
from tests.browser import violations
from tests.coaching.coach_client import page_of
from tests.coaching.factories import link, made_coach, share
from tests.factories import make_entry, make_person
from tests.promises.factories import make_promise


@pytest.fixture
def mira(transactional_db) -> User:
    return make_person("mira@example.org", zone="Europe/Berlin")


def test_mira_prepares_a_session_until_ada_stops_sharing(ada, mira, phone_of):
    one = link(ada, made_coach(mira), "Ada B.")
    entry = make_entry(ada, "Freezing is not the same as not knowing.", title="After the meeting")
    share(one, entry)
    share(one, make_promise(ada, "Read before bed"))
    miras, adas = phone_of(mira, coach=True), phone_of(ada, script=False)

    miras.goto("/coach/")
    miras.get_by_role("link", name="Open brief – Ada B.").click()
    expect(miras.get_by_role("heading", name="Ada B.", exact=True)).to_be_visible()
    assert violations(miras) == []
    miras.emulate_media(media="print")
    expect(miras.get_by_text("Confidential. Printed by mira@example.org.")).to_be_visible()
    expect(miras.get_by_role("heading", name="Your notes")).to_be_hidden()
    for paper in ("A4", "Letter"):
        assert len(re.findall(rb"/Type\s*/Page[^s]", miras.pdf(format=paper))) == 1
    miras.emulate_media(media="screen")

    miras.get_by_label("Private to you").fill("Begin with the pause.")
    miras.get_by_role("button", name="Save note").click()
    expect(miras.get_by_text("Begin with the pause.")).to_be_visible()
    miras.get_by_role("link", name="After the meeting").first.click()
    assert violations(miras) == []
    miras.get_by_role("textbox", name="Comment").fill("I read it twice.")
    miras.get_by_role("button", name="Send comment").click()
    expect(miras.get_by_text("I read it twice.")).to_be_visible()

    miras.goto(page_of(one, "suggest/"))
    miras.get_by_label("A small promise to consider").check()
    expect(miras.get_by_label("Which prompt?")).to_be_hidden()
    miras.get_by_label("The promise, in one sentence").fill("Pause before one yes")
    miras.get_by_role("button", name="Preview").click()
    expect(miras.get_by_role("heading", name="Pause before one yes")).to_be_visible()
    assert violations(miras) == []
    miras.get_by_role("button", name="Send to Ada B.").click()
    expect(miras.get_by_text(re.compile("Sent. .Ada B.. can accept it"))).to_be_visible()

    adas.goto("/sharing/")
    adas.get_by_role("button", name="Stop all sharing").click()
    with acting_as(ada):
        assert [comment.body for comment in Comment.objects.all()] == ["I read it twice."]

    assert miras.goto(f"/coach/shared/entry/{entry.pk}/").status == 404
    miras.goto(page_of(one, "brief/"))
    expect(miras.get_by_text("Nothing is shared for this session")).to_be_visible()
    assert miras.get_by_text("After the meeting").count() == 0
    expect(miras.get_by_text("Begin with the pause.")).to_be_visible()
    assert violations(miras) == []

    miras.goto(page_of(one))
    miras.get_by_text("What happens if you end it").click()
    miras.get_by_role("button", name="End the link with Ada B.").click()
    expect(miras.get_by_role("heading", name="Ended")).to_be_visible()
    miras.get_by_role("link", name="Ada B.").click()
    expect(miras.get_by_text("Your notes will be deleted on")).to_be_visible()
    assert violations(miras) == []
