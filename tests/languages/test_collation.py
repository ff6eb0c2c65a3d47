"""Lists are in the order that people expect, with letters beyond ASCII where they belong."""

import random
import subprocess
import sys

from django.conf import settings
from django.utils import translation

from journal.languages.collation import LANGUAGES, sorted_by_name, without_accents
from journal.languages.paths import found_in

ORDERED = [
    "2 days",
    "Arbeit",
    "Ärger",
    "éclat",
    "ost",
    "Österreich",
    "resume",
    "résumé",
    "Zug",
    "שלום",
]


def test_letters_with_accents_are_beside_those_without():
    mixed = random.Random(1).sample(ORDERED, len(ORDERED))
    assert sorted_by_name(mixed, str) == ORDERED


def test_plain_words_have_the_same_order_without_the_table():
    words = ["a", "A", "ab", "a b", "B", "b2", "b10", "Zug", "zu"]
    with_table = [word for word in sorted_by_name([*words, "é"], str) if word != "é"]
    assert sorted_by_name(reversed(words), str) == with_table


def test_the_table_is_loaded_on_first_use():
    code = "import sys; from journal.languages import collation; assert 'pyuca' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_language_that_is_written_has_its_order():
    codes = {*dict(settings.LANGUAGES), *found_in(settings.BASE_DIR / "locale")}
    assert {code.partition("-")[0] for code in codes} <= LANGUAGES


def test_spanish_has_a_letter_of_its_own():
    words = ["nube", "nuzco", "ñandú", "Ñu", "oso"]
    with translation.override("es"):
        assert sorted_by_name(reversed(words), str) == words
    assert sorted_by_name(reversed(words), str) == ["ñandú", "Ñu", "nube", "nuzco", "oso"]


def test_arabic_and_french_are_in_their_order():
    arabic = ["أمل", "بيت", "تمر", "ورد", "يوم"]
    assert sorted_by_name(reversed(arabic), str) == arabic
    french = ["cote", "côté", "œuf", "zèle"]
    assert sorted_by_name(reversed(french), str) == french


def test_names_of_countries_are_in_order_without_the_table():
    assert sorted(["Zypern", "Österreich", "Polen", "Norwegen"], key=without_accents) == [
        *("Norwegen", "Österreich", "Polen", "Zypern"),
    ]
