"""What a file of another app cannot say, for the person to answer: each has an answer that holds
until they choose another. The preview asks only what its file raises."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

# What stays out unless the person ticks it.
ALSO = {
    "trash": _("What was in the bin of the other app"),
    "archive": _("What was archived in the other app"),
    "templates": _("Templates"),
    "drafts": _("Drafts"),
    "moods": _("Days with a mood and no words"),
    "file_time": _("Pages without a date, on the day that their file was changed"),
}
EXTRAS = {
    "mood": _("Mood"),
    "people": _("People"),
    "activities": _("Activities"),
    "place": _("Place"),
    "weather": _("Weather"),
    "device": _("Device"),
    "steps": _("Steps"),
    "music": _("Music"),
}
OUT_UNASKED = {"place", "weather", "device", "steps", "music"}
MOST_EXTRAS = 20  # of the names that a preview asks about; what goes beyond is kept as a line
MOST_EXAMPLES = 3


@dataclass
class Answers:
    zone: str = ""  # of clock times; empty is the person's
    day_first: bool = True
    also: list[str] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)  # line, tag, mood, out
    count_unsure: bool = False  # habits: an answer that may mean nothing was entered
    count_automatic: bool = False  # habits: an answer that the other app filled in
    who: str = ""  # whose forecasts they are, of a file of several people

    @classmethod
    def read(cls, text: str) -> "Answers":
        return cls(**json.loads(text)) if text else cls()

    def text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    def differs(self, other: "Answers") -> bool:
        return self.text() != other.text()

    def choice(self, name: str) -> str:
        return self.extras.get(name) or ("out" if name in OUT_UNASKED else "line")


class Asked:
    """The questions that one reading of a file raised, with counts and examples."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], list[str]] = {}

    def add(self, kind: str, name: str = "", example: str = "", count: int = 1) -> None:
        """`kind`: zone, day_first, also, extra, unsure, automatic or who; `name`: which box, extra
        or person, of whom the first holds unasked."""
        self._counts[kind, name] += count
        examples = self._examples.setdefault((kind, name), [])
        short = " ".join(example[:60].split())
        if short and len(examples) < MOST_EXAMPLES and short not in examples:
            examples.append(short)

    def knows(self, name: str) -> bool:
        """Whether the preview can ask about one more extra."""
        extras = [one for kind, one in self._counts if kind == "extra"]
        return name in extras or len(extras) < MOST_EXTRAS

    def lines(self) -> list[dict[str, Any]]:
        return [
            {"kind": kind, "name": name, "count": count, "examples": self._examples[kind, name]}
            for (kind, name), count in self._counts.items()
        ]
