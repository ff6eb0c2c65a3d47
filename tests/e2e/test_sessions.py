"""Mira and ada, each in a browser of their own, from the invitation to the third session."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.sharing.models import Agreement, CoachSession
from tests.coaching.coach_client import client_of
from tests.coaching.factories import invited_by_coach, made_coach
from tests.e2e.test_sharing import say_it_again
from tests.factories import make_person

LINES = "Begin with the pause.\n\nTopic\n\n\nWhat I heard\n\n\nWhat to come back to\n"


def plan(page: Page, days: int) -> None:
    at = timezone.localtime() + timedelta(days=days)
    page.locator("[name=next_session_at]").fill(f"{at:%Y-%m-%dT10:00}")


def test_from_the_invitation_to_the_third_session(ada, transactional_db, phone_of):
    mira = made_coach(make_person("mira@example.org", zone="America/New_York"))
    miras, adas = phone_of(mira, coach=True), phone_of(ada)
    connect(ada, mira, miras, adas)

    # The first session: its notes are saved while she types, from a template.
    miras.get_by_role("link", name="Ada B.").first.click()
    plan(miras, 0)
    miras.get_by_role("button", name="Save", exact=True).click()
    miras.get_by_role("link", name="Prepare").click()
    notes = miras.get_by_label("Private to you")
    notes.press_sequentially("Begin with the pause.")
    miras.locator("summary", has_text="Template").click()
    with miras.expect_response("**/autosave/"):
        miras.get_by_role("button", name="Topic, heard, next").click()
    expect(notes).to_have_value(LINES)
    first = miras.get_by_role("group", name="Agreement 1")
    first.get_by_label("What exactly?").fill("Call Dad")
    second = miras.get_by_role("group", name="Agreement 2")
    second.get_by_label("What exactly?").fill("Leave Friday")
    miras.reload()  # what is only on the page is there as well
    expect(first.get_by_label("What exactly?")).to_have_value("Call Dad")
    plan(miras, 7)
    miras.get_by_role("button", name="Close and send").click()
    expect(miras.get_by_text("Saved and sent.")).to_be_visible()
    expect(notes).to_have_value(LINES.rstrip())

    # She answers, says how it went and sends one of the two; the other stays hers.
    adas.goto("/sharing/")
    adas.get_by_role("link", name="An agreement to look at").first.click()
    adas.get_by_role("link", name="Sessions and agreements").click()
    expect(adas.get_by_text("where your coach is")).to_be_visible()
    for text in ("Call Dad", "Leave Friday"):
        adas.get_by_role("button", name=f"Yes – {text}").click()
    for text, button in (("Call Dad", "Send to Mira"), ("Leave Friday", "Keep for me")):
        adas.get_by_role("link", name=f"Say how it went – {text}").click()
        adas.get_by_label("Done").check()
        adas.get_by_label("In your words").fill(f"{text}: it was quiet")
        adas.get_by_role("button", name=button).click()
    adas.get_by_role("button", name="Show Europe/Berlin").click()

    # The second: what was sent is there, what was kept looks like nothing.
    open_planned(miras, ada, mira)
    expect(miras.get_by_text("where Ada B. is")).to_be_visible()
    aside = miras.get_by_role("complementary", name="At hand")
    expect(aside.get_by_text("Call Dad: it was quiet")).to_be_visible()
    expect(aside.get_by_text("Not reported yet")).to_be_visible()
    assert miras.get_by_text("Leave Friday: it was quiet").count() == 0
    plan(miras, 14)
    miras.get_by_role("button", name="Close and send").click()
    expect(miras.get_by_text("Saved and sent.")).to_be_visible()

    # The third: she ends the link while mira writes. The notes are saved, nothing is sent.
    open_planned(miras, ada, mira)
    notes.fill("Heard")
    first.get_by_label("What exactly?").fill("Too late")
    adas.goto("/sharing/")
    adas.get_by_role("button", name="End the link – Mira").click()
    expect(adas.get_by_text("The link has ended.")).to_be_visible()
    miras.get_by_role("button", name="Close and send").click()
    expect(miras.get_by_role("heading", name="Nothing was sent")).to_be_visible()
    expect(miras.get_by_text("Your notes are saved.")).to_be_visible()
    expect(miras.get_by_text("Too late")).to_be_visible()
    with acting_as(ada):
        assert Agreement.objects.count() == 2
        assert CoachSession.objects.exclude(closed_at=None).count() == 2
    with acting_as(mira):
        assert mira.coachnotes.latest("created_at").body == "Heard"


def connect(ada: User, mira: User, miras: Page, adas: Page) -> None:
    adas.goto(f"/sharing/invitation/{invited_by_coach(mira, ada.email)}/")
    adas.get_by_label("I’ve read this.").check()
    adas.get_by_label("I want to connect.").check()
    adas.get_by_label(re.compile("call you")).fill("Ada B.")
    adas.get_by_role("button", name="Connect").click()
    say_it_again(adas)
    adas.wait_for_url("**/sharing/grants/**")
    miras.goto("/coach/")


def open_planned(miras: Page, ada: User, mira: User) -> None:
    with acting_as(ada):
        link = ada.coachlinks.get()
    miras.goto(f"/coach/clients/{client_of(link).pk}/")
    miras.get_by_role("link", name="Prepare").click()
