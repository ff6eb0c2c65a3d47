"""docs/measures.md names each measure of the page, what it needs, and the groups it uses."""

import re
from pathlib import Path

from journal.insights import measures, page
from journal.insights.windows import LENGTHS, Window
from journal.lessons.queries import LOOKING_BACK
from journal.people import clock
from journal.privacy.wall import acting_as
from journal.promises import tallies

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "measures.md"
NUMBERS = {3: "three", 5: "five", 10: "ten", 20: "twenty"}


def sections() -> dict[str, str]:
    _start, *parts = re.split(r"^## ", DOCUMENT.read_text(), flags=re.MULTILINE)
    return {part.split("\n", 1)[0]: " ".join(part.split("\n", 1)[1].split()) for part in parts}


def test_each_measure_has_its_section(ada):
    with acting_as(ada):
        found = page.of(ada, Window(LENGTHS[0], clock.today(ada)))

    names = [str(one.name) for one in found.measures]
    assert len(names) == 9
    assert sorted(names) == sorted(
        set(sections()) - {"For all of them", "Words instead of numbers"}
    )


def test_each_minimum_is_said():
    said = sections()
    for name, least in (
        ("Promises kept", tallies.ENOUGH),
        ("Back after a miss", measures.FEWEST_RUNS),
        ("Boundaries followed through", measures.FEWEST_TESTS),
        ("Before and after a hard moment", measures.FEWEST_PAIRS),
        ("How sure, and what happened", measures.FEWEST_PREDICTIONS),
        ("How sure, and what happened", measures.FEWEST_FOR_A_CURVE),
        ("How sure, and what happened", measures.FEWEST_IN_A_BIN),
        ("How you decide, apart from how it turns out", measures.FEWEST_REVIEWS),
        ("Felt trust beside the record", measures.FEWEST_DAYS),
    ):
        assert re.search(rf"\b{NUMBERS[least]}\b", said[name]), f"{name} needs {least}"
    for low, high in measures.BINS:
        assert f"{low}-{high}" in said["How sure, and what happened"]
    assert f"{LOOKING_BACK.days} days" in said["Lessons applied"]
    assert str(tallies.Z) in said["For all of them"]
