"""One order for kind words wherever they are offered, and what their page says of each."""

import re
from html import unescape

import pytest
from django.db import ProgrammingError

from journal.privacy.rls import COACH, acting_as
from journal.reflections.compassion import kind_words, suggestions
from journal.reflections.compassion.models import SelfCompassion, StarterMark
from journal.sharing import shared_measures
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import link, share, share_practice
from tests.flow_client import post
from tests.page import compact
from tests.promises.test_pages import statements
from tests.reflections.compassion.factories import (
    make_draft,
    make_mark,
    make_moment,
    marks_of,
    reread,
)
from tests.reflections.compassion.flow_client import step_of

WORDS = "/self-compassion/words/"
HARD, SLOW, BACK = 1, 3, 5
SAYS = {
    HARD: "This is hard, and I am here.",
    SLOW: "I am allowed to learn slowly.",
    BACK: "I can come back from here.",
}


def meet(person, words: str, *after: int, before: int = 6, first: int = 1) -> None:
    """Moments met with these words, the newest first."""
    for days_ago, strength in enumerate(after, first):
        make_moment(
            person,
            kinder_thought=words,
            intensity_before=before,
            intensity_after=strength,
            days_ago=days_ago,
        )


def page_of_words(client) -> str:
    return unescape(compact(client.get(WORDS)))


def words_shown(page: str) -> list[str]:
    """In order, with what is said of each."""
    found = re.findall(r'<li class="entryish[^>]*><p class="own-words"[^>]*>(.*?)<div', page)
    return [" ".join(re.sub("<[^>]+>", " ", one).split()) for one in found]


def said_of(page: str, words: str) -> str:
    (found,) = [one for one in words_shown(page) if one.startswith(words)]
    return found.removeprefix(words).strip()


def offered(page: str) -> list[str]:
    return re.findall(r'Use<span class="visually-hidden"> –\s*<bdi>(.*?)</bdi></span>', page)


def key_of(person, words: str) -> str:
    with acting_as(person):
        (found,) = [one.key for one in kind_words.KindWords(person).own if one.words == words]
    return found


@pytest.fixture
def record(ada):
    """Marked, eased, and grown stronger; starters beside own words, alone and among others."""
    meet(ada, "Careful", 4, 4, 4, 4, 4, first=1)
    meet(ada, f"Tired\n{SAYS[BACK]}", 1, 1, 1, 1, 1, first=11)
    meet(ada, f"{SAYS[HARD]}", 8, first=21)
    meet(ada, "Rest", 5, first=31)
    make_mark(ada, SLOW, "fits")
    make_mark(ada, HARD, "fits")


@pytest.mark.parametrize("mode", ["break", "full"])
def test_the_order_in_the_flow_on_the_list_and_on_their_own_page(ada, ada_client, record, mode):
    draft = make_draft(ada, mode=mode, step="kinder", feeling="sad", intensity_before=7)
    step = unescape(ada_client.get(step_of(draft, "kinder")).content.decode())
    shown = [
        re.sub(r" \d+ hard moments.*", "", one) for one in words_shown(page_of_words(ada_client))
    ]

    own = ["Tired", "Careful", "Rest"]  # eased most; then the newest
    assert offered(step)[:3] == shown[:3] == own
    starters = offered(step)[3:]
    assert shown[3:] == starters
    assert starters[:2] == [SAYS[SLOW], SAYS[BACK]]  # marked; then eased
    assert starters[-1] == SAYS[HARD]  # a moment grew stronger with it, so it stepped back
    assert len(starters) == 30
    with acting_as(ada):
        assert suggestions.fitting(ada) == [SAYS[SLOW], SAYS[HARD]]
    assert SAYS[SLOW] in unescape(compact(ada_client.get("/self-compassion/")))


def test_own_words_are_marked_hidden_and_shown_again(ada, eve, ada_client, eve_client):
    meet(ada, "Careful", 4, 4)
    meet(ada, "Tired", 4, first=5)
    draft = make_draft(ada, step="kinder", feeling="sad", intensity_before=7)
    key = key_of(ada, "Tired")

    def tap(do: str) -> str:
        answer = post(ada_client, step_of(draft, "kinder"), do=do, kinder_thought="Half")
        return unescape(answer.content.decode())

    assert offered(tap(f"fits-{key}"))[:2] == ["Tired", "Careful"]
    with acting_as(ada):
        assert suggestions.fitting(ada) == ["Tired"]
    hidden = tap(f"no-{key}")
    assert offered(hidden)[:2] == ["Careful", SAYS[HARD]]
    assert f'value="fits-{key}">Undo' in re.sub(r'"\s+data-hx[^>]*>', '">', hidden)
    assert ada_client.post(WORDS, {"do": f"open-{key}"}).url == WORDS
    assert words_shown(page_of_words(ada_client))[:2] == ["Careful", "Tired"]

    eve_client.post(WORDS, {"do": f"fits-{key}"})
    for do in ("", "fits-99", "fits-\0", "x" * 100_000):
        assert ada_client.post(WORDS, {"do": do}).status_code == 302
    with acting_as(ada):
        assert suggestions.fitting(ada) == []
        assert not ada.selfcompassions.exclude(kind_mark="").exists()
    assert marks_of(ada) == marks_of(eve) == {}


def test_a_mark_is_of_the_words_and_not_of_those_that_replace_them(ada, ada_client):
    meet(ada, "Tired", 4, 4)
    ada_client.post(WORDS, {"do": f"fits-{key_of(ada, 'Tired')}"})
    with acting_as(ada):
        newest = ada.selfcompassions.newest_first().first()

    post(ada_client, step_of(newest, "kinder"), kinder_thought="Tired")
    assert reread(newest).kind_mark == "fits"
    post(ada_client, step_of(newest, "kinder"), kinder_thought="Awake")
    assert reread(newest).kind_mark == ""
    with acting_as(ada):
        assert suggestions.fitting(ada) == ["Tired"]  # the older moment still has them


NOTE = "5 hard moments with these words"


def test_nothing_is_said_before_five_and_counts_come_first(ada, ada_client):
    cases = {
        "Never": ((), ""),
        "Once": ((1,), ""),
        "Twice": ((1, 9), ""),
        "Four": ((1,) * 4, ""),
        "Five": ((4, 6, 4, 4, 7), f"{NOTE}: 3 eased, 1 stayed the same, 1 got stronger."),
        "Bad": (
            (9,) * 5,
            f"{NOTE}: 0 eased, 0 stayed the same, 5 got stronger. Lately it got stronger at least",
        ),
        "Thirty": (
            (2,) * 30,
            "30 hard moments with these words: 30 eased, 0 stayed the same, 0 got stronger. "
            "So far, these eased more than moments with other kind words.",
        ),
    }
    make_draft(ada, kinder_thought="Never")
    for words, (after, _said) in cases.items():
        meet(ada, words, *after)

    page = page_of_words(ada_client)
    for words, (_after, said) in cases.items():
        assert said_of(page, words).startswith(said), words
        assert bool(said_of(page, words)) == bool(said), words
    assert "aren’t the only reason" in page

    ada.numbers_hidden_since = ada.date_joined
    ada.save(update_fields=["numbers_hidden_since"])
    page = page_of_words(ada_client)
    assert said_of(page, "Five") == ""
    assert said_of(page, "Bad").startswith("Lately it got stronger")
    assert said_of(page, "Thirty").startswith("So far, these eased more")


def test_a_bad_month_leaves_everything_there_and_what_was_not_tried_in_front(ada, ada_client):
    for number, words in ((0, SAYS[HARD]), (6, SAYS[SLOW])):
        meet(ada, words, *[9] * 5, first=number)

    shown = words_shown(page_of_words(ada_client))

    assert len(shown) == 30
    assert shown[0] == "I can be unsure and still begin."
    assert [one.split(" 5 hard")[0] for one in shown[-2:]] == [SAYS[HARD], SAYS[SLOW]]
    assert all("eased more" not in one for one in shown)


def test_their_page_takes_as_many_statements_for_a_hundred_as_for_none(
    ada, eve, ada_client, eve_client
):
    for n in range(105):
        make_moment(ada, kinder_thought=f"Kind {n}", intensity_after=5)

    # Whose session; starters with marks; the newest hundred moments.
    assert statements(eve_client, WORDS) == 3
    assert statements(ada_client, WORDS) == 3
    assert len(words_shown(page_of_words(ada_client))) == kind_words.LOOKED_THROUGH + 30


def test_mira_never_sees_the_order_nor_a_mark(ada, mira, record):
    """Neither with figures of the practice, nor with a moment shared whole."""
    meet(ada, "Zanzibarquokka", 1, 1, 1, 1, 1, first=41)
    own = key_of(ada, "Zanzibarquokka")
    with acting_as(ada):
        suggestions.tap(ada, f"fits-{own}")
    connected = link(ada, mira)
    share_practice(connected, "self_compassion", detail="counts")
    with acting_as(ada):
        shared_measures.refresh(connected)
    browser = browser_of(mira)

    def pages() -> str:
        return " ".join(text_of(browser.get(page_of(connected, end))) for end in ("", "brief/"))

    seen = pages()
    assert "By Ada’s own rating, a typical hard moment" in seen
    for private in ("Zanzibarquokka", "with these words", "eased more", *SAYS.values()):
        assert private not in seen
    with acting_as(mira, role=COACH):
        assert not SelfCompassion.objects.exists()

    with acting_as(ada):
        moment = ada.selfcompassions.newest_first().last()
    share(connected, moment)
    seen = pages()
    assert "Zanzibarquokka" in seen
    assert "with these words" not in seen
    assert "Zanzibarquokka" not in browser.get(WORDS).content.decode()  # her own words
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        acting_as(mira, role=COACH),
    ):
        StarterMark.objects.exists()
