"""What an entry led to stands beside its text, and leads back to it."""

from datetime import date

import pytest

from journal.lessons import threads
from journal.privacy.rls import acting_as
from tests.factories import make_entry
from tests.lessons.factories import make_lesson
from tests.markup import parse
from tests.page import compact

LESSON = {"if_situation": "she asks", "then_action": "answer tomorrow", "areas": ["work"]}


def links_in(client, address: str, part: str) -> list[str]:
    document, _errors = parse(client.get(address).content.decode())
    return [link["href"] for found in document.all(part) for link in found.all("a")]


def links_beside(client, address: str) -> list[str]:
    return links_in(client, address, "aside")


@pytest.mark.django_db
def test_a_lesson_from_an_entry_is_beside_it_and_leads_back(ada, ada_client):
    entry = make_entry(ada, "The quote could wait.")
    address = entry.get_absolute_url()
    new = next(link for link in links_in(ada_client, address, "article") if "/lessons/new/" in link)

    lesson = ada_client.post(new, LESSON).url

    assert lesson in links_beside(ada_client, address)
    assert address in links_beside(ada_client, lesson)


@pytest.mark.django_db
def test_nobody_keeps_a_lesson_from_an_entry_of_somebody_else(ada, eve_client):
    entry = make_entry(ada, "The quote could wait.")

    answer = eve_client.get(f"/lessons/new/?from_kind=entry&from_id={entry.pk}")

    assert answer.status_code == 404


@pytest.mark.django_db
def test_an_entry_in_the_bin_is_beside_nothing(ada, ada_client):
    entry = make_entry(ada, "The quote could wait.")
    lesson = ada_client.post(f"/lessons/new/?from_kind=entry&from_id={entry.pk}", LESSON).url

    with acting_as(ada):
        entry.trash()

    assert entry.get_absolute_url() not in links_beside(ada_client, lesson)


@pytest.mark.django_db
def test_a_promise_made_of_an_entry_is_beside_it_and_leads_back(ada, ada_client):
    entry = make_entry(ada, "The quote could wait.")
    address = entry.get_absolute_url()
    new = next(one for one in links_in(ada_client, address, "article") if "/promises/new/" in one)

    ada_client.post(new, {"statement": "Check before I answer", "do": ""})
    promise = ada.promises.get()

    assert promise.get_absolute_url() in links_beside(ada_client, address)
    with acting_as(ada):
        came_from = threads.links_of(ada, promise).came_from
    assert [tied.row for tied in came_from] == [entry]


@pytest.mark.django_db
def test_what_led_here_and_what_followed_stand_by_day_and_name_what_was_deleted(ada, ada_client):
    entry = make_entry(ada, "The quote could wait.", written_on=date(2026, 3, 2))
    before = [make_entry(ada, f"On {day}", written_on=date(2026, 3, day)) for day in (5, 1)]
    after, gone = make_entry(ada, "It did wait."), make_entry(ada, "Zanzibar")
    with acting_as(ada):
        for one in before:
            threads.tie(ada, one, entry)
        threads.tie(ada, entry, after)
        threads.tie(ada, entry, gone)
        gone.trash()

    page = compact(ada_client.get(entry.get_absolute_url()))

    chain = page.split('<ol class="chain">')[1].split("</ol>")[0]
    shown = ["On 1", "On 5", "This entry", "It did wait.", "Since deleted"]
    assert [words for words in shown if words in chain] == shown
    assert [chain.index(words) for words in shown] == sorted(chain.index(words) for words in shown)
    assert "Zanzibar" not in page
    assert str(gone.pk) not in chain


@pytest.mark.django_db
def test_a_link_is_chosen_and_its_direction_follows_from_the_days(ada, ada_client):
    entry = make_entry(ada, "The quote could wait.", written_on=date(2026, 3, 2))
    lesson = ada_client.post("/lessons/new/", LESSON).url
    address = f"{entry.get_absolute_url()}links/"
    page = compact(ada_client.get(address))
    named = page.split('name="row" value="')[1].split('"')[0]

    for _twice in range(2):
        assert ada_client.post(address, {"row": named}).url == entry.get_absolute_url()

    with acting_as(ada):
        [followed] = threads.links_of(ada, entry).led_to
    assert followed.address == lesson
    assert 'name="row"' not in compact(ada_client.get(address))
    ada_client.post(address, {"remove": named})
    assert lesson not in links_beside(ada_client, entry.get_absolute_url())


@pytest.mark.django_db
def test_nothing_is_linked_that_is_not_hers(ada, ada_client, eve):
    entry, hers = make_entry(ada, "The quote could wait."), make_entry(eve, "Private")
    address = f"{entry.get_absolute_url()}links/"

    for row in (f"entry:{hers.pk}", f"entry:{entry.pk}", "entry:x", "moon:1", ""):
        assert ada_client.post(address, {"row": row}).status_code == 404
    assert not ada.threads.exists()


@pytest.mark.django_db
def test_a_link_is_found_by_its_words_among_older_rows(ada, ada_client, eve):
    entry = make_entry(ada, "The quote could wait.")
    address = f"{entry.get_absolute_url()}links/"
    old = make_lesson(ada, "Zoë phones")
    make_lesson(eve, "Zoë writes to eve")
    for number in range(threads.RECENT):
        make_lesson(ada, f"someone asks {number}")
    assert "phones" not in compact(ada_client.get(address))

    page = compact(ada_client.post(address, {"q": "zoe"}))
    assert f'value="lesson:{old.pk}"' in page
    assert page.count('name="row"') == 1
    assert 'value="zoe"' in page
    assert "At most eight of each kind" in page
    for words in ("nowhere", "x" * 201, "\x00", "-"):
        assert ada_client.post(address, {"q": words}).status_code == 200
