"""What a person would call the same word is the same word, script by script."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.people.values.models import choose
from journal.privacy.canonical import canonical, without_doubles
from journal.privacy.folding import fold
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Tag

SAME = {
    "composed": ("Café", "Cafe\u0301"),
    "case": ("STRASSE", "straße"),
    "Turkish": ("IŞIK", "ışık"),
    "a dotted capital": ("İSTANBUL", "istanbul"),
    "Greek capitals": ("ΕΛΛΗΝΙΚΆ ΟΔΌΣ", "ελληνικα οδος"),
    "Russian": ("ЕЩЁ", "еще"),
    "Romanian": ("ştiinţă", "știință"),
    "ligatures": ("ﬁne œuvre", "fine oeuvre"),
    "full width": ("ＦＵＬＬ　ｗｉｄｔｈ", "full width"),
    "half-width kana": ("ｶﾞﾗｽ", "ガラス"),
    "Hangul": ("한국", unicodedata.normalize("NFD", "한국")),
    "soft hyphens": ("Donau\u00addampf", "Donaudampf"),
    "marks of direction": ("\u200fשלום\u200e", "שלום"),
    "Hebrew points": ("שָׁלוֹם", "שלום"),
    "Yiddish": ("װאָס", "וואָס"),
    "Hebrew geresh": ("ג׳ירפה", "ג'ירפה"),
    "maqaf": ("בית־ספר", "בית-ספר"),
    "Arabic vowels": ("كَتَبَ", "كتب"),
    "tatweel": ("كـتـاب", "كتاب"),
    "Persian letters": ("کتابی", "كتابي"),
    "Persian joiners": ("می\u200cخواهم", "میخواهم"),
    "Arabic presentation forms": ("ﻛﺘﺎﺏ", "كتاب"),
    "Hindi nukta": ("क़लम", "क\u093cलम"),
    "Hindi joiners": ("क्\u200dष", "क्ष"),
    "Malayalam chillu": ("അവൻ", "അവന്\u200d"),
    "Bengali khanda ta": ("উৎসব", "উত্\u200dসব"),
    "Thai am and tone": ("น้ำ", "น\u0e4d\u0e49า"),
    "digits": ("٤٢ ४२ ４２", "42 42 42"),
    "dashes": ("well\u2011being\u2013now", "well-being-now"),
    "quotation marks": ("„Ruhe“", '"Ruhe"'),
    "spaces": ("  two\u00a0\u2009words ", "two words"),
    "selectors": ("❤️ 葛\U000e0100", "❤ 葛"),
}
OTHERS = [
    ("schön", "schon"),
    ("мой", "мои"),
    ("か", "が"),
    ("क", "ख"),
    ("قلب", "كلب"),
    ("a b", "ab"),
]


@pytest.mark.parametrize("kind", SAME)
def test_one_word_has_one_form(kind):
    one, other = SAME[kind]
    assert canonical(one) == canonical(other)
    assert fold(one).split() == fold(other).split()


@pytest.mark.parametrize("sign", "’‘´ʼʻ′‛`ˈꞌ＇")
def test_kinds_of_apostrophes_are_one(sign):
    assert canonical(f"don{sign}t") == canonical("don't")


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_other_words_stay_others(one, other):
    assert canonical(one) != canonical(other)


@given(st.text(st.characters(codec="utf-8")))
def test_the_form_of_a_form_is_itself(text):
    assert canonical(canonical(text)) == canonical(text)


def test_doubles_are_kept_once_as_they_were_written_first():
    assert without_doubles(["Café", "Tea", "CAFE\u0301"]) == ["Café", "Tea"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SAME)
def test_tags_and_values_are_unique_by_it(kind, ada):
    one, other = SAME[kind]
    with acting_as(ada):
        assert Tag.named(ada, [one]) == Tag.named(ada, [other])
        assert choose(ada, one).name == one
        assert choose(ada, other) is None
