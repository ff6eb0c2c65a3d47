"""Journals that nobody would think of: out, in, and out again, the same."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from journal.account_deletion import deletion
from journal.exchange import tables
from journal.privacy.rls import acting_as
from tests.exchange.factories import brought_in, exported
from tests.exchange.strategies import OF_FILES, Anything
from tests.exchange.test_round_trip import same_but_for_its_date
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.hypothesis]  # which marks what is decorated

CHARACTERS = some.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = some.lists(some.text(CHARACTERS, max_size=60), min_size=6, max_size=12)


def test_any_journal_comes_out_as_it_went_in():
    """Of every table that is exported there was something, and no example lost a row of it."""
    with_everything: Counter[str] = Counter()

    @settings(
        max_examples=settings.default.max_examples // 15,  # each takes seconds
        suppress_health_check=list(HealthCheck),
        phases=[Phase.reuse, Phase.generate],  # making it smaller takes minutes
    )
    @given(random=some.randoms(use_true_random=True), texts=TEXTS)
    def out_and_in_and_out(random, texts):
        with transaction.atomic():
            ada = make_person("ada@example.org", zone="Asia/Kathmandu")
            with acting_as(ada):
                anything = Anything(ada, random, texts)
                for label, rows in anything.fill().items():
                    with_everything[label] += len(rows)
            first = exported(ada)
            deletion.delete(ada)
            again = make_person("again@example.org")
            row = brought_in(again, first)
            second = exported(again)
            transaction.set_rollback(True)
        assert row.done_at, row.refusal
        assert same_but_for_its_date(second) == same_but_for_its_date(first)

    out_and_in_and_out()

    missing = [
        label for label in tables.by_label() if not with_everything[label] and label not in OF_FILES
    ]
    assert not missing, (
        f"No row of {missing} could be made, so no journal with one was tried: say in "
        "tests/exchange/strategies.py what its rules ask."
    )
