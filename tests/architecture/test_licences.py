"""What an installation downloads may be passed on under this project's own licence.

Needs nothing but requirements.txt and what is installed, so `make check` runs it without a
database. Tools that only developers run (requirements-dev.txt) are passed on to nobody and stay
out of it.
"""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements.txt"
# What an operator may add (pyproject.toml), where it is installed.
OPTIONAL = ["django-storages", "boto3", "sentry-sdk", "opentelemetry-exporter-otlp-proto-http"]
OPTIONAL += ["opentelemetry-sdk", "opentelemetry-api", "protobuf", "googleapis-common-protos"]
# GPL and AGPL, written short or long; the LGPL leaves whoever imports a library free.
COPYLEFT = re.compile(r"(?<!L)GPL|GNU (?:Affero )?General Public", re.IGNORECASE)
# Read by eye: what their metadata leaves open.
READ = {
    "pyphen": "GPL, LGPL or MPL, whichever one chooses; this project chooses the MPL 1.1",
    "pyrage": "MIT, by the LICENSE file in its wheel, which names none in its metadata",
}


def test_no_requirement_is_under_the_gpl_or_unnamed():
    names = re.findall(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==", REQUIREMENTS.read_text(), re.MULTILINE)
    names += OPTIONAL
    refused = {
        name: licence or "names no licence"
        for name in set(names) - set(READ)
        if (package := installed(name))
        and (COPYLEFT.search(licence := licence_of(package)) or not licence)
    }
    assert names
    assert not refused, f"Choose another library, or read its licence and say so in READ: {refused}"


def test_what_the_rule_takes_for_the_gpl():
    for text in ("GPL-3.0-or-later", "AGPLv3", "GNU General Public License v2 (GPLv2)"):
        assert COPYLEFT.search(text), text
    for text in ("LGPL-3.0-only", "GNU Lesser General Public License v3 (LGPLv3)", "MIT"):
        assert not COPYLEFT.search(text), text


def installed(name: str) -> Distribution | None:
    """The package, or None: some requirements are for other systems."""
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def licence_of(package: Distribution) -> str:
    """All its metadata say of it. A `License` field may hold a whole licence text."""
    said = package.metadata
    classifiers = [c for c in said.get_all("Classifier") or [] if c.startswith("License ::")]
    short = [said.get("License-Expression") or (said.get("License") or "")[:100], *classifiers]
    return "; ".join(filter(None, short))
