"""What holds for every page: accessible, no sideways scrolling, light enough, nothing from afar."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.conftest import DESK, PHONE

SIGNED_OUT = [
    "/",
    "/accounts/signup/",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/support/",
]
SIGNED_IN = [
    "/today/",
    "/journal/",
    "/journal/write/",
    "/journal/trash/",
    "{entry}",
    "{entry}edit/",
    "/search/",
    "/settings/",
    "/accounts/password/change/",
    "/accounts/email/",
    "/accounts/sessions/",
    "/accounts/operator/",
    "/accounts/logout/",
]
LOOKS = [(PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark")]


def violations(page) -> list[str]:
    return [
        f"{page.url}: {found['id']} {found['nodes'][0]['html'][:160]}"
        for found in Axe().run(page).response["violations"]
    ]


def sideways(page) -> int:
    return page.evaluate("() => document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize(("viewport", "scheme"), LOOKS)
def test_axe_finds_nothing(visit, viewport, scheme):
    ada = visit(viewport=viewport, color_scheme=scheme)
    found = []
    for path in SIGNED_OUT:
        found += violations(ada.go(path))
    ada.sign_up()
    entry = ada.write("# A heading\n\nSome words, a [link](https://example.org/).", title="One").url
    for path in SIGNED_IN:
        found += violations(ada.go(path.format(entry=entry.removeprefix(ada.site))))

    assert found == []


def test_nothing_scrolls_sideways_on_a_narrow_phone(visit):
    ada = visit(viewport={"width": 320, "height": 640})
    wide = [path for path in SIGNED_OUT if sideways(ada.go(path)) > 0]
    ada.sign_up()
    entry = ada.write("Donaudampfschifffahrtsgesellschaft" * 6, title="x" * 110).url
    for path in SIGNED_IN:
        if sideways(ada.go(path.format(entry=entry.removeprefix(ada.site)))) > 0:
            wide.append(path)

    assert wide == []


def test_the_first_visit_is_light_and_asks_nobody_else(visit):
    ada = visit()
    sizes: dict[str, int] = {}
    ada.page.on(
        "requestfinished",
        lambda request: sizes.__setitem__(request.url, request.sizes()["responseBodySize"]),
    )

    ada.page.goto(ada.site + "/", wait_until="networkidle")

    assert all(address.startswith(ada.site) for address in sizes)
    fonts = sum(size for address, size in sizes.items() if ".woff2" in address)
    assert len(sizes) <= 8
    assert sum(sizes.values()) - fonts <= 40 * 1024
    assert sum(sizes.values()) <= 130 * 1024
