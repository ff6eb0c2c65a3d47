"""The errors that reject a whole file or export, with one sentence for the person."""

from django.utils.translation import gettext as _


class ImportRefused(Exception):
    """Carries a translated sentence; it may quote the file, so it never goes into a log."""

    def __init__(self, sentence: str) -> None:
        super().__init__("refused")
        self.sentence = sentence


class ExportRefused(Exception):
    """Carries a translated sentence of ours."""

    def __init__(self, sentence: str) -> None:
        super().__init__("refused")
        self.sentence = sentence


class Damaged(ImportRefused):
    """One file of the archive cannot be read."""

    def __init__(self) -> None:
        super().__init__(_("This file is damaged."))


def quoted(text: object) -> str:
    """Text from the file, shortened and without control characters, to quote in a sentence."""
    shown = "".join(char if char.isprintable() else "?" for char in str(text)[:60])
    return shown.encode("utf-8", "replace").decode()
