"""Splits a text that is too long for one entry, at the end of a paragraph where there is one."""

from journal.privacy.length import characters, code_points, first

LONGEST_BODY, LONGEST_TITLE = 20_000, 120  # characters of an entry
ENDS = ("\n\n", "\n", ". ", " ")  # the best places to split first
LATEST = 0.8  # the share of a part before which nothing is split for the sake of a better place


def parts(text: str) -> list[str]:
    """The text in pieces that each fit in an entry, without empty ones."""
    pieces, rest = [], text.replace("\r\n", "\n")
    while rest.strip():
        piece = _next(rest)
        pieces.append(piece)
        rest = rest[len(piece) :]
    return [piece.strip("\n") for piece in pieces if piece.strip()]


def _next(rest: str) -> str:
    piece = first(rest, LONGEST_BODY)
    if len(piece) > code_points(LONGEST_BODY):
        piece = first(piece, characters(piece[: code_points(LONGEST_BODY)]) - 1)
    if len(piece) == len(rest):
        return piece
    for end in ENDS:
        at = piece.rfind(end, int(len(piece) * LATEST))
        if at != -1:
            return piece[: at + len(end)]
    return piece
