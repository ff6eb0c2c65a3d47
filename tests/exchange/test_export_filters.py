"""An export without something: nothing of it is in any file, it says so, and it reads in again."""

import json

import pytest
from django.utils.html import escape

from journal.exchange import export_filters
from journal.lessons import threads
from journal.lessons.threads import use_lesson_for
from journal.operation.example import person as example
from journal.people import clock
from journal.privacy.rls import acting_as
from journal.reflections.week import calendar
from tests.boundaries.factories import make_boundary, make_crossing, make_telling
from tests.exchange import schema
from tests.exchange.factories import brought_in, exported, files_of, journal_now, journal_of
from tests.factories import PASSWORD, make_entry, make_person
from tests.lessons.factories import make_lesson
from tests.reflections.mistakes_factories import make_mistake
from tests.reflections.week.factories import make_reflection

pytestmark = pytest.mark.django_db
LEFT_OUT = {"left_out": ["private_boundaries"]}


@pytest.fixture(scope="module")
def with_everything(module_data):
    """One boundary that is private and one that is not, each with all that can hang on it."""
    ada = make_person("ada@example.org", zone="Europe/Berlin")
    monday = calendar.open_week(ada, clock.today(ada))
    for word, communication in (("Quokka", "private"), ("Zebra", "not_needed")):
        boundary = make_boundary(ada, f"No {word}", communication=communication)
        if word == "Zebra":
            make_telling(boundary, told_to=word, reaction=word)
        crossing = make_crossing(
            boundary,
            f"{word} rang",
            occurred_on=monday,
            follow_up=f"Tell {word}",
            follow_up_on=monday,
        )
        mistake, lesson = make_mistake(ada, "Rushed"), make_lesson(ada)
        with acting_as(ada):
            threads.tie(ada, crossing, mistake)
            use_lesson_for(ada, lesson, boundary)
    make_reflection(ada)
    make_entry(ada, "A quiet day.")
    return ada


@pytest.fixture(scope="module")
def whole(with_everything) -> bytes:
    return exported(with_everything)


@pytest.fixture(scope="module")
def partial(with_everything) -> bytes:
    return exported(with_everything, **LEFT_OUT)


def test_nothing_of_a_private_boundary_is_in_any_file(with_everything, whole, partial):
    for name, content in files_of(partial).items():
        assert b"Quokka" not in content, name
    assert journal_of(partial)["left_out"] == ["private_boundaries"]
    assert (
        "These parts were left out: Private boundaries." in files_of(partial)["index.html"].decode()
    )
    assert b"Quokka" not in exported(with_everything, format="document", **LEFT_OUT)
    assert schema.complaints(journal_of(partial), schema.schema()) == []
    counts = [
        {table: len(rows) for table, rows in journal_of(archive)["tables"].items()}
        for archive in (whole, partial)
    ]
    assert {
        table: (counts[0][table], counts[1][table])
        for table in counts[0]
        if counts[0][table] != counts[1][table]
    } == {
        "boundaries.Boundary": (2, 1),
        "boundaries.Crossing": (2, 1),
        "lessons.LessonUse": (2, 1),
        "lessons.Thread": (6, 4),
    }
    (week,) = journal_of(partial)["tables"]["reflections.WeeklyReflection"]
    assert "Zebra rang" in week["snapshot"]
    assert "Tell Zebra" in week["snapshot"]


def test_whoever_leaves_nothing_out_gets_everything(whole):
    assert journal_of(whole)["left_out"] == []
    assert b"Quokka" in files_of(whole)["selftrust.json"]
    page = files_of(whole)["index.html"].decode()
    assert "No Quokka" in page
    assert "Left out" not in page


def test_a_partial_export_is_read_in_and_says_what_it_lacks(partial, eve):
    row = brought_in(eve, partial)

    assert row.preview["left_out"] == ["Private boundaries"]
    found = journal_now(eve)["tables"]
    assert [one["limit"] for one in found["boundaries.Boundary"]] == ["No Zebra"]
    assert len(found["lessons.Thread"]) == 4


def test_each_choice_is_about_rows_of_the_person_alone(with_everything, eve):
    for choice in export_filters.CHOICES.values():
        with acting_as(eve):
            assert [list(rows) for rows in choice.querysets(eve) if rows] == []


def test_what_was_said_and_shared_with_a_coach_is_there_to_read_or_left_out(eve):
    nora = example.make_example_person(PASSWORD).person
    with acting_as(nora):
        said = [comment.body for comment in nora.comments.all()]
        shared = nora.sharegrants.count()
    assert said
    assert shared

    archive = exported(nora)
    whole = files_of(archive)
    assert sorted(row["body"] for row in coaching(whole)["Comment"]) == sorted(said)
    assert len(coaching(whole)["ShareGrant"]) == shared
    assert escape(said[0]) in whole["coaching.html"].decode()
    assert escape(said[0]) in exported(nora, format="document").decode()

    partial = files_of(exported(nora, left_out=["comments", "sharing"]))
    gone = {"Comment", "ConsentEvent", "Opening", "ShareGrant", "SharedFigure", "Withheld"}
    assert not any(coaching(partial)[table] for table in gone)
    assert len(coaching(partial)["CoachLink"]) == len(coaching(whole)["CoachLink"])
    assert not any(said[0].encode() in content for content in partial.values())

    row = brought_in(eve, archive)  # opens nothing to anyone
    assert row.done_at, row.refusal
    with acting_as(eve):
        assert (eve.coachlinks.count(), eve.sharegrants.count(), eve.comments.count()) == (0, 0, 0)


def coaching(files: dict[str, bytes]) -> dict[str, list]:
    tables = json.loads(files["coaching.json"])["tables"]
    return {label.removeprefix("coaching."): rows for label, rows in tables.items()}
