"""Which words of a shared thing its coach reads, and which are withheld, field by field.

A field that is added to one of these tables fails here until it stands on one side.
"""

import pytest

from journal.decisions.models import DecisionReview, Option
from journal.privacy.ownership import words_of
from journal.sharing.shareable import KINDS
from journal.sharing.shared_fields import OPTION, REVIEW, SHOWN

ONE_BY_ONE = {kind: (KINDS[kind].table, fields) for kind, fields in SHOWN.items()}
ONE_BY_ONE |= {"option": (Option, ("name", *OPTION)), "review": (DecisionReview, REVIEW)}

COACH_READS = {
    "promise": "statement cue action smallest_version why obstacle coping_response",
    "boundary": "limit why my_action facts impact ask benefit repeat_line flex",
    "crossing": "what_happened response follow_up",
    "self_compassion": (
        "trigger critical_thought feeling_other evidence_for evidence_against friend_words "
        "common_humanity kinder_thought kind_action letter_body"
    ),
    "decision": (
        "question feelings info_have info_missing good_enough distance_note premortem reasons "
        "prediction"
    ),
    "option": "name pros cons consequences",
    "review": "outcome luck learned",
    "mistake": (
        "expected what_happened conditions my_part not_mine repair forgiveness_note "
        "if_situation then_action"
    ),
    "lesson": "if_situation then_action",
    "entry": "title body",
}
WITHHELD = {
    "promise": "pause_reason",
    "boundary": "person_label retire_reason",
    "review": "if_situation then_action",
    "mistake": "title",  # among the lines; it is the heading above them
    "entry": "",
}


def test_every_kind_is_named():
    assert set(SHOWN) == set(KINDS)
    assert set(COACH_READS) == set(ONE_BY_ONE)


@pytest.mark.parametrize("kind", ONE_BY_ONE)
def test_each_word_is_shown_or_withheld_on_purpose(kind):
    model, fields = ONE_BY_ONE[kind]
    words = {field.name for field in words_of(model)}

    assert words & set(fields) == set(COACH_READS[kind].split())
    assert words - set(fields) == set(WITHHELD.get(kind, "").split())
