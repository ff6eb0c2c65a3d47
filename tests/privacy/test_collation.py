"""Lists are in the order that people expect, with letters beyond ASCII where they belong."""

import random
import subprocess
import sys

from django.conf import settings

from journal.privacy.collation import UNTAILORED, sorted_by_name

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
    code = "import sys; from journal.privacy import collation; assert 'pyuca' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_language_that_is_shipped_has_its_order():
    assert {code.partition("-")[0] for code, _name in settings.LANGUAGES} <= UNTAILORED
