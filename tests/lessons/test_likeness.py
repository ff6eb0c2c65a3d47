"""When two texts are alike: two words of both, or a long one that is in no other lesson."""

import pytest

from journal.lessons.likeness import are_alike, shared_words

RULES = [
    "it rains at lunch take the stairs",
    "Priya calls after nine let it ring and answer at ten",
    "somebody asks for a date open the calendar",
    "somebody asks on the phone say that I will answer tomorrow",
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Walk after lunch", [0]),  # a word of one lesson only
        ("No calling Priya", [1]),  # by its beginning; three letters of an ending
        ("Call after nine, work at five", []),  # one short word, and times of day
        ("My CÁLENDAR", [2]),  # whatever the case and the accents
        ("Answering the phone", [3]),  # two words, and one of them is in another lesson
        ("Answer", []),  # in two lessons, and no other word of either
        ("Somebody will say that something is after tomorrow", []),  # words that say nothing
        ("Go to bed at ten", []),  # too short to mean the same
        ("", []),
    ],
)
def test_words_in_common(text, found):
    shared = shared_words([text], RULES)
    assert [number for number, words in enumerate(shared) if words] == found


def test_alike_is_a_beginning_and_a_short_ending():
    assert are_alike("call", "calling") == are_alike("promised", "promise") == True  # noqa: E712
    assert are_alike("work", "workshop") == are_alike("promise", "promote") == False  # noqa: E712
