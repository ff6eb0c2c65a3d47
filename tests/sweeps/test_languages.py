"""Every page in every language on a phone: nothing sticks out or is cut off, axe finds nothing, and
the page knows its language.

Before a language is translated, the two pseudo-languages stand for it: one longer than English, one
from right to left (journal/languages/pseudo.py).
"""

import pytest
from django.conf import settings as installed
from django.utils.translation import get_language_info

from journal.languages import compiled
from journal.people.models import User
from selftrust.languages import PSEUDO
from tests.browser import PHONE
from tests.page import Page
from tests.pages import PAGES
from tests.sweeps.looks import EMPTY, NARROW, SHOW, STICKS_OUT, complaints_in_a_language
from tests.sweeps.test_every_page import client_of

pytestmark = [pytest.mark.long, pytest.mark.sweep]


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("languages")
    return compiled.folder(installed.BASE_DIR / "locale", made, pseudo=True)


@pytest.fixture
def languages(settings, folder):
    """Each with its direction."""
    settings.LOCALE_PATHS = [folder]
    settings.LANGUAGES = [*settings.LANGUAGES, *PSEUDO]
    codes = [code for code, _name in settings.LANGUAGES if code != "en-us"]
    rtl = {"ar-xb"} | {one for one in codes if one not in dict(PSEUDO) and is_rtl(one)}
    return {code: "rtl" if code in rtl else "" for code in codes}


def is_rtl(code: str) -> bool:
    return get_language_info(code)["bidi"]


@pytest.mark.parametrize(
    "seen", [one for one in PAGES if not one.send and not one.stock and one.status == 200], ids=str
)
def test_a_page_fits_in_every_language(seen: Page, ada, axe_tab, languages):
    client, address = client_of(ada, seen), seen.path_for(ada)
    complaints = []
    axe_tab.set_viewport_size(PHONE)
    for code, direction in languages.items():
        User.objects.filter(pk=ada.pk).update(language=code)
        answer = client.get(address, follow=True, headers={"accept-language": code})
        axe_tab.evaluate(SHOW, answer.content.decode())
        root = axe_tab.evaluate("[document.documentElement.lang, document.documentElement.dir]")
        if root != [code, direction]:
            complaints.append(f"{code}: <html> says {root}")
        found = axe_tab.evaluate(STICKS_OUT, direction or "ltr")
        if code not in dict(PSEUDO):
            found += complaints_in_a_language(axe_tab)
        complaints += [f"{code}: {one}" for one in found]
    axe_tab.evaluate(EMPTY)
    axe_tab.set_viewport_size(NARROW)
    assert not complaints, "\n".join(complaints)
