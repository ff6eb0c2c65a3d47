"""Travel, as a browser notices it (what the answers do: tests/today/test_travel.py)."""

from playwright.sync_api import expect


def test_today_offers_another_zone_once_and_another_name_of_the_same_never(ada, phone_of):
    ada.zone = "Asia/Kolkata"
    ada.save(update_fields=["zone"])
    page = phone_of(ada, timezone_id="Asia/Calcutta")
    page.goto("/today/")
    expect(page.locator("[data-zone-offer]")).to_be_hidden()

    page = phone_of(ada, timezone_id="Pacific/Kiritimati")
    page.goto("/today/")
    offer = page.locator("[data-zone-offer]")
    expect(offer).to_contain_text("Your browser is in Pacific/Kiritimati")
    offer.get_by_role("button", name="Stay").click()
    page.get_by_text("Your days stay in Asia/Kolkata.").wait_for()
    page.goto("/today/")
    expect(page.locator("[data-zone-offer]")).to_be_hidden()
