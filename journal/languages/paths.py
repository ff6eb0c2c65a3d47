"""Where the catalogues are: locale/de/LC_MESSAGES/django.po. Nothing here loads Babel."""

from pathlib import Path

DOMAIN = "LC_MESSAGES/django.po"
# The pseudo-languages, each by the catalogue whose strings and rule of plurals it takes.
PSEUDO = {"en-xa": "de", "ar-xb": "ar"}


def path_of(folder: Path, code: str) -> Path:
    """Of a language such as `de` or `pt-br`, whose folder is pt_BR."""
    language, _, region = code.partition("-")
    return folder / (f"{language}_{region.upper()}" if region else language) / DOMAIN


def found_in(folder: Path) -> dict[str, Path]:
    """Every catalogue, by the code of its language."""
    paths = sorted(folder.glob(f"[a-z]*/{DOMAIN}"))
    return {path.parent.parent.name.replace("_", "-").lower(): path for path in paths}
