"""The files of this project that the rules are about."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sorted(
    path
    for folder in ("journal", "selftrust", "tests")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def in_english() -> list[Path]:
    """The documents, without the glossaries of other languages."""
    foreign = {path for path in (ROOT / "docs/languages").glob("*.md") if path.name != "README.md"}
    return sorted({*(ROOT / "docs").rglob("*.md")} - foreign)
