"""Whether saying it is a risk is asked, acted on, and stored nowhere."""

import pytest

from journal.boundaries.models import Boundary
from tests.boundaries.factories import make_boundary, reread
from tests.boundaries.flow_client import step_of, walk
from tests.flow_client import post
from tests.privacy.stored import run

SUPPORT = "You never owe anyone a confrontation."
UNCLEAR = ("yes", "not-sure")
SEALED = {"limit", "why", "my_action", "person_label", "retire_reason", *Boundary.SCRIPT}
OF_ITS_OWN = {"id", "owner_id", "created_at", "updated_at", "finished_at", "version"}
TABLES = "select tablename from pg_tables where schemaname = 'public'"


def plain(boundary: Boundary) -> dict[str, object]:
    """Every column but what differs between any two rows; of words, whether there are any."""
    names = {field.column for field in Boundary._meta.concrete_fields} - OF_ITS_OWN
    asked = {name: f'"{name}"' + " is not null" * (name in SEALED) for name in names}
    read = "select {} from boundaries_boundary where id = %s"
    return {name: run(read.format(one), boundary.pk)[0][0] for name, one in asked.items()}


def dump() -> str:
    """Everything in the database, as text."""
    rows = [row[0] for (table,) in run(TABLES) for row in run(f'select t::text from "{table}" t')]
    return "\n".join(rows)


@pytest.mark.parametrize("risk", UNCLEAR)
def test_unless_it_is_a_clear_no_it_is_kept_private_and_nothing_is_rehearsed(ada, ada_client, risk):
    draft = walk(ada, ada_client, until="safety")

    answer = post(ada_client, step_of(draft, "safety"), risk=risk)
    page = ada_client.get(answer.url).content.decode()

    assert SUPPORT in page
    assert 'href="/support/' in page
    assert reread(draft).communication == "private"
    assert ada_client.get(step_of(draft, "impact")).status_code == 404
    assert post(ada_client, answer.url).url == step_of(draft, "check")
    check = ada_client.get(step_of(draft, "check")).content.decode()
    assert "/step/ask/" not in check
    assert "We don’t store your answer." in check
    post(ada_client, step_of(draft, "check"), do="finish")
    assert (reread(draft).state, reread(draft).communication) == ("active", "private")


def test_a_private_boundary_has_nothing_to_say_and_no_telling(ada, ada_client):
    boundary = make_boundary(ada, communication="private", ask="Please stop")

    page = ada_client.get(boundary.get_absolute_url()).content.decode()

    assert "Please stop" not in page
    assert "/tell/" not in page
    assert "Kept to yourself" in page
    assert ada_client.get(f"/boundaries/{boundary.pk}/tell/", follow=True).status_code == 404
    forged = {"told_on": "2026-11-20", "told_to": "Sam"}
    assert ada_client.post(f"/boundaries/{boundary.pk}/tell/", forged).status_code == 404


def test_the_answer_is_in_no_table_session_or_log(ada, ada_client, caplog):
    """Two who answered and one who chose to keep it private leave the same row, and wherever
    the answers led, the addresses are the same."""
    caplog.set_level("DEBUG")
    plain_words = {"facts": {}, "impact": {}, "ask": {}}
    plain_words |= {"benefit": {}, "if_pushed": {}}
    chosen = walk(ada, ada_client, **plain_words, tell={"communication": "private"})
    before = dump()
    private = {risk: walk(ada, ada_client, safety={"risk": risk}, facts={}) for risk in UNCLEAR}

    rows = [plain(boundary) for boundary in (chosen, *private.values())]
    assert rows[0] == rows[1] == rows[2]
    assert rows[0]["communication"] == "private"
    after = dump()
    for trace in ("not-sure", "risk", "unsafe", "safety"):
        assert after.count(trace) == before.count(trace), trace
    assert "not-sure" not in before + after
    assert "risk" not in str(dict(ada_client.session))
    said = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert "not-sure" not in said
    assert "risk=" not in said


def test_while_it_is_a_draft_the_row_does_not_tell_either(ada, ada_client):
    rows = {}
    for risk in ("no", *UNCLEAR):
        draft = walk(ada, ada_client, until="facts", safety={"risk": risk})
        rows[risk] = plain(draft)

    assert rows["yes"] == rows["not-sure"]
    assert rows["no"]["step"] == rows["yes"]["step"] == "facts"
    assert (rows["no"]["communication"], rows["yes"]["communication"]) == ("", "private")


def test_the_address_after_it_is_the_same_whatever_was_answered(ada, ada_client):
    for risk in ("no", *UNCLEAR):
        draft = walk(ada, ada_client, until="safety")
        assert post(ada_client, step_of(draft, "safety"), risk=risk).url == step_of(draft, "facts")


def test_asked_again_it_shows_no_answer_given_before(ada, ada_client):
    draft = walk(ada, ada_client, until="facts", safety={"risk": "not-sure"})

    page = ada_client.get(step_of(draft, "safety")).content.decode()

    assert page.count('name="risk"') == 3
    assert "checked" not in page[page.index('name="risk"') - 200 : page.rindex('name="risk"') + 200]


def test_a_second_thought_in_the_middle_of_the_script_ends_it_and_keeps_the_words(ada, ada_client):
    draft = walk(ada, ada_client, until="benefit")

    answer = post(ada_client, step_of(draft, "safety"), risk="yes")
    assert SUPPORT in ada_client.get(answer.url).content.decode()
    assert reread(draft).communication == "private"
    back = post(ada_client, step_of(draft, "safety"), risk="no")

    assert back.url == step_of(draft, "facts")
    assert reread(draft).communication == ""
    assert reread(draft).ask == "Please message instead"
    page = ada_client.get(back.url).content.decode()
    assert "Three calls after nine" in page


def test_a_second_thought_about_a_boundary_that_stands(ada, ada_client):
    boundary = walk(ada, ada_client)
    address = f"{step_of(boundary, 'safety')}?from=check"

    answer = post(ada_client, address, risk="not-sure")
    assert SUPPORT in ada_client.get(answer.url).content.decode()
    row = reread(boundary)
    assert (row.state, row.communication, row.tell_channel) == ("active", "private", "")
    assert post(ada_client, address, risk="no").url == boundary.get_absolute_url()
    assert reread(boundary).communication == "planned"


def test_a_missing_or_unknown_choice_is_refused(ada, ada_client):
    draft = walk(ada, ada_client, until="safety")

    for risk in ("", "maybe", "No"):
        assert post(ada_client, step_of(draft, "safety"), risk=risk).status_code == 200
    assert (reread(draft).step, reread(draft).communication) == ("safety", "")


def test_going_back_from_it_decides_nothing(ada, ada_client):
    draft = walk(ada, ada_client, until="safety")

    answer = post(ada_client, step_of(draft, "safety"), do="back")

    assert answer.url == step_of(draft, "my-action")
    assert reread(draft).communication == ""
