"""Words are stored in one form of Unicode; no letter carries more marks than a language needs."""

import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from journal.privacy.fields import WordsInput
from journal.privacy.normalization import MOST_MARKS, normalize_words
from journal.privacy.rls import acting_as
from journal.privacy.text_search import Needle, excerpt
from tests.factories import make_entry

LANGUAGES = {
    "Vietnamese": "Tiếng Việt ở Huế",
    "Hebrew with points and cantillation": "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים",
    "Tibetan, the ten letters of power": "ཧྐྵྨླྺྼྻྂ",
    "Thai": "น้ำใจดีที่นี่",
    "Arabic": "مُحَمَّدٌ رَسُولُ اللَّهِ",
    "Hindi": "हिन्दी में क्षत्रिय",
    "Burmese": "မြန်မာဘာသာ",
    "Korean": "한국어",
    "IPA": "t͡ʃʰẽ̞ˑ",
    "emoji": "👩🏽‍❤️‍💋‍👨🏿 🏴󠁧󠁢󠁳󠁣󠁴󠁿 1️⃣",
    "Greek": "ᾧ ἄνδρα μοι ἔννεπε",
}
PILED = {
    "two marks by turns": "a" + "\u0301\u0323" * 9900,
    "one more than is allowed": "a" + "\u0301" * (MOST_MARKS + 2),  # NFC joins one with the letter
    "on no letter": "\u0301" * 20_000,
    "around a letter": "a" + "\u20dd" * 50,
    "joiners between": "a" + "\u0301\u200d" * 50,
    "marks that are two": "a" + "\u0344" * 7,
    "with a joiner of marks": "a" + "\u0301\u034f\u0323" * 50,
    "half a character among them": "\ud800" + "\u0301" * 50,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_no_language_is_changed_or_refused(language, form):
    text = unicodedata.normalize(form, LANGUAGES[language])
    assert normalize_words(text) == (unicodedata.normalize("NFC", text), False)
    assert WordsInput().clean(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("kind", PILED)
def test_piled_up_marks_are_refused_with_a_sentence(kind):
    with pytest.raises(ValidationError) as refused:
        WordsInput().clean(PILED[kind])
    assert refused.value.messages == [
        "A letter in this text has more than 12 accents. Remove some of them and try again."
    ]


@pytest.mark.parametrize("kind", PILED)
def test_piled_up_marks_are_shortened_once(kind):
    tidy, shortened = normalize_words(PILED[kind])
    assert shortened
    assert normalize_words(tidy) == (tidy, False)
    assert max(sum(unicodedata.combining(one) > 0 for one in tidy), 1) <= MOST_MARKS


@given(
    st.text(
        alphabet=st.sampled_from("aé가\u0301\u0323\u0344\u0f73\u20dd\u200d\ufb1d \n"), max_size=60
    )
)
def test_tidied_text_stays_as_it_is(text):
    tidy, shortened = normalize_words(text)
    assert unicodedata.is_normalized("NFC", tidy)
    assert normalize_words(tidy) == (tidy, False)
    assert shortened or tidy == unicodedata.normalize("NFC", text)


@pytest.mark.django_db
def test_a_row_stores_form_nfc_whoever_wrote_it(ada):
    entry = make_entry(ada, "Cafe\u0301", title="re\u0301sume\u0301")
    with acting_as(ada):
        stored = ada.entries.get(pk=entry.pk)
        assert (stored.body, stored.title) == ("Café", "résumé")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "field", "more"),
    [
        ("/journal/write/", "body", {"written_on": "2026-11-19"}),
        ("/journal/write/", "title", {"written_on": "2026-11-19", "body": "Words."}),
        ("/journal/write/", "tags", {"written_on": "2026-11-19", "body": "Words."}),
        ("/settings/?section=name", "called", {}),
        ("/search/", "q", {}),
    ],
)
def test_a_page_says_so_and_keeps_what_was_typed(address, field, more, ada_client):
    piled = "a" + "\u0301\u0323" * 15
    page = ada_client.post(address, {**more, field: piled}).content.decode()
    assert "has more than 12 accents" in page
    assert piled in page


@pytest.mark.django_db
def test_words_typed_in_another_form_are_no_change(ada, ada_client):
    entry = make_entry(ada, "Café")
    sent = {"body": "Cafe\u0301", "written_on": entry.written_on.isoformat(), "version": "1"}
    assert ada_client.post(f"/journal/{entry.pk}/edit/", sent).status_code == 302
    with acting_as(ada):
        assert ada.entries.get(pk=entry.pk).version == 1


def test_a_long_term_is_found_in_folded_text():
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    matches = Needle.parse(long.upper()).matcher()
    assert matches(f"Die {long} gab es nie.")
    assert not matches(f"Die {long[:-1]} gab es nie.")
    assert Needle.parse(f'"{long} gab es"').matcher()(f"Die {long} gab\nes nie.")


def test_a_term_is_marked_once_however_often_it_was_typed():
    needle = Needle.parse("e " * 100)
    assert needle.wanted == ("e",)
    assert excerpt("é" * 20_000, needle).count("<mark>") == 181
