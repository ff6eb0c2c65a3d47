"""What a coach suggests: it waits, and is taken, changed or declined without reasons."""

from datetime import date

import pytest
from django.db import connection

from journal.privacy.rls import COACH, acting_as
from journal.promises.models import Promise
from journal.reflections.entries.prompts.models import OwnPrompt
from journal.sharing.models import Suggestion
from tests.coaching.coach_client import browser_of, client_of
from tests.coaching.factories import link, suggest
from tests.conftest import signed_in
from tests.page import form_ending, forms_in
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db


def address(row) -> str:
    return f"/sharing/suggestions/{row.pk}/"


def state(person, row) -> str:
    with acting_as(person):
        return Suggestion.objects.get(pk=row.pk).state


def test_it_waits_on_today_without_a_name_or_a_word_of_it(ada, linked):
    before = len(statements_of(signed_in(ada), "/today/"))
    row = suggest(linked, text="What went well?", by_on=date(2026, 11, 30))

    page = signed_in(ada).get("/today/").content.decode()

    assert f'href="{address(row)}"' in page
    assert "Your coach has a suggestion" in page
    assert "A writing prompt, by 30 November if you like" in page
    assert "What went well?" not in page.partition(address(row))[2].partition("</li>")[0]
    assert len(statements_of(signed_in(ada), "/today/")) == before
    assert address(row) in signed_in(ada).get("/practices/").content.decode()


def test_a_prompt_that_is_taken_is_written_to(ada, linked):
    row = suggest(linked, text="Where did you say yes and mean no?", note="If you feel like it.")
    page = signed_in(ada).get(address(row)).content.decode()
    assert "If you feel like it." in page
    assert "They won’t see whether you did it" in page

    answer = signed_in(ada).post(address(row), {"do": "take"})

    with acting_as(ada):
        prompt = OwnPrompt.objects.get()
        assert prompt.text == "Where did you say yes and mean no?"
    assert answer.url == f"/journal/write/?prompt={prompt.pk}"
    assert "Where did you say yes" in signed_in(ada).get(answer.url, follow=True).content.decode()
    assert state(ada, row) == "taken"


def test_a_practice_leads_to_its_first_step(ada, linked):
    row = suggest(linked, "practice", "", practice="boundaries")
    answer = signed_in(ada).post(address(row), {"do": "take"})
    assert answer.url == "/boundaries/new/"
    assert signed_in(ada).get(answer.url, follow=True).status_code == 200


def test_a_promise_becomes_a_draft_of_her_own(ada, linked):
    row = suggest(linked, "promise", "Step outside daily")

    answer = signed_in(ada).post(address(row), {"do": "take"})

    with acting_as(ada):
        draft = Promise.objects.get()
        assert (draft.statement, draft.finished_at) == ("Step outside daily", None)
    assert answer.url == f"/promises/{draft.pk}/step/promise/"
    form = form_ending(forms_in(signed_in(ada).get(answer.url)), "/step/promise/")
    assert form.fields["statement"] == "Step outside daily"


@pytest.mark.parametrize("what", ["promise", "prompt"])
def test_a_long_suggestion_is_taken_whole(ada, linked, what):
    words = ("Walk " * 60).strip()
    signed_in(ada).post(address(suggest(linked, what, words)), {"do": "take"})
    with acting_as(ada):
        made = Promise.objects.get().statement if what == "promise" else ada.own_prompts.get().text
    assert made == words


def test_she_changes_it_and_mira_never_reads_how(ada, mira, linked):
    row = suggest(linked, "promise", "Step outside daily")

    signed_in(ada).post(address(row), {"do": "change", "text": "Open the window"})

    with acting_as(ada):
        assert Promise.objects.get().statement == "Open the window"
    assert state(ada, row) == "changed"
    with acting_as(mira, role=COACH):
        assert list(Suggestion.objects.values_list("state", flat=True)) == ["changed"]
        assert not Promise.objects.exists()


def test_another_practice_counts_as_changed(ada, linked):
    row = suggest(linked, "practice", "", practice="boundaries")
    answer = signed_in(ada).post(address(row), {"do": "change", "practice": "mistakes"})
    assert (answer.url, state(ada, row)) == ("/mistakes/new/", "changed")


@pytest.mark.parametrize("text", ["", "x" * 141])
def test_a_change_that_does_not_fit_comes_back_with_a_sentence(ada, linked, text):
    row = suggest(linked, "promise", "Step outside daily")
    page = signed_in(ada).post(address(row), {"do": "change", "text": text}).content.decode()
    assert 'class="error-summary"' in page
    assert state(ada, row) == "waiting"


def test_no_thank_you_needs_no_reason_and_nothing_waits_any_more(ada, linked):
    row = suggest(linked)

    page = signed_in(ada).post(address(row), {"do": "decline"}, follow=True).content.decode()

    assert "You don’t have to give a reason." in page
    assert state(ada, row) == "declined"
    assert address(row) not in signed_in(ada).get("/today/").content.decode()


def test_it_is_taken_once_and_a_late_change_is_given_back(ada, linked):
    row = suggest(linked, "promise", "Step outside daily")
    signed_in(ada).post(address(row), {"do": "take"})
    late = signed_in(ada).post(address(row), {"do": "change", "text": "Step outside at noon"})

    assert late.status_code == 409
    assert "nothing has changed" in late.content.decode()
    assert "Step outside at noon" in late.content.decode()
    assert state(ada, row) == "taken"
    with acting_as(ada):
        assert Promise.objects.count() == 1


def test_a_wrong_answer_is_mended(ada, linked):
    row = suggest(linked, "promise", "Step outside daily")
    for do, becomes in (("decline", "declined"), ("take", "taken"), ("decline", "declined")):
        signed_in(ada).post(address(row), {"do": do})
        assert state(ada, row) == becomes


@pytest.mark.parametrize("how", ["comments off", "ended"])
def test_nothing_waits_of_a_coach_who_is_not_listened_to(ada, linked, how):
    row = suggest(linked)
    path = "comments" if how == "comments off" else "end"
    signed_in(ada).post(f"/sharing/grants/{linked.pk}/{path}/", {"do": "off"})
    assert address(row) not in signed_in(ada).get("/today/").content.decode()


def test_not_hers_is_not_there(ada, mira, eve, linked):
    row = suggest(linked)
    for person in (mira, eve):
        assert signed_in(person).get(address(row)).status_code == 404
        assert signed_in(person).post(address(row), {"do": "take"}).status_code == 404
    assert state(ada, row) == "waiting"


def test_no_word_of_it_lies_open(ada, linked):
    suggest(linked, text="The zanzibarquokka", note="About the zanzibarquokka")
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(s)::text from sharing_suggestion s")
        assert "zanzibar" not in str(cursor.fetchall())


def test_an_id_in_the_address_is_one_row_for_the_coach_too(ada, mira, linked):
    row = suggest(linked)
    client = client_of(linked)
    sent = browser_of(mira).get(f"/coach/clients/{client.pk}/suggest/?id={row.pk}")

    assert (sent.status_code, sent.url) == (302, f"/coach/clients/{client.pk}/")


def test_an_id_of_another_clients_row_is_like_an_unknown_one(eve, mira, linked):
    of_eve = suggest(link(eve, mira, name="Eve"))
    client = client_of(linked)
    opened = browser_of(mira).get(f"/coach/clients/{client.pk}/suggest/?id={of_eve.pk}")
    assert opened.status_code == 200


def test_the_coach_is_told_where_the_list_of_suggestions_ends(linked, mira):
    browser, client = browser_of(mira), client_of(linked)
    for _ in range(20):
        suggest(linked)
    page = f"/coach/clients/{client.pk}/"
    assert "These are the latest twenty" not in browser.get(page).text
    suggest(linked)
    assert "These are the latest twenty" in browser.get(page).text
