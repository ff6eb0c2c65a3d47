"""German: "30. November 2026", "Montag, 30. November"."""

from journal.languages.formats import unbroken

vars().update(
    unbroken(
        {
            "DATE_FORMAT": "j. F Y",
            "j F Y": "j. F Y",
            "j F": "j. F",
            "l j F": "l, j. F",
            "l j F Y": "l, j. F Y",
            "D j": "D j.",
            "D j M Y": "D, j. M Y",
            "j M Y": "j. M Y",
            "j F Y, H:i": "j. F Y, H:i",
            "j F, H:i": "j. F, H:i",
            "l j F, H:i": "l, j. F, H:i",
            "l j F Y, H:i": "l, j. F Y, H:i",
            "l j F Y, H:00": "l, j. F Y, H:00",
            "D j M, H:i": "D, j. M, H:i",
        }
    )
)
