"""Kind words to take over or to mark: nothing typed is replaced, and every mark can be undone."""

import re
from html import unescape

import pytest
from django.db import ProgrammingError, connection

from journal.privacy.rls import acting_as
from journal.reflections.compassion import suggestions
from journal.reflections.compassion.models import KindnessStarter
from journal.reflections.compassion.starters import STARTERS
from tests.flow_client import hidden, post
from tests.reflections.compassion.factories import (
    make_draft,
    make_mark,
    make_moment,
    marks_of,
    reread,
)
from tests.reflections.compassion.flow_client import step_of

FIRST, THIRD = "This is hard, and I am here.", "I am allowed to learn slowly."


@pytest.fixture
def draft(ada):
    return make_draft(
        ada, step="kinder", critical_thought="You freeze", feeling="sad", intensity_before=7
    )


def tap(client, draft, do: str, typed: str = "") -> str:
    answer = post(client, step_of(draft, "kinder"), do=do, kinder_thought=typed)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def typed_in(page: str) -> str:
    return re.search(r'<textarea[^>]*name="kinder_thought"[^>]*>\n?(.*?)</textarea>', page, re.S)[1]


def offered(page: str) -> list[str]:
    """The words with a Use button, in order."""
    return re.findall(r'Use<span class="visually-hidden"> –\s*<bdi>(.*?)</bdi></span>', page)


@pytest.mark.django_db
def test_the_thirty_starters_are_there_to_be_read_and_nothing_else(ada):
    assert tuple(KindnessStarter.objects.values_list("text", flat=True)) == STARTERS
    assert len(set(STARTERS)) == 30
    with acting_as(ada):
        assert KindnessStarter.objects.count() == 30
    for statement in (
        "update compassion_kindnessstarter set text = 'x'",
        "delete from compassion_kindnessstarter",
        "insert into compassion_kindnessstarter values (31, 'x')",
    ):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            acting_as(ada),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_one_tap_takes_words_over(ada, ada_client, draft):
    page = tap(ada_client, draft, "use-1")

    assert typed_in(page) == FIRST
    assert reread(draft).kinder_thought == ""  # until it is saved
    sent = {**hidden(page), "kinder_thought": typed_in(page)}
    assert ada_client.post(step_of(draft, "kinder"), sent).status_code == 302
    assert reread(draft).kinder_thought == FIRST


def test_words_that_were_typed_are_never_overwritten(ada, ada_client, draft):
    page = tap(ada_client, draft, "use-1", "I still helped")

    assert typed_in(page) == f"I still helped\n{FIRST}"
    again = tap(ada_client, draft, "use-1", typed_in(page))
    assert typed_in(again) == f"I still helped\n{FIRST}"
    full = "é" * 490
    refused = tap(ada_client, draft, "use-1", full)
    assert typed_in(refused) == full
    assert "There isn’t room for those words as well." in refused
    too_long = "é" * 501
    assert typed_in(tap(ada_client, draft, "fits-1", too_long)) == too_long


def test_one_tap_marks_and_one_takes_it_back(ada, ada_client, draft):
    page = tap(ada_client, draft, "fits-3", "half a thought")

    assert (marks_of(ada), typed_in(page)) == ({3: "fits"}, "half a thought")
    assert offered(page)[0] == THIRD  # what fits comes first
    assert 'value="open-3"' in page
    page = tap(ada_client, draft, "little-3")
    assert marks_of(ada) == {3: "little"}
    assert 'id="kw-undo" name="do" value="fits-3"' in page
    tap(ada_client, draft, "open-3")
    assert marks_of(ada) == {}


def test_no_hides_it_until_it_is_shown_again(ada, ada_client, draft):
    page = tap(ada_client, draft, "no-3")

    assert len(offered(page)) == 29
    assert THIRD not in offered(page)
    assert "1 hidden" in page
    assert 'id="kw-undo" name="do" value="open-3"' in page
    later = unescape(ada_client.get(step_of(draft, "kinder")).content.decode())
    assert THIRD not in offered(later)
    assert THIRD in offered(tap(ada_client, draft, "open-3"))


def test_marking_goes_on_further_down_where_it_was_begun(ada, ada_client, draft):
    for do, stays_open in (
        ("fits-2", False),
        ("no-20", True),
        ("little-21", True),
        ("use-25", False),
    ):
        page = tap(ada_client, draft, do)
        assert bool(re.search(r"<details open>\s*<summary>\d+ more", page)) == stays_open, do


def test_a_mark_sent_twice_is_one_mark(ada, ada_client, draft):
    tap(ada_client, draft, "no-3")
    tap(ada_client, draft, "no-3")

    assert marks_of(ada) == {3: "no"}


def test_the_persons_own_kinder_thoughts_come_first(ada, eve, ada_client, draft):
    make_moment(eve, kinder_thought="Eve is fine")
    for days_ago, thought in ((9, "An old one"), (5, "Careful"), (3, "Tired"), (2, "Careful")):
        make_moment(ada, kinder_thought=thought, days_ago=days_ago)
    make_mark(ada, 3, "fits")
    make_mark(eve, 1, "no")

    page = unescape(ada_client.get(step_of(draft, "kinder")).content.decode())

    assert offered(page)[:5] == ["Careful", "Tired", "An old one", THIRD, FIRST]
    own = re.search(r'value="use-([0-9a-f]{32})">\s*Use<span[^>]*> –\s*<bdi>Tired<', page)[1]
    assert typed_in(tap(ada_client, draft, f"use-{own}")) == "Tired"


@pytest.mark.parametrize("do", ["use-0", "use-31", "zap-3", "fits-own-1", "use-", "no-3\0"])
def test_a_button_that_does_not_exist_marks_nothing(ada, ada_client, draft, do):
    answer = post(ada_client, step_of(draft, "kinder"), do=do, kinder_thought="Half")

    assert answer.status_code == 302  # the words are kept, as with any other button
    assert (marks_of(ada), reread(draft).kinder_thought) == ({}, "Half")


def test_own_words_that_have_gone_meanwhile_take_nothing_over(ada, ada_client, draft):
    page = tap(ada_client, draft, f"use-{draft.pk.hex}", "Half")

    assert typed_in(page) == "Half"


def test_marks_of_eves_are_not_adas(ada, eve):
    make_mark(eve, 3, "fits")

    with acting_as(ada):
        assert list(ada.startermarks.all()) == []
        assert suggestions.fitting(ada) == []
    with acting_as(eve):
        assert suggestions.fitting(eve) == [THIRD]
