"""The languages a person may choose: English, and those whose catalogue is finished.

Half a translation never reaches a person: a language with a string missing, or with another
placeholder than its source, is not offered. With SELFTRUST_LANGUAGES=all, for translators and
developers, each one is, and two pseudo-languages with them.
"""

from pathlib import Path

from django.conf.locale import LANG_INFO

from journal.embedded.environment import Environment
from journal.languages import compiled, paths

ENGLISH = [("en-gb", "English (UK)"), ("en-us", "English (US)")]
PSEUDO = [("en-xa", "Ļöñĝéŕ"), ("ar-xb", "صشصخ")]


def languages(env: Environment, base: Path, data: Path) -> dict[str, object]:
    """The settings. A person finds each language under the name that its speakers use."""
    source = base / "locale"
    everything = env.choice("SELFTRUST_LANGUAGES", "finished", "all") == "all"
    folder = compiled.folder(source, source / ".compiled", data / "locale", pseudo=everything)
    codes = paths.found_in(source) if everything else compiled.finished(folder)
    named = [(code, own_name(code)) for code in codes]
    return {
        "LANGUAGES": [
            *ENGLISH,
            *sorted(named, key=lambda one: one[1]),
            *(PSEUDO if everything else ()),
        ],
        "LOCALE_PATHS": [folder],
        "FORMAT_MODULE_PATH": ["journal.languages.formats"],
        # What a browser keeps of the choice, for pages of nobody in particular.
        "LANGUAGE_COOKIE_NAME": "language",
        "LANGUAGE_COOKIE_AGE": 60 * 60 * 24 * 365,
        "LANGUAGE_COOKIE_HTTPONLY": True,
        "LANGUAGE_COOKIE_SAMESITE": "Lax",
        "LANGUAGE_COOKIE_SECURE": env("SELFTRUST_ENV") == "production",
    }


def own_name(code: str) -> str:
    name = str(LANG_INFO[code]["name_local"])
    return name[0].upper() + name[1:]
