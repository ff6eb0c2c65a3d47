"""What a browser's languages say of the place where it is used."""

import re

from django.utils.translation.trans_real import parse_accept_lang_header

from journal.people.models import User

CODE = re.compile(r"(?P<language>[a-z]{2,3})(?:-[a-z]{4})?(?:-(?P<region>[a-z]{2}))?")


def first_weekday(accept_language: str) -> int:
    """The day on which a week starts there, as CLDR knows it; Monday where nothing is known."""
    # Babel takes a tenth of a second to load, and only signing up asks for this.
    from babel.core import Locale, UnknownLocaleError, get_global

    for code, _weight in parse_accept_lang_header(accept_language.lower()):
        found = CODE.fullmatch(code)
        if found is None:
            continue
        likely = get_global("likely_subtags").get(found["language"], "")
        try:
            region = (found["region"] or likely[-2:]).upper()
            day = Locale.parse(f"und_{region}").first_week_day
        except (UnknownLocaleError, ValueError):
            continue
        return day if day in User.WeekStart.values else User.WeekStart.MONDAY
    return User.WeekStart.MONDAY
