"""The countries of the starter list (starter.json), their names, and which one a zone lies in."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).with_name("starter.json")
NAMES = {
    "AR": _("Argentina"),
    "AT": _("Austria"),
    "AU": _("Australia"),
    "BE": _("Belgium"),
    "BG": _("Bulgaria"),
    "BR": _("Brazil"),
    "CA": _("Canada"),
    "CH": _("Switzerland"),
    "CY": _("Cyprus"),
    "CZ": _("Czechia"),
    "DE": _("Germany"),
    "DK": _("Denmark"),
    "EE": _("Estonia"),
    "ES": _("Spain"),
    "FI": _("Finland"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "GR": _("Greece"),
    "HR": _("Croatia"),
    "HU": _("Hungary"),
    "IE": _("Ireland"),
    "IL": _("Israel"),
    "IN": _("India"),
    "IS": _("Iceland"),
    "IT": _("Italy"),
    "JP": _("Japan"),
    "KR": _("South Korea"),
    "LI": _("Liechtenstein"),
    "LT": _("Lithuania"),
    "LU": _("Luxembourg"),
    "LV": _("Latvia"),
    "MT": _("Malta"),
    "MX": _("Mexico"),
    "NL": _("Netherlands"),
    "NO": _("Norway"),
    "NZ": _("New Zealand"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "RO": _("Romania"),
    "SE": _("Sweden"),
    "SG": _("Singapore"),
    "SI": _("Slovenia"),
    "SK": _("Slovakia"),
    "TR": _("Türkiye"),
    "US": _("United States"),
    "ZA": _("South Africa"),
}


@cache
def starter_file() -> dict[str, Any]:
    return json.loads(FILE.read_text("utf-8"))


def zones_of(code: str) -> str:
    """The time zones of a country, separated by spaces."""
    return starter_file()["countries"][code]["zones"]


@cache
def country_of(zone: str, language: str) -> str:
    """The country of a time zone, or of a language such as en-gb where the zone names no place;
    empty if unknown."""
    if zone in ("", "UTC"):
        region = language.rpartition("-")[2].upper()
        return region if region in NAMES else ""
    return next((code for code in NAMES if zone in zones_of(code).split()), "")
