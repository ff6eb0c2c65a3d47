"""Ada, on her phone, invites a coach, shares one entry after looking at it, and stops."""

from tests.browser import PHONE
from tests.factories import PASSWORD

WORDS_LEFT = "Object.keys(localStorage).filter((name) => name.startsWith('words:'))"


def say_it_again(page) -> None:
    """Is it still you? What was sent waits in the page, and is sent on."""
    page.locator("main").get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Continue", exact=True).click()


def test_invite_consent_share_preview_and_stop(visit):
    ada, mira = (visit(viewport=PHONE) for _one in range(2))
    ada.sign_up()
    address = mira.sign_up()
    ada.has_written("The quote could wait until Friday", title="After the call")
    ada.has_written("Only mine", title="A secret")

    # She reads what it means, with the names in it, before she invites.
    page = ada.go("/settings/")
    page.get_by_role("link", name="What your coach can see").click()
    page.get_by_role("link", name="Invite your coach").click()
    page.get_by_label("Their email").fill(address)
    page.get_by_label("What do you call them?").fill("Mira")
    page.get_by_label("What should they call you?").fill("Ada")
    page.get_by_role("button", name="Continue").click()
    say_it_again(page)
    page.get_by_text("You decide what Mira sees.").wait_for()
    page.get_by_label("I’ve read this.").check()
    page.get_by_label("I want to connect.").check()
    page.get_by_role("button", name="Invite").click()
    link = page.get_by_label("Send this link").input_value()
    assert page.evaluate(WORDS_LEFT) == []  # what she typed is taken, and not offered again

    page = mira.page
    page.goto(link)
    page.get_by_role("heading", name="Ada would like you as a coach").wait_for()
    page.get_by_role("button", name="Connect").click()
    say_it_again(page)
    page.get_by_role("button", name="Connect").click()
    page.wait_for_url(lambda url: "/sharing/" not in url)

    # Nothing is shared until she has looked at it and saved.
    page = ada.go("/sharing/")
    page.get_by_text("Mira can’t see anything of yours").wait_for()
    page.get_by_role("link", name="Choose what to share").click()
    page.get_by_label("After the call").check()
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="New").wait_for()
    page.locator("summary", has_text="After the call").wait_for()
    assert page.get_by_text("A secret").count() == 0
    page.get_by_text("The quote could wait until Friday").wait_for()
    page.get_by_role("button", name="Save sharing").click()
    page.get_by_role("link", name="After the call").wait_for()

    page.get_by_role("button", name="Stop all sharing").click()
    page.get_by_text("All sharing has stopped. 1 item is no longer shared.").wait_for()
    page.get_by_text("Mira can’t see anything of yours").wait_for()
