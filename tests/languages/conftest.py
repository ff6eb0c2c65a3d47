"""Languages to choose from, whatever the state of the translations: made up of a few strings."""

import pytest

from journal.languages import compiled
from tests.languages.catalogues import write


@pytest.fixture
def german(settings, tmp_path):
    """English, and a German of some strings."""
    write(
        tmp_path,
        "de",
        *('msgid "Sign in"', 'msgstr "Anmelden"', ""),
        *('msgid "Your sign-in code"', 'msgstr "Code zum Anmelden"', ""),
        *('msgid "Settings"', 'msgstr "Einstellungen"', ""),
    )
    settings.LOCALE_PATHS = [compiled.folder(tmp_path, tmp_path / "made")]
    settings.LANGUAGES = [("en-gb", "English (UK)"), ("de", "Deutsch")]
