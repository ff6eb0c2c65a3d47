"""The error that rejects a whole file, with one sentence for the person."""


class ImportRefused(Exception):
    """Carries a translated sentence; it may quote the file, so it never goes into a log."""

    def __init__(self, sentence: str) -> None:
        super().__init__("refused")
        self.sentence = sentence


def quoted(text: object) -> str:
    """Text from the file, shortened and without control characters, to quote in a sentence."""
    shown = "".join(char if char.isprintable() else "?" for char in str(text)[:60])
    return shown.encode("utf-8", "replace").decode()
