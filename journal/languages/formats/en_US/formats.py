"""American English: "November 30, 2026", "Monday, November 30"."""

vars().update(
    {
        "j F Y": "F j, Y",
        "j F": "F j",
        "l j F": "l, F j",
        "l j F Y": "l, F j, Y",
        "D j M Y": "D, M j, Y",
        "j M Y": "M j, Y",
        "j F Y, H:i": "F j, Y, H:i",
        "j F, H:i": "F j, H:i",
        "l j F, H:i": "l, F j, H:i",
        "l j F Y, H:i": "l, F j, Y, H:i",
        "l j F Y, H:00": "l, F j, Y, H:00",
        "D j M, H:i": "D, M j, H:i",
    }
)
