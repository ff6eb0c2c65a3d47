"""In a real browser: help on the phone, a way out, and a stop in the middle of writing."""

from tests.browser import PHONE, violations

AWAY = "https://www.wikipedia.org/"


def neutral_page(visit) -> None:
    """Stands in for the page outside, so that no test leaves this machine."""
    body = "<title>Elsewhere</title>"
    visit.context.route(AWAY, lambda route: route.fulfill(body=body, content_type="text/html"))


def test_leaving_quickly_takes_the_place_of_the_page(visit):
    ada = visit(viewport=PHONE)
    neutral_page(ada)
    ada.sign_up()
    ada.go("/settings/")
    page = ada.go("/journal/write/")
    before = page.evaluate("history.length")

    page.get_by_role("banner").get_by_role("link", name="Leave quickly").click()
    page.wait_for_url(AWAY)

    assert page.evaluate("history.length") == before
    assert page.evaluate("document.referrer") == ""
    page.go_back()
    assert page.url == f"{ada.site}/settings/"  # not the page that was left
    ada.forgive(AWAY)


def test_leaving_quickly_without_javascript(visit):
    ada = visit(viewport=PHONE, java_script_enabled=False)
    neutral_page(ada)
    for path in ("/", "/support/", "/accounts/login/", "/no/such/page/"):
        page = ada.go(path)
        page.get_by_role("banner").get_by_role("link", name="Leave quickly").click()
        assert page.title() == "Elsewhere"
    ada.forgive(AWAY)


def test_too_much_while_writing_and_back_again(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.go("/journal/write/")
    page.get_by_label("Your entry").fill("It all came at once")
    page.get_by_role("button", name="This is too much right now").click()
    page.get_by_role("heading", name="That is enough for now").wait_for()
    page.get_by_role("link", name="Go back to writing").click()

    assert page.get_by_label("Your entry").input_value() == "It all came at once"


def test_too_much_in_a_guided_step_keeps_what_does_not_hold(visit):
    ada = visit(viewport=PHONE)
    ada.sign_up()
    page = ada.go("/self-compassion/new/?mode=break")
    page.locator("#id_trigger").fill("m" * 501)
    page.get_by_role("button", name="This is too much right now").click()
    page.get_by_role("heading", name="That is enough for now").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Go back to writing").click()
    page.get_by_role("heading", level=1, name="The moment").wait_for()

    assert page.locator("#id_trigger").input_value() == "m" * 501


def test_the_country_of_the_browser_is_open_unless_the_address_names_another(visit):
    ada = visit(timezone_id="Europe/Stockholm")
    page = ada.go("/support/")
    opened = page.locator("details[open] h2")

    assert opened.all_inner_texts() == ["Sweden"]
    assert page.locator("details h2").first.inner_text() == "Sweden"
    ada.go("/support/?country=DE")
    assert opened.all_inner_texts() == ["Germany"]


def test_nothing_but_numbers_is_printed(visit):
    ada = visit()
    page = ada.go("/support/")
    page.emulate_media(media="print")

    assert page.get_by_role("heading", name="How to find help where you are").is_visible()
    for link in page.get_by_role("link", name="Leave quickly").all():
        assert not link.is_visible()
    assert not page.locator("header").is_visible()
