"""Arabic: with its own comma."""

from journal.languages.formats import unbroken

vars().update(
    unbroken(
        {
            "DATE_FORMAT": "j F، Y",
            "l j F": "l، j F",
            "l j F Y": "l، j F Y",
            "D j M Y": "D، j M Y",
            "j F Y, H:i": "j F Y، H:i",
            "j F, H:i": "j F، H:i",
            "l j F, H:i": "l، j F، H:i",
            "l j F Y, H:i": "l، j F Y، H:i",
            "l j F Y, H:00": "l، j F Y، H:00",
            "D j M, H:i": "D، j M، H:i",
            "l, H:i": "l، H:i",
        }
    )
)
