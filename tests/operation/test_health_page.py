"""The operator reads what doctor says, and says that the recovery key is kept."""

from pathlib import Path

import pytest
from django.conf import settings as configured

from journal.operation import installation_state
from journal.privacy import keys

HEALTH = "/accounts/operator/health/"
NAG = "Nobody has confirmed yet that the recovery key is stored safely."


@pytest.fixture(autouse=True)
def data(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def beginning() -> str:
    return Path(configured.SELFTRUST_KEY_FILE).read_text()[:6]


def test_the_operators_page_nags_and_leads_there(operator_client):
    page = operator_client.get("/accounts/operator/").content.decode()

    assert NAG in page
    assert "There is no backup yet." in page
    assert f'href="{HEALTH}"' in page


def test_whoever_reads_the_beginning_of_the_key_has_it(operator_client, data):
    page = operator_client.get(HEALTH).content.decode()
    assert "Have you stored the recovery key?" in page
    assert "Someone who isn’t signed in can’t see anyone’s rows." in page
    assert NAG in page

    answer = operator_client.post(HEALTH, {"beginning": beginning()}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(HEALTH, 302)]
    assert "Thank you. Recovery key confirmed." in page
    assert "Have you stored the recovery key?" not in page
    assert NAG not in page
    assert installation_state.read("recovery_key")["key"] == keys.master_keys()[0].name
    assert beginning() not in f"{installation_state.read('recovery_key')}"


@pytest.mark.parametrize("given", ["", "abc", "      ", "guess1", "longer than six"])
def test_a_guess_keeps_nothing(operator_client, data, given):
    answer = operator_client.post(HEALTH, {"beginning": given})

    assert answer.status_code == 200
    assert answer.content.decode().count('class="error-summary"') == 1
    assert installation_state.read("recovery_key") == {}


def test_the_same_six_characters_in_another_case_are_others(operator_client, data):
    assert beginning() != beginning().swapcase()

    operator_client.post(HEALTH, {"beginning": beginning().swapcase()})

    assert installation_state.recovery_key_kept_since() is None


def test_to_a_stranger_it_is_not_there(eve_client, client, db, data):
    assert eve_client.get(HEALTH).status_code == 404
    assert eve_client.post(HEALTH, {"beginning": beginning()}).status_code == 404
    assert client.post(HEALTH, {"beginning": beginning()}).status_code == 302
    assert installation_state.read("recovery_key") == {}


def test_a_note_that_cannot_be_read_counts_as_none(db, data):
    """Of the time when notes were files."""
    for stored in ("", "{", "[]", '{"made_at": "yesterday"}', '{"made_at": 3}'):
        (data / "backup.json").write_text(stored)

        assert installation_state.last_backup() is None, stored
