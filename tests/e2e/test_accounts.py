"""Passkeys with a virtual device, an app's digits, and a page that locks when it is left."""

import re

from playwright.sync_api import Page, expect

from tests.browser import PHONE
from tests.e2e.conftest import Visit
from tests.factories import PASSWORD
from tests.people.second_steps import digits

SECOND = "/accounts/2fa/"


def give_a_device(page: Page) -> None:
    """A virtual device that keeps passkeys and knows its owner's fingerprint."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def say_it_is_me(page: Page) -> None:
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()


def sign_out(ada: Visit) -> None:
    ada.go("/settings/").locator(".account-menu > summary").click()
    ada.page.get_by_role("button", name="Sign out").click()
    ada.page.get_by_role("heading", name="I said I would.").wait_for()


def test_a_passkey_is_added_and_signs_in_alone(visit):
    ada = visit(fresh=True, viewport=PHONE)
    ada.sign_up()
    page = ada.page
    give_a_device(page)
    ada.go("/settings/")
    page.get_by_role("main").get_by_role("link", name="Security").click()
    say_it_is_me(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error()); }")
    page.get_by_role("button", name="Continue").click()
    expect(
        page.get_by_text("That didn’t work. Nothing has changed, so you can try again.")
    ).to_be_visible()
    page.reload()
    page.get_by_label("Name for this passkey").fill("The blue phone")
    expect(page.get_by_label("Sign in with this passkey alone")).to_be_checked()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="I’ve saved them").click()
    expect(page.get_by_role("rowheader", name="The blue phone")).to_be_visible()
    expect(page.get_by_text("Not used yet")).to_be_visible()

    sign_out(ada)
    page.get_by_role("link", name="Sign in another way").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/today/")

    # It shows that it is her, too; and a removed one opens nothing any more.
    ada.go(SECOND)
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("link", name="Remove The blue phone").click()
    page.get_by_role("button", name="Remove passkey").click()
    expect(page.get_by_text("Passkey removed.")).to_be_visible()
    sign_out(ada)
    page.get_by_role("link", name="Sign in another way").click()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("That passkey didn’t work.")).to_be_visible()
    assert page.url.endswith("/accounts/login/")


def test_an_app_is_connected_and_asked_for_without_a_script(visit):
    ada = visit(java_script_enabled=False)
    email = ada.sign_up()
    page = ada.go(SECOND)
    say_it_is_me(page)
    page.get_by_role("link", name="Set up an app").click()
    key = page.locator("dd .tabular").inner_text().replace(" ", "")
    page.get_by_label("Six digits").fill("12345")
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("alert")).to_contain_text("That code isn’t right.")
    assert page.locator("dd .tabular").inner_text().replace(" ", "") == key
    page.get_by_label("Six digits").fill(digits(key))
    page.get_by_role("button", name="Switch on").click()
    expect(page.locator("main li .tabular")).to_have_count(10)
    codes = page.locator("main li .tabular").all_inner_texts()

    sign_out(ada)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()
    page.get_by_label("Six digits or a recovery code").fill(codes[0])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")


def test_a_page_that_is_left_locks_and_the_words_come_back(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.go("/settings/")
    page.get_by_label("Lock when I’m away").select_option("After 1 minute")
    page.get_by_role("button", name=re.compile("Save.*Screen lock")).click()
    page.clock.install()
    ada.go("/promises/new/")
    page.get_by_label("What have you told yourself you would do?").fill("Paint the wall green")

    page.clock.run_for(70_000)

    expect(page.get_by_role("heading", name="Locked after a break")).to_be_visible()
    assert "wall" not in page.content()
    another = ada.tab()
    another.goto(f"{ada.site}/today/")
    expect(another.get_by_role("heading", name="Locked after a break")).to_be_visible()
    another.close()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("What have you told yourself you would do?")).to_have_value(
        "Paint the wall green"
    )
