"""docs/measures.md names each measure of the page, what it needs, and the groups it uses."""

import re
from pathlib import Path

from journal.insights import page
from journal.insights.measures import arithmetic, calibration
from journal.insights.periods import LENGTHS, Period
from journal.lessons.queries import LOOKING_BACK
from journal.people import clock
from journal.privacy.rls import acting_as
from journal.promises import tallies
from journal.reflections.compassion import word_record

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "measures.md"
NUMBERS = {3: "three", 5: "five", 10: "ten", 20: "twenty"}


def sections() -> dict[str, str]:
    _start, *parts = re.split(r"^## ", DOCUMENT.read_text(), flags=re.MULTILINE)
    return {part.split("\n", 1)[0]: " ".join(part.split("\n", 1)[1].split()) for part in parts}


def test_each_measure_has_its_section(ada):
    with acting_as(ada):
        found = page.build_page(ada, Period(LENGTHS[0], clock.today(ada)))

    names = [str(one.name) for one in found.measures]
    assert sorted(names) == sorted(
        set(sections())
        - {"For all of them", "Kind words", "Two ways compared", "What has grown"}
        - {"Words instead of numbers"}
    )


def test_each_minimum_is_said():
    said = sections()
    for name, least in (
        ("Promises kept", tallies.ENOUGH),
        ("Back after a miss", arithmetic.FEWEST_RUNS),
        ("Boundaries followed through", arithmetic.FEWEST_TESTS),
        ("Before and after a hard moment", arithmetic.FEWEST_PAIRS),
        ("Kind words", word_record.FEWEST),
        ("Confidence and what happened", calibration.FEWEST_PREDICTIONS),
        ("Confidence and what happened", calibration.FEWEST_IN_A_BIN),
        ("How sure, and how often kept", calibration.FEWEST_PROMISES),
        ("How sure, and how often kept", calibration.FEWEST_TIMES),
        ("How sure, and how often kept", calibration.FEWEST_PROMISES_IN_A_BIN),
        ("Decisions, however they turned out", arithmetic.FEWEST_REVIEWS),
        ("Self-trust, beside promises kept", arithmetic.FEWEST_DAYS),
        ("Weekly plans", arithmetic.FEWEST_PLANS),
    ):
        assert re.search(rf"\b{NUMBERS[least]}\b", said[name]), f"{name} needs {least}"
    for low, high in calibration.BINS:
        assert f"{low}-{high}" in said["Confidence and what happened"]
    for low, high in calibration.SURE_BINS:
        assert f"{low} to {high}" in said["How sure, and how often kept"]
    assert f"{LOOKING_BACK.days} days" in said["Lessons applied"]
    assert str(tallies.Z) in said["For all of them"]
