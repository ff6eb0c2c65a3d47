r"""Spanish: "30 de noviembre de 2026", "lunes, 30 de noviembre"."""

from journal.languages.formats import unbroken

vars().update(
    unbroken(
        {
            "DATE_FORMAT": r"j \d\e F \d\e Y",
            "j F Y": r"j \d\e F \d\e Y",
            "j F": r"j \d\e F",
            "l j F": r"l, j \d\e F",
            "l j F Y": r"l, j \d\e F \d\e Y",
            "F Y": r"F \d\e Y",
            "D j M Y": "D, j M Y",
            "j F Y, H:i": r"j \d\e F \d\e Y, H:i",
            "j F, H:i": r"j \d\e F, H:i",
            "l j F, H:i": r"l, j \d\e F, H:i",
            "l j F Y, H:i": r"l, j \d\e F \d\e Y, H:i",
            "l j F Y, H:00": r"l, j \d\e F \d\e Y, H:00",
            "D j M, H:i": "D, j M, H:i",
        }
    )
)
