"""A person reads in a language of their choice; what is theirs stays theirs in any."""

import pytest
from django.utils import translation

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.compassion.models import KindnessStarter
from journal.reflections.entries.prompts.models import Prompt
from tests.boundaries.factories import make_boundary
from tests.coaching.coach_client import browser_of, page_of
from tests.coaching.factories import link, share
from tests.factories import make_entry
from tests.markup import Element, parse
from tests.page import forms_in
from tests.reflections.compassion.factories import make_mark
from tests.reflections.factories import make_own_prompt, make_own_template

LISTS = ("/journal/prompts/", "/self-compassion/words/", "/journal/templates/", "/journal/tags/")
OWN = ("What did the sea say?", "What did the hill say?", "After a call", "Sleep")


def opened(client, path: str) -> tuple[Element, set[tuple]]:
    """The page, and all that can be sent from it: which is a form or a button for each row."""
    answer = client.get(path, follow=True)
    document, _errors = parse(answer.content.decode())
    sent = {
        (form.action, *form.fields) for form in forms_in(answer) if "/language/" not in form.action
    }
    return document, sent | {(one["name"], one["value"]) for one in document.all("button")}


@pytest.fixture
def own(ada):
    """Own and hidden ones of what Selftrust comes with; returns its words for these."""
    make_own_prompt(ada, OWN[0])
    prompt, starter = Prompt.objects.first(), KindnessStarter.objects.first()
    with acting_as(ada):
        make_own_prompt(ada, OWN[1]).hide_from(ada)
        prompt.hide_from(ada)
    make_mark(ada, starter.pk, "no")
    make_own_template(ada, OWN[2])
    make_entry(ada, tagged=[OWN[3]])
    return prompt.text, starter.text


def test_own_and_hidden_ones_stay_when_the_language_changes(own, ada, ada_client):
    before = {path: opened(ada_client, path) for path in LISTS}
    ada_client.post("/settings/?section=name", {"called": "", "language": "de"})
    after = {path: opened(ada_client, path) for path in LISTS}
    with translation.override("de"):
        german = [translation.gettext(text) for text in own]

    for path in LISTS:
        assert after[path][0].all("html")[0]["lang"] == "de"
        assert after[path][1] == before[path][1], path
    english_text, german_text = (
        "\n".join(document.text for document, _sent in pages.values()) for pages in (before, after)
    )
    assert [words for words in OWN if words not in english_text + german_text] == []
    assert [words for words in OWN if words not in german_text] == []
    assert [words for words in own if words in german_text or words not in english_text] == []
    assert [words for words in german if words not in german_text] == []


def test_a_coach_and_a_client_each_read_in_their_own(ada, mira, ada_client):
    boundary = make_boundary(ada, "No calls after seven")
    between = link(ada, mira)
    share(between, boundary)
    for person, code in ((ada, "de"), (mira, "ar")):
        User.objects.filter(pk=person.pk).update(language=code)

    mine = opened(ada_client, boundary.get_absolute_url())[0]
    coachs = [
        opened(browser_of(mira), page)[0] for page in (page_of(between), page_of(between, "brief/"))
    ]

    said = {}
    for code in ("en-gb", "de", "ar"):
        with translation.override(code):
            said[code] = str(boundary.get_state_display())
    assert len({*said.values()}) == 3
    for code, direction, pages in (("de", "", [mine]), ("ar", "rtl", coachs)):
        for page in pages:
            (html,) = page.all("html")
            assert (html["lang"], html["dir"]) == (code, direction)
            assert "No calls after seven" in page.text
            assert {one for one, words in said.items() if words in page.text} == {code}
