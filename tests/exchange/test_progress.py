"""The number of an export or import only grows, and is 100 when it is done and not before."""

from itertools import groupby

import pytest

from journal.exchange.progress import Phase, Progress, Step, Steps
from journal.people.models import User
from tests.conftest import signed_in
from tests.exchange.factories import exported, sent, work
from tests.exchange.foreign.reading import sample
from tests.factories import make_entry
from tests.photos.factories import make_photo

READING, COMPARING, SORTING, BRINGING, PHOTOS, DATA, FIGURES, PAGES, PACKING = Phase
EVERYTHING = [PHOTOS, DATA, FIGURES, PAGES, PACKING]


@pytest.fixture
def written(monkeypatch) -> list[Step]:
    steps: list[Step] = []
    monkeypatch.setattr(Progress, "write", lambda _progress, step: steps.append(step))
    return steps


def phases_of(written: list[Step]) -> list[Phase]:
    """Of one job, whose number is as it has to be; forgets it."""
    percents = [step.percent for step in written]
    assert percents == sorted(percents)
    assert (percents[0], percents[-1], percents.count(100)) == (0, 100, 1)
    phases = [phase for phase, _steps in groupby(step.phase for step in written)]
    written.clear()
    return phases


@pytest.mark.django_db
def test_every_export_and_both_steps_of_an_import(ada, eve, mira, written):
    for number in range(12):
        entry = make_entry(ada, f"Day {number}", tagged=["Sleep"])
    make_photo(entry)
    archive = exported(ada)
    assert len({step.percent for step in written}) > 20
    assert phases_of(written) == EVERYTHING
    for fields, phases in (
        ({"passphrase": "one two three four", "since": "2020-01-01"}, EVERYTHING),
        ({"format": "epub", "passphrase": "one two three four"}, [PAGES, PACKING]),
        ({"format": "document"}, [PAGES, PACKING]),
        ({"format": "tables"}, [FIGURES, PACKING]),
    ):
        exported(ada, **fields)
        assert phases_of(written) == phases, fields

    assert both_steps(eve, archive, written) == (
        [READING, COMPARING, SORTING, PHOTOS, SORTING],
        [READING, COMPARING, BRINGING, PHOTOS, BRINGING],
    )
    assert both_steps(mira, sample("dayone.zip"), written) == (
        [READING, COMPARING, SORTING],
        [READING, COMPARING, BRINGING],
    )


def both_steps(
    person: User, archive: bytes, written: list[Step]
) -> tuple[list[Phase], list[Phase]]:
    row = sent(person, archive)
    looked_through = phases_of(written)
    signed_in(person).post(f"{row.get_absolute_url()}start/")
    work()
    return looked_through, phases_of(written)


@pytest.mark.django_db
def test_a_share_of_nothing_and_more_than_was_expected():
    progress = Progress("exports/1")
    steps = Steps(progress, {PHOTOS: 0, DATA: 10, PACKING: 0})
    steps.begin(DATA)
    steps.advance(1, 2)
    assert progress.read() == Step(DATA, 50)
    steps.advance(9, 2)
    steps.advance(1, 2)
    steps.begin(PACKING)
    assert progress.read() == Step(PACKING, 99)
    steps.end()
    assert progress.read() == Step(PACKING, 100)
