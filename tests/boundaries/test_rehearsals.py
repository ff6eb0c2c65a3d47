"""A rehearsal: four written replies, ended whenever one wants, and never for a private boundary."""

import re
from random import Random

import pytest

from journal.boundaries.pushback import KINDS, LINES, draw
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from tests.boundaries.factories import make_boundary, make_rehearsal, make_telling, reread
from tests.boundaries.flow_client import walk

LINE = {"repeat_line": "I answer at nine"}


def take(client, row, answer: str, reply: str = "", turn: int | None = None):
    turn = len(reread(row).answers) if turn is None else turn
    return client.post(row.address, {"do": answer, "turn": turn, "reply": reply})


def begin(client, boundary):
    answer = client.post(f"{boundary.get_absolute_url()}rehearse/", {"id": str(uuid7())})
    with acting_as(boundary.owner):
        return answer, boundary.rehearsals.latest("id")


def test_there_are_six_kinds_with_four_lines_each_and_four_turns_of_them():
    assert [len(kind.lines) for kind in KINDS] == [4] * 6
    assert len({str(line) for _kind, line in LINES.values()}) == 24
    for seed in range(200):
        drawn = draw(Random(seed))
        kinds = [LINES[slug][0] for slug in drawn]
        assert len(set(kinds)) == 4
        assert kinds == sorted(kinds, key=KINDS.index)
        assert kinds[0] is KINDS[0]


def test_a_whole_rehearsal_is_walked_and_what_was_said_is_kept(ada, ada_client):
    boundary = make_boundary(ada, person_label="Priya", **LINE)
    page = ada_client.get(f"{boundary.get_absolute_url()}rehearse/", follow=True).content.decode()
    assert "I answer at nine" in page

    answer, row = begin(ada_client, boundary)
    assert answer.url == row.address
    first = ada_client.get(row.address).content.decode()
    assert "Priya" in first
    assert "step 1 of 4" in " ".join(first.split())
    take(ada_client, row, "said", "Nothing is wrong")
    take(ada_client, row, "line")
    take(ada_client, row, "quiet")
    assert "How did it go?" not in ada_client.get(row.address).content.decode()
    take(ada_client, row, "said")

    row = reread(row)
    assert row.answers == ["said", "line", "quiet", "said"]
    assert row.replies == ["Nothing is wrong", "I answer at nine", "", ""]
    assert (row.is_over, row.said) == (True, 3)
    end = ada_client.get(row.address).content.decode()
    assert "How was that in the body?" in end
    assert "Nothing is wrong" in end
    version = re.search(r'name="version" value="(\d+)"', end)[1]
    told = {"version": version, "body": "shaky", "went": "Better than I thought"}
    assert ada_client.post(row.address, told).url == boundary.get_absolute_url()
    assert (reread(row).body, reread(row).went) == ("shaky", "Better than I thought")
    assert "Better than I thought" in ada_client.get(boundary.get_absolute_url()).content.decode()


def test_it_can_be_ended_at_any_turn_and_what_was_typed_stays(ada, ada_client):
    row = make_rehearsal(make_boundary(ada, **LINE), "Nothing is wrong")

    answer = take(ada_client, row, "stop", "I was about to")

    assert answer.url == row.address
    assert (reread(row).is_over, reread(row).answers) == (True, ["said"])
    assert reread(row).reply_2 == "I was about to"
    take(ada_client, row, "said", "Too late", turn=1)
    assert reread(row).answers == ["said"]


def test_too_much_ends_it_and_support_leaves_it_open(ada, ada_client):
    boundary = make_boundary(ada, **LINE)
    row = make_rehearsal(boundary)

    assert take(ada_client, row, "support", "Half a").url.startswith("/support/")
    assert not reread(row).is_over
    assert "Half a" in ada_client.get(row.address).content.decode()
    answer = take(ada_client, row, "enough")
    assert ada_client.get(answer.url).status_code == 200
    assert reread(row).is_over


def test_a_second_tap_or_another_tab_answers_no_turn_twice(ada, ada_client):
    row = make_rehearsal(make_boundary(ada, **LINE))

    for words in ("First", "Second"):
        take(ada_client, row, "said", words, turn=0)
    assert (reread(row).answers, reread(row).reply_1) == (["said"], "First")
    for turn in ("", "-1", "9999999999", "x"):
        assert take(ada_client, row, "said", "No", turn=turn).status_code == 200
    assert "x" * 301 in take(ada_client, row, "said", "x" * 301).content.decode()
    assert take(ada_client, row, "\0", "\0").status_code == 200
    assert reread(row).answers == ["said"]


def test_begun_twice_it_is_there_once(ada, ada_client):
    boundary = make_boundary(ada, **LINE)
    for _ in range(2):
        ada_client.post(f"{boundary.get_absolute_url()}rehearse/", {"id": str(boundary.pk)})
    with acting_as(ada):
        assert boundary.rehearsals.count() == 1


def test_without_a_line_it_first_asks_for_one(ada, ada_client):
    boundary = make_boundary(ada)
    address = f"{boundary.get_absolute_url()}rehearse/"

    assert "/step/if-pushed/" in ada_client.get(address, follow=True).content.decode()
    assert ada_client.post(address).status_code == 404


@pytest.mark.parametrize("risk", ["yes", "not-sure"])
def test_it_is_not_offered_where_saying_it_may_be_a_risk(ada, ada_client, risk):
    boundary = walk(ada, ada_client, safety={"risk": risk}, facts={})

    assert "rehearse/" not in ada_client.get(boundary.get_absolute_url()).content.decode()
    address = f"{boundary.get_absolute_url()}rehearse/"
    assert ada_client.get(address).status_code == ada_client.post(address).status_code == 404


def test_once_kept_private_an_earlier_rehearsal_is_closed_too(ada, ada_client):
    boundary = make_boundary(ada, **LINE)
    row = make_rehearsal(boundary, "I mean it")
    with acting_as(ada):
        boundary.plan("private")
        boundary.save()

    assert ada_client.get(row.address).status_code == 404
    assert take(ada_client, row, "said").status_code == 404
    assert str(row.pk) not in ada_client.get(boundary.get_absolute_url()).content.decode()


def test_a_rehearsal_is_removed_and_brought_back(ada, ada_client):
    row = make_rehearsal(make_boundary(ada, **LINE), "I mean it")

    ada_client.post(f"{row.address}delete/")
    assert ada_client.get(row.address).status_code == 404
    ada_client.post(f"{row.address}restore/")
    assert ada_client.get(row.address).status_code == 200


def test_after_saying_it_the_page_asks_once_how_it_was(ada, ada_client):
    boundary = make_boundary(ada, my_action="I close the laptop", ask="Please write")
    page = f"{boundary.get_absolute_url()}tell/"
    assert (
        "If it happens again: I close the laptop"
        in ada_client.get(page, follow=True).content.decode()
    )

    telling = {"id": str(uuid7()), "told_on": "2026-11-20", "how_it_was": "easier"}
    assert ada_client.post(page, telling).status_code == 302

    shown = ada_client.get(boundary.get_absolute_url()).content.decode()
    assert "Easier than I thought" in shown
    with acting_as(ada):
        assert boundary.tellings.get().script_snapshot.endswith("I close the laptop")
    assert make_telling(boundary).how_it_was == ""
